"""Starter content: the same every time, what was edited is kept, what was deleted stays deleted."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from network.loading import DEMO_SIGN_INS, ensure_name_only, first_snapshot, load, sample_guides
from network.models import Hotline, Network, Organisation, Snapshot
from network.policy import as_system, principals_of
from tests.network.factories import term
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models import StarterRecord
from vocabulary.starter import BrokenStarterFile

pytestmark = pytest.mark.django_db
CONTENT = settings.CONTENT / "network"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder of starter files, and the vocabulary that it names."""
    for each in ("nurse", "police-officer", "lawyer"):
        term(each)
    term("ngo", "organisation_type")
    PlaceFactory(id="g1", country="AL")
    (tmp_path / "organisations.yaml").write_text(
        "- {slug: real-line, name: Real line, type: ngo, country: AL, languages: [sq], hotline_seen: read,\n"
        "   hotline: {number: 116 006, country: AL, audience: trafficking, languages: [sq], checked: not known}}\n"
    )
    (tmp_path / "sample_organisations.yaml").write_text("- {slug: sample-house, name: Sample House, type: ngo}\n")
    (tmp_path / "networks.yaml").write_text(
        "- {slug: a, name: A, kind: local, areas: [g1], professions_wanted: [nurse], partners: [b]}\n"
        "- {slug: b, name: B, kind: local, areas: [g1], professions_wanted: [], partners: [a]}\n"
    )
    person = {
        "key": "001",
        "display_name": "Sample Person 001",
        "profession": "nurse",
        "organisation": "sample-house",
        "terms": [],
        "areas": ["g1"],
        "languages": [{"language": "sq", "level": "native", "mediates": False}],
        "networks": ["a"],
        "status": "verified",
        "confirmed_at_days_ago": 3,
        "next_due_in_days": 362,
        "contact": {"email": "sample@example.org"},
        "guides": ["street-work-with-children"],
        "sign_in": "member.a@example.org",
    }
    mailbox = {
        **person,
        "key": "002",
        "display_name": "Sample Role 002",
        "profession": "police-officer",
        "role_mailbox": True,
        "sign_in": "police@example.org",
    }
    (tmp_path / "people-al.yaml").write_text(yaml.safe_dump(json.loads(json.dumps([person, mailbox]))))
    return tmp_path


def test_loading_twice_changes_nothing(folder: Path) -> None:
    first, second = load(folder, demo=True), load(folder, demo=True)

    assert (first.loaded, first.updated, first.unchanged) == (6, 0, 0)
    assert (second.loaded, second.updated, second.unchanged) == (0, 0, 6)
    assert as_system("starter content").count() == 2
    assert Hotline.objects.get().number == "116 006"


def test_public_addresses_of_samples_are_the_same_at_every_loading(folder: Path) -> None:
    load(folder, demo=True)
    first = set(as_system("starter content").values_list("public_id", flat=True))
    as_system("starter content").all().delete()
    (folder / "people-al.yaml").write_text((folder / "people-al.yaml").read_text().replace("Person 001", "Person 1"))

    StarterRecord.objects.filter(key__startswith="sample person:").delete()
    load(folder, demo=True)

    assert set(as_system("starter content").values_list("public_id", flat=True)) == first


def test_what_was_edited_is_kept_and_reported(folder: Path) -> None:
    load(folder, demo=True)
    body = Organisation.objects.get(slug="real-line")
    body.summary = "Edited here"
    body.save()
    entry = as_system("starter content").get(display_name="Sample Person 001")
    entry.languages.create(language="el")
    text = (folder / "organisations.yaml").read_text().replace("Real line", "New name")
    (folder / "organisations.yaml").write_text(text)

    report = load(folder, demo=True)

    assert set(report.edited) == {"real-line", "001"}
    body.refresh_from_db()
    assert (body.name, body.summary) == ("Real line", "Edited here")


def test_what_was_deleted_stays_deleted(folder: Path) -> None:
    load(folder, demo=True)
    Organisation.objects.get(slug="real-line").delete()
    as_system("starter content").get(display_name="Sample Person 001").delete()

    report = load(folder, demo=True)

    assert set(report.deleted) == {"real-line", "001"}
    assert not Organisation.objects.filter(slug="real-line").exists()


