"""What is not stored cannot leak: no address, no point, and contact only as cipher text."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from network.models import Contact, Membership, Practitioner
from network.policy import SYSTEM_CALLERS
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, term

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
