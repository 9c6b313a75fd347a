"""What is not stored cannot leak: no address, no point, and contact only as cipher text."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from encrypted_fields.fields import EncryptedFieldMixin

from accounts.models import User
from network.models import Contact, Membership, Practitioner
from network.policy import GROUPS, SYSTEM_CALLERS
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, term
from tests.network.personal_fields import GROUPED, NOBODY, PERSONAL

DENIED = re.compile(
    r"address|street|house|building|postal|postcode|zip_?code|lat(itude)?$|lon(gitude)?$|lng|coordinate|geo|point|"
    r"location|birth|nationality|victim|case_?(note|file)|photo|picture|image",
)


def related_models() -> set[type[models.Model]]:
    """This app's models and all they hang on, the public gazetteer and other apps' own models apart."""
    ours = set(apps.get_app_config("network").get_models(include_auto_created=True))
    hanging = {relation.related_model for model in ours for relation in model._meta.related_objects}
    return ours | {model for model in hanging if model._meta.app_label in ("network", "practices")}


def test_no_model_of_the_directory_has_a_column_for_an_address_or_a_point() -> None:
    found = {
        f"{model.__name__}.{field.name}"
        for model in related_models()
        for field in model._meta.get_fields()
        if DENIED.search(str(getattr(field, "column", None) or "").lower())
    }

    assert found == set()


OUR_APPS = ("accounts", "home", "network", "pages", "practices", "search", "vocabulary")
PEOPLE = (Practitioner, Membership, User)
WHAT_TO_DO = (
    "nobody has said how it is kept: put it on the list in tests/network/personal_fields.py as encrypted, as a key, "
    "as public, or in clear with the reason; encrypt what nothing has to look up, and what is not needed leave out"
)


def our_models() -> dict[str, type[models.Model]]:
    """Models that somebody wrote: what joins two of them is named by the field that makes it."""
    return {model._meta.label: model for app in OUR_APPS for model in apps.get_app_config(app).get_models()}


def our_fields(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    """Fields by name, but for the row's own number and the page that a page is."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return {each.name: each for each in fields if not isinstance(each, models.AutoField) and each.name != "page_ptr"}


def unclassified(listed: Mapping[str, Mapping[str, object]], without: Collection[str]) -> list[str]:
    """A sentence for each model and field that the lists do not name, or name although it is gone."""
    ours = our_models()
    said = [
        f"{label}: {WHAT_TO_DO}, or say what it is about if it is about nobody"
        for label in ours.keys() - listed.keys() - without
    ]
    for label, fields in listed.items():
        there = our_fields(ours[label]).keys() if label in ours else set()
        said += [f"{label}.{name}: {WHAT_TO_DO}" for name in there - fields.keys()]
        said += [f"{label}.{name} is gone: take it off the list" for name in fields.keys() - there]
    return [*said, *(f"{label} is gone: take it off the list" for label in set(without) - ours.keys())]


def test_every_field_that_says_something_of_a_person_is_classified() -> None:
    assert unclassified(PERSONAL, NOBODY.keys()) == []


def test_a_new_field_and_a_new_model_are_noticed_with_a_sentence_that_says_what_to_do() -> None:
    contact = {name: kept for name, kept in PERSONAL["network.Contact"].items() if name != "phone"}

    missing = unclassified({**PERSONAL, "network.Contact": contact}, NOBODY.keys() - {"network.Meeting"})

    assert sorted(each.partition(":")[0] for each in missing) == ["network.Contact.phone", "network.Meeting"]
    assert all("tests/network/personal_fields.py" in each for each in missing)


def test_what_is_listed_as_encrypted_is_and_nothing_else() -> None:
    encrypted = {
        f"{label}.{name}"
        for label, model in our_models().items()
        for name, each in our_fields(model).items()
        if isinstance(each, EncryptedFieldMixin)
    }
    listed = {
        f"{label}.{name}"
        for label, fields in PERSONAL.items()
        for name, each in fields.items()
        if each.how == "encrypted"
    }

    assert encrypted == listed


def test_a_model_that_leads_to_a_person_is_not_among_those_about_nobody() -> None:
    leading = {
        label
        for label, model in our_models().items()
        if any(each.related_model in PEOPLE for each in our_fields(model).values())
    }

    assert leading & NOBODY.keys() == set()
    assert not PERSONAL.keys() & NOBODY.keys()


