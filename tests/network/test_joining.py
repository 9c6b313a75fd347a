"""Applying and confirming: what a form becomes, and what nobody learns or takes by it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from network import clock
from network.models import Application, Consent
from network.policy.audiences import Audience
from network.services import applying
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, term
from tests.network.joining_world import a_network, account, confirmed, enter, filled_in, link, status_of, the_entry
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models.place import PlaceName

pytestmark = pytest.mark.django_db


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, committed: Any) -> None:
    network, _people = a_network()
    account("known@example.org")
    with committed():
        known = client.post("/en/join/", filled_in(network, email="known@example.org"))
        unknown = Client().post("/en/join/", filled_in(network, email="unknown@example.org"))

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Application.objects.count() == 2
    assert [message.to for message in mail.outbox] == [["known@example.org"], ["unknown@example.org"]]
    assert "has an account here already" in mail.outbox[0].body
    assert "has an account here already" not in mail.outbox[1].body


def test_an_address_is_not_flooded_with_mail(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        answers = [client.post("/en/join/", filled_in(network)) for _ in range(8)]

    assert {answer["Location"] for answer in answers} == {"/en/join/applied/"}
    assert len(mail.outbox) == Application.objects.count() == applying.MOST_LINKS
    assert "at most six links a day" in client.get("/en/join/applied/").content.decode()


def test_a_link_that_its_owner_holds_outlives_what_strangers_send_in(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        client.post("/en/join/", filled_in(network, name="The Owner"))
        for _ in range(8):
            Client().post("/en/join/", filled_in(network, name="A Stranger"))
        confirmed(client, link(0))

    assert the_entry().display_name == "The Owner"


def test_a_day_later_an_address_is_sent_links_again(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        for _ in range(applying.MOST_LINKS):
            client.post("/en/join/", filled_in(network))
        Application.objects.update(made_at=clock.now() - timedelta(hours=25))
        client.post("/en/join/", filled_in(network))
        answer = confirmed(client, link())

    assert answer.status_code == 302
    assert status_of(Application.objects.get()) == "confirmed"


def test_who_applies_all_the_time_is_stopped(client: Client) -> None:
    network, _people = a_network()
    answers = [client.post("/en/join/", filled_in(network, email=f"p{n}@example.org")) for n in range(11)]

    assert [answer.status_code for answer in answers[-2:]] == [302, 429]
    assert Application.objects.count() == 10


def test_what_is_sent_in_is_cipher_text_in_the_database(client: Client) -> None:
    network, _people = a_network()
    client.post(
        "/en/join/", filled_in(network, claim="canary claim", organisation="canary body", email="canary@example.org")
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_application")
        stored = repr(cursor.fetchall())

    assert "canary" not in stored


def test_consent_is_kept_with_its_version_and_the_audience_of_each_group(client: Client) -> None:
    network, _people = a_network()
    client.post("/en/join/", filled_in(network, name_for="network"))

    consent = Consent.objects.get()
    entry = the_entry()
    assert consent.text_version == "2026-11"
    assert (consent.audiences["name"], consent.audiences["contact"]) == ("network", Audience.NOBODY)
    assert (entry.name_for, entry.listing_for, entry.contact_for) == ("network", "members", "nobody")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agreed": None}, "required"),
        ({"areas": "Nowhereville"}, "not in the gazetteer"),
        ({"areas": ""}, "required"),
        ({"email": ""}, "required"),
        ({"method": "vouchers", "claim": "one@example.org"}, "two members"),
        ({"method": "vouchers", "claim": "new@example.org\none@example.org"}, "two members"),
        ({"method": "vouchers", "claim": "my aunt\none@example.org"}, "two members"),
        ({"listing_for": "nobody"}, "valid choice"),
        ({"availability_for": "public", "name_for": "everybody"}, "valid choice"),
        ({"email": "not an address"}, "valid email"),
        ({"offers": "x" * 1_000_000}, "at most 1000"),
        ({"name": "x" * 121}, "at most 120"),
        ({"name": "\u202e"}, "required"),
        ({"language_1": "xx"}, "valid choice"),
        ({"role_mailbox": "on"}, "Only police"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(
    client: Client, changes: dict[str, Any], said: str
) -> None:
    network, _people = a_network()

    answer = client.post("/en/join/", filled_in(network, **changes))

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "Something needs to be put right" in answer.content.decode()
    assert not Application.objects.exists()


def test_what_was_typed_is_kept_when_something_is_wrong(client: Client) -> None:
    network, _people = a_network()

    page = client.post("/en/join/", filled_in(network, agreed=None)).content.decode()

    assert all(
        typed in page for typed in ("Ana Example", "Night shift", "First aid on the street.", "Register of nurses, 123")
    )


def test_an_area_of_several_countries_is_asked_about(client: Client) -> None:
    network, _people = a_network()
    for country in ("GR", "AL"):
        place = PlaceFactory(name="Durres", country=country, kind="municipality")
        PlaceName.objects.create(place=place, key="durres", main=True)

    asked = client.post("/en/join/", filled_in(network, areas="Durres")).content.decode()
    client.post("/en/join/", filled_in(network, areas="Durres, Greece"))

    assert "in several countries" in asked
    assert the_entry().areas.get().country == "GR"


def test_police_apply_for_a_post_that_their_account_answers(client: Client, committed: Any) -> None:
    network, _people = a_network()
    term("police-officer")
    by_name = client.post("/en/join/", filled_in(network, profession="police-officer"))
    with committed():
        client.post("/en/join/", filled_in(network, profession="police-officer", role_mailbox="on", name="Duty desk"))
        confirmed(client, link())

    entry = the_entry()
    assert "listed as a post" in by_name.content.decode()
    assert (entry.role_mailbox, entry.user, entry.display_name) == (True, None, "Duty desk")
    assert entry.answered_by.get().email == "new@example.org"


def test_an_organisation_is_recognised_by_its_other_names(client: Client) -> None:
    network, _people = a_network()
    body = OrganisationFactory(name="Shërbimi Social", aliases=["Social Service"])

    client.post("/en/join/", filled_in(network, organisation="social SERVICE"))

    assert the_entry().organisation == body


def test_a_signed_in_account_applies_without_a_mail(client: Client) -> None:
    network, _people = a_network()
    user = account("editor@example.org")
    client.force_login(user, backend="accounts.backends.SignInBackend")

    answer = client.post("/en/join/", filled_in(network, email=None))

    row = Application.objects.get()
    assert answer["Location"] == "/account/application/"
    assert (row.account, status_of(row)) == (user, "confirmed")


def test_an_account_with_an_entry_does_not_get_a_second_one(client: Client) -> None:
    network, people = a_network()

    answer = enter(people[0]).post("/en/join/", filled_in(network, email=None))

    assert answer.status_code == 409
    assert not Application.objects.exists()


def test_who_left_a_post_is_vetted_anew_and_keeps_no_membership() -> None:
    network, _people = a_network()
    old = NetworkFactory()
    entry = PractitionerFactory(
        status="left", user=account("back@example.org"), networks=[old], verified_on="2025-01-01"
    )

    enter(entry).post("/en/join/", filled_in(network, email=None))

    row = Application.objects.get()
    assert (row.practitioner_id, status_of(row)) == (entry.pk, "confirmed")
    assert not entry.memberships.filter(ended=None).exists()
