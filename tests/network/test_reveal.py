"""Looking at somebody's contact: who may, how often, and what is left behind."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from network import audit, clock, lifecycle, once, quota
from network.models import AuditRow, Contact, Practitioner, Reveal
from network.policy import CONTACT_FIELDS, may_reveal
from network.quota import OverQuota
from network.services import reveals
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, as_read
from tests.network.sessions import coordinator, held_by, member, session_for

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REASON = "To ask for an appointment"


def reachable(*networks: Any, **fields: Any) -> Practitioner:
    """Somebody who opened their contact to members."""
    entry = member(*networks, **{"contact_for": "members", **fields})
    Contact.objects.create(
        practitioner=entry, email="canary-mail", phone="canary-phone", messenger="canary-chat", private_note=None
    )
    return entry


def look(viewer: Practitioner, entry: Practitioner, field: str = "phone", reason: str = REASON, mark: str = "") -> str:
    asked = reveals.Asked(account=viewer.user, viewer=viewer, principals=held_by(viewer), reason=reason, mark=mark)
    return reveals.reveal(asked, public_id=entry.public_id, field=field)


def address(entry: Practitioner, field: str = "phone") -> str:
    return f"/account/contact/{entry.public_id}/{field}/"


def test_a_reveal_gives_one_field_leaves_one_row_and_tells_the_owner() -> None:
    network = NetworkFactory(name="Harbour")
    ana, ben = member(network, display_name="Ana Looks"), reachable(network)

    page = session_for(ana.user).post(address(ben), {"text": REASON}).content.decode()

    assert "canary-phone" in page
    assert "canary-mail" not in page
    assert "canary-chat" not in page
    row = AuditRow.objects.get()
    assert (row.action, row.actor, row.subject, row.detail) == (
        "contact revealed", ana.public_id, ben.public_id, {"field": "phone"},
    )  # fmt: skip
    told = reveals.looked_at(ben)
    assert [(each.name, each.networks, each.field, each.reason) for each in told] == [
        ("Ana Looks", ("Harbour",), "phone", REASON)
    ]


def test_looking_at_the_form_shows_nothing_and_costs_nothing() -> None:
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)

    answer = session_for(ana.user).get(address(ben))

    assert "canary" not in answer.content.decode()
    assert "They are told that you looked" in answer.content.decode()
    assert "You can look at 10 more fields" in answer.content.decode()
    assert Reveal.objects.count() == AuditRow.objects.count() == 0
    assert quota.left(ana.user, quota.REVEALS, halved=False) == 10


def test_what_was_revealed_is_in_no_cache_no_address_and_no_session() -> None:
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)
    session = session_for(ana.user)

    answer = session.post(address(ben), {"text": REASON})

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "canary" not in repr(dict(session.session.items()))
    assert "canary" not in session.get(f"/en/people/{ben.public_id}/").content.decode()


def test_a_reason_is_needed_and_case_data_in_it_comes_back() -> None:
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)
    session = session_for(ana.user)

    nothing = session.post(address(ben), {"text": " "})
    number = session.post(address(ben), {"text": "For the girl with +30 691 234 5678"})

    assert "This field is required" in nothing.content.decode()
    assert "<mark>+30 691 234 5678</mark>" in number.content.decode()
    assert Reveal.objects.count() == 0


def test_the_reason_cannot_be_read_in_the_database() -> None:
    network = NetworkFactory()
    look(member(network), reachable(network), reason="canary reason")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_reveal")
        stored = repr(cursor.fetchall())

    assert "canary" not in stored


def test_who_may_look_follows_the_audience_of_contact_never_wider_than_the_listing() -> None:
    ours, theirs, far = NetworkFactory(), NetworkFactory(), NetworkFactory()
    ours.partners.add(theirs)
    viewers = {"network": member(ours), "partners": member(theirs), "members": member(far)}
    reach = {"nobody": 0, "network": 1, "partners": 2, "members": 3}

    for listing in ("network", "partners", "members", "public"):
        for contact, wide in reach.items():
            entry = as_read(reachable(ours, listing_for=listing, contact_for=contact))
            allowed = [may_reveal(entry, held_by(viewer), "phone") for viewer in viewers.values()]
            assert allowed == [place < min(wide, reach.get(listing, 3)) for place in range(3)], (listing, contact)
            assert may_reveal(entry, frozenset({"public"}), "phone") is False


@pytest.mark.parametrize("status", ["applied", "dormant", "paused", "suspended", "left", "withdrawn"])
def test_whose_entry_is_not_listed_neither_looks_nor_is_looked_at(status: str) -> None:
    network = NetworkFactory()
    boss, away = coordinator(network), reachable(network, status=status)
    looker, ben = member(network, status=status), reachable(network)

    for viewer, entry in ((boss, away), (looker, ben)):
        assert may_reveal(as_read(entry), held_by(viewer), "phone") is False
        with pytest.raises(reveals.NothingToReveal):
            look(viewer, entry)
        assert session_for(viewer.user).post(address(entry), {"text": REASON}).status_code == 404


def test_everything_that_cannot_be_looked_at_answers_the_same() -> None:
    network = NetworkFactory()
    ana = coordinator(network)
    closed, hidden = reachable(network, contact_for="nobody"), reachable(NetworkFactory(), listing_for="network")
    ben = reachable(network)
    session = session_for(ana.user)
    Contact.objects.create(practitioner=ana, phone="canary")

    answers = [
        session.post(each, {"text": REASON})
        for each in (
            address(closed),
            address(hidden),
            address(ana),
            address(ben, "private_note"),
            address(ben, "display_name"),
            f"/account/contact/{'0' * 20}/phone/",
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_entry_page_offers_each_filled_field_to_who_may_and_nothing_to_others(client: Client) -> None:
    network = NetworkFactory()
    ana, stranger = member(network), member(NetworkFactory())
    ben = reachable(network, contact_for="network", listing_for="public")

    mine = session_for(ana.user).get(f"/en/people/{ben.public_id}/").content.decode()
    readers = (client, session_for(stranger.user))
    others = [each.get(f"/en/people/{ben.public_id}/").content.decode() for each in readers]

    assert [address(ben, field) in mine for field in CONTACT_FIELDS] == [True, True, True, False]
    assert "canary" not in mine
    assert all("/account/contact/" not in page for page in others)


def test_ten_a_day_and_forty_in_thirty_days() -> None:
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)
    start = timezone.now()

    for day in range(4):
        with clock.standing_at(start + day * DAY):
            for _ in range(10):
                look(ana, ben)
            with pytest.raises(OverQuota):
                look(ana, ben)
    with clock.standing_at(start + 5 * DAY), pytest.raises(OverQuota) as refused:
        look(ana, ben)

    assert refused.value.until == start + 30 * DAY
    with clock.standing_at(start + 30 * DAY):
        assert look(ana, ben) == "canary-phone"
    assert Reveal.objects.count() == AuditRow.objects.count() == 41


def test_half_of_it_in_the_first_thirty_days() -> None:
    network = NetworkFactory()
    ana, ben = member(network, verified_on=clock.today()), reachable(network)

    for _ in range(5):
        look(ana, ben)
    page = session_for(ana.user).post(address(ben), {"text": REASON}).content.decode()

    assert "It goes on from" in page
    assert "canary" not in page
    assert REASON in page
    assert Reveal.objects.count() == AuditRow.objects.count() == 5


@pytest.mark.parametrize("left", [10, 1])
def test_a_form_that_is_sent_twice_is_one_look(left: int) -> None:
    """An impatient thumb pays once and the owner is told once, also where it was the last look of the day."""
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)
    for _ in range(10 - left):
        look(ana, ben)
    session = session_for(ana.user)
    mark = re.search(r'name="mark" value="([^"]+)"', session.get(address(ben)).content.decode())
    assert mark is not None

    pages = [session.post(address(ben), {"text": REASON, "mark": mark[1]}).content.decode() for _ in range(2)]

    assert all("canary-phone" in page for page in pages)
    assert quota.left(ana.user, quota.REVEALS, halved=False) == left - 1
    assert Reveal.objects.count() == AuditRow.objects.count() == 11 - left
    Practitioner.objects.visible_to(held_by(ben)).filter(pk=ben.pk).update(contact_for="nobody")
    assert session.post(address(ben), {"text": REASON, "mark": mark[1]}).status_code == 404


def test_a_form_that_is_sent_again_later_is_another_look() -> None:
    """Its owner may have another number by then, and is told."""
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)
    mark, start = once.new_mark(), timezone.now()

    for minutes in (0, 1, 2):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            look(ana, ben, mark=mark)

    assert Reveal.objects.count() == AuditRow.objects.count() == 2


def test_a_refused_look_uses_nothing_up() -> None:
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)

    with pytest.raises(reveals.NothingToReveal):
        look(ana, ben, "private_note")

    assert quota.left(ana.user, quota.REVEALS, halved=False) == 10


def test_the_quota_is_the_accounts_whatever_mailbox_it_looks_from() -> None:
    network = NetworkFactory()
    officer, ben = UserFactory(), reachable(network)
    desks = [PractitionerFactory(role_mailbox=True, networks=[network]) for _ in range(2)]
    for desk in desks:
        desk.answered_by.add(officer)

    for number in range(10):
        asked = reveals.Asked(
            account=officer, viewer=desks[number % 2], principals=frozenset({"member"}), reason=REASON
        )
        reveals.reveal(asked, public_id=ben.public_id, field="phone")
    with pytest.raises(OverQuota):
        reveals.reveal(asked, public_id=ben.public_id, field="phone")


def test_a_tightening_bites_on_the_next_request() -> None:
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)
    session = session_for(ana.user)
    session.get(address(ben))

    Practitioner.objects.visible_to(held_by(ben)).filter(pk=ben.pk).update(contact_for="nobody")

    assert session.post(address(ben), {"text": REASON}).status_code == 404


def test_signing_in_and_the_token_are_needed(client: Client) -> None:
    network = NetworkFactory()
    ana, ben = member(network), reachable(network)

    assert client.post(address(ben), {"text": REASON})["Location"].startswith("/account/login/")
    assert session_for(ana.user, enforce_csrf_checks=True).post(address(ben), {"text": REASON}).status_code == 403
    assert Reveal.objects.count() == 0


def test_who_was_erased_is_named_no_more_and_an_erased_owner_takes_the_looks_along() -> None:
    network = NetworkFactory()
    ana, ben, third = member(network), reachable(network), reachable(network)
    for owner in (ben, third):
        look(ana, owner)

    lifecycle.move(third, "erased", actor=third.public_id)
    lifecycle.move(ana, "erased", actor=ana.public_id)

    assert [(each.name, each.networks, each.reason) for each in reveals.looked_at(ben)] == [("", (), "")]
    assert Reveal.objects.count() == 1
    assert audit.first_broken() is None


def test_looks_are_forgotten_after_a_year_and_the_log_is_not() -> None:
    network = NetworkFactory()
    look(member(network), reachable(network))

    with clock.standing_at(timezone.now() + 365 * DAY):
        assert reveals.forget_old() == 2

    assert Reveal.objects.count() == 0
    assert AuditRow.objects.count() == 1


def test_two_hundred_tries_at_one_moment_grant_exactly_what_is_left_and_kills_leave_no_half_look() -> None:
    attack = subprocess.run(
        [sys.executable, "-m", "tests.attack.reveals"],
        cwd=settings.ROOT,
        env={**os.environ, "PYTHONPATH": f"{settings.ROOT}:{settings.ROOT / 'site'}", "N": "200", "KILLS": "2"},
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert attack.returncode == 0, attack.stderr[-3000:]
    assert "granted of" in attack.stdout
    assert "0 without audit row or mail" in attack.stdout