def test_words_of_a_person_stand_in_clear_only_where_an_audience_rules_them() -> None:
    """Free text about somebody is a field of their entry, public, or encrypted; the rest of what is clear is short."""
    free = {
        f"{label}.{name}"
        for label, fields in PERSONAL.items()
        for name, kept in fields.items()
        if kept.how == "clear" and not kept.why.startswith("group ")
        if isinstance(our_fields(our_models()[label])[name], models.TextField)
    }

    # What a role does is said of whoever fills it; who that is leads through a key.
    assert free == {"network.PathwayStep.does"}


def test_what_leads_to_a_person_is_listed_as_a_key() -> None:
    other = {
        f"{label}.{name}"
        for label, fields in PERSONAL.items()
        for name, kept in fields.items()
        if kept.how != "key" and our_fields(our_models()[label])[name].related_model in PEOPLE
    }

    assert other == set()


def test_every_field_group_has_its_switch_and_each_field_in_clear_of_an_entry_its_group() -> None:
    groups = {
        kept.why.removeprefix("group ")
        for fields in PERSONAL.values()
        for kept in fields.values()
        if kept.why.startswith("group ")
    }

    assert set(GROUPED) == set(GROUPS)
    # The listing is whether anything is shown, and contact is encrypted.
    assert groups == set(GROUPS) - {"listing", "contact"}


@pytest.mark.django_db
def test_contact_is_cipher_text_in_the_database() -> None:
    entry = PractitionerFactory()
    Contact.objects.create(practitioner=entry, email="canary@example.org", phone="canary-phone", private_note="canary")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_contact")
        stored = repr(cursor.fetchall())

    assert "canary" not in stored
    assert Contact.objects.get(practitioner=entry).email == "canary@example.org"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "breaking",
    [
        lambda entry: Membership.objects.create(practitioner=entry, network=entry.memberships.get().network),
        lambda entry: PractitionerFactory(public_id=entry.public_id),
        lambda entry: PractitionerFactory(user=entry.user),
        lambda entry: PractitionerFactory(profession=term("police-officer")),
        lambda entry: PractitionerFactory(role_mailbox=True, user=UserFactory()),
        lambda entry: PractitionerFactory(availability_for="public"),
        lambda entry: PractitionerFactory(contact_for="public"),
        lambda entry: PractitionerFactory(listing_for="nobody"),
    ],
    ids=["membership", "public id", "account", "police by name", "mailbox of one", "availability", "contact", "nobody"],
)
def test_the_database_refuses(breaking: object) -> None:
    entry = PractitionerFactory(networks=[NetworkFactory()], user=UserFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        breaking(entry)  # type: ignore[operator]


@pytest.mark.django_db
def test_public_ids_are_long_and_random() -> None:
    ids = {PractitionerFactory().public_id for _ in range(50)}

    assert len(ids) == 50
    assert all(re.fullmatch(r"[0-9a-f]{20}", each) for each in ids)


def test_entries_are_no_page_snippet_or_document() -> None:
    assert Practitioner.__mro__[1].__module__ == "network.models.audience"
    assert issubclass(Practitioner, models.Model)


SOURCES = [
    path
    for folder in ("network", "practices", "search", "site")
    for path in (settings.ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]


def module(path: Path) -> str:
    parts = path.relative_to(settings.ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part not in ("site", "__init__"))


def test_rows_without_a_viewer_are_asked_for_by_listed_callers_only() -> None:
    asked = {
        (purpose, module(path))
        for path in SOURCES
        for purpose in re.findall(r"as_system\(\"([^\"]+)\"\)", path.read_text(encoding="utf-8"))
    }

    assert asked == set(SYSTEM_CALLERS.items())


def test_nothing_goes_round_the_guard_of_entries() -> None:
    ways_round = re.compile(r"Practitioner\._base_manager|select_related\([^)]*\"(\w+__)*practitioner|\.seen\(\)")
    allowed = {"network.querysets", "network.policy.system"}

    found = {module(path) for path in SOURCES if ways_round.search(path.read_text(encoding="utf-8"))}

    assert found <= allowed