def test_a_changed_file_updates_what_nobody_edited(folder: Path) -> None:
    load(folder, demo=True)
    text = (folder / "organisations.yaml").read_text().replace("Real line", "New name")
    (folder / "organisations.yaml").write_text(text)

    report = load(folder, demo=True)

    assert report.updated == 1
    assert Organisation.objects.get(slug="real-line").name == "New name"


def test_partners_stand_in_both_directions(folder: Path) -> None:
    load(folder, demo=True)

    assert list(Network.objects.get(slug="b").partners.values_list("slug", flat=True)) == ["a"]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("organisations.yaml", "type: ngo", "type: nonsense", "real-line.type"),
        ("networks.yaml", "partners: [a]", "partners: []", "does not agree"),
        ("networks.yaml", "areas: [g1]", "areas: [g404]", "g404"),
        ("people-al.yaml", "networks:\n  - a", "networks:\n  - nowhere", "no sample network"),
        ("people-al.yaml", "terms: []", "nothing: []", "terms"),
        ("people-al.yaml", "Sample Person", "Real Person", "begins with"),
        ("people-al.yaml", "profession: nurse", "profession: wizard", "wizard"),
        ("organisations.yaml", "[sq]", "[sq", "line"),
    ],
)
def test_a_broken_file_is_refused_whole_and_named(folder: Path, name: str, old: str, new: str, said: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))

    with pytest.raises(BrokenStarterFile, match=said) as refused:
        load(folder, demo=True)

    assert name in str(refused.value)


def test_demo_data_is_refused_where_there_is_no_demo(folder: Path, settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured):
        load(folder, demo=True)
    assert load(folder, demo=False).loaded == 1
    assert not User.objects.exists()


def test_demo_sign_ins_are_what_they_say(folder: Path) -> None:
    load(folder, demo=True)
    member = User.objects.get(email="member.a@example.org")
    officer = User.objects.get(email="police@example.org")

    assert member.check_password("waymark-demo-2026")
    assert "member" in principals_of(member, second_factor=False)
    assert {"member", "authority"} <= principals_of(officer, second_factor=False)


def test_a_body_known_by_name_is_made_once_and_stays_deleted() -> None:
    made = ensure_name_only("some-body", "Some body", "GR")
    again = ensure_name_only("some-body", "Another name")

    assert made is not None
    assert (again, made.name_only) == (made, True)
    made.delete()
    assert ensure_name_only("some-body", "Some body") is None


def test_the_first_snapshot_is_taken_once(folder: Path) -> None:
    load(folder, demo=True)

    first_snapshot()
    first_snapshot()

    assert Snapshot.objects.count() == 1


def test_guides_of_samples_are_given_by_entry(folder: Path) -> None:
    load(folder, demo=True)

    guides = sample_guides(folder)

    assert list(guides.values()) == [["street-work-with-children"]] * 2


def read(name: str) -> list[dict[str, Any]]:
    return yaml.load((CONTENT / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def shipped_people() -> list[dict[str, Any]]:
    return [person for path in sorted(CONTENT.glob("people*.yaml")) for person in read(path.name)]


def test_shipped_people_belong_to_invented_bodies_only() -> None:
    bodies = {body["slug"] for body in read("sample_organisations.yaml")}
    networks = {network["slug"] for network in read("networks.yaml")}

    for person in shipped_people():
        assert person["display_name"].startswith("Sample ")
        assert person.get("organisation") in {*bodies, None}
        assert set(person["networks"]) <= networks
        assert person["contact"]["email"].endswith("@example.org")


def test_shipped_people_are_many_and_their_keys_differ() -> None:
    people = shipped_people()

    assert len({person["key"] for person in people}) == len(people) >= 190
    assert {person.get("sign_in") for person in people} >= {email for email, _who in DEMO_SIGN_INS}


def test_shipped_police_and_border_guards_are_role_mailboxes() -> None:
    officers = [each for each in shipped_people() if each["profession"] in ("police-officer", "border-guard")]

    assert officers
    assert all(officer["role_mailbox"] for officer in officers)
