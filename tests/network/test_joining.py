"""Applying and confirming: what a form becomes, and what nobody learns or takes by it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from network import clock
from network.models import Application, AuditRow, Consent
from network.policy import as_system
from network.policy.audiences import Audience
from network.services import applying
from network.services.tidying import tidy_applications
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, term
from tests.network.joining_world import (
    PASSWORD,
    a_network,
    account,
    application,
    coordinator,
    enter,
    filled_in,
    status_of,
    the_entry,
)
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models.place import PlaceName

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/en/join/(?:confirm|invited)/([\w-]+)/")


def link(number: int = -1) -> str:
    found = LINK.search(str(mail.outbox[number].body))
    assert found is not None
    return found.group()


def confirmed(client: Client, address: str) -> Any:
    return client.post(address, {"password": PASSWORD, "again": PASSWORD})


def test_an_application_is_confirmed_by_its_address_and_lies_on_the_desk(client: Client, committed: Any) -> None:
    network, people = a_network()
    with committed():
        sent = client.post("/en/join/", filled_in(network))
    assert (sent.status_code, sent["Location"]) == (302, "/en/join/applied/")

    with committed():
        done = confirmed(client, link())

    row = Application.objects.get()
    user = get_user_model().objects.get(email="new@example.org")
    assert done["Location"] == "/account/application/"
    assert (status_of(row), row.account, row.email) == ("confirmed", user, None)
    assert EmailAddress.objects.get(user=user).verified
    assert user.check_password(PASSWORD)
    assert not user.second_factor_required
    assert {message.to[0] for message in mail.outbox[1:]} == {person.user.email for person in people}
    assert "Ana Example" in enter(people[0]).get("/account/desk/").content.decode()
    assert [row.action for row in AuditRow.objects.order_by("number")] == ["application made", "entry confirmed"]


def test_nobody_sees_an_application_before_its_address_is_confirmed(client: Client) -> None:
    network, people = a_network()
    client.post("/en/join/", filled_in(network))

    assert "Ana Example" not in enter(people[0]).get("/account/desk/").content.decode()
    assert not get_user_model().objects.filter(email="new@example.org").exists()


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


def test_a_known_address_confirms_signed_in_and_nobody_else_can(client: Client, committed: Any) -> None:
    network, people = a_network()
    user = account("known@example.org")
    with committed():
        client.post("/en/join/", filled_in(network, email="known@example.org"))
    address = link()

    assert confirmed(client, address).status_code == 200
    assert enter(people[0]).post(address).status_code == 200
    assert status_of(Application.objects.get()) == "applied"
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(address).status_code == 302
    assert status_of(Application.objects.get()) == "confirmed"


def test_a_stranger_cannot_prepare_an_account_for_somebody_elses_address(client: Client) -> None:
    network, _people = a_network()

    client.post("/en/join/", filled_in(network, email="victim@example.org", password="chosen by a stranger"))

    assert not get_user_model().objects.filter(email="victim@example.org").exists()


def test_of_several_applications_of_one_address_the_confirmed_one_stays(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        client.post("/en/join/", filled_in(network, name="Somebody Else"))
        client.post("/en/join/", filled_in(network, name="Ana Example"))

    confirmed(client, link(-1))

    assert [as_system("lifecycle").get(pk=row.practitioner_id).display_name for row in Application.objects.all()] == [
        "Ana Example"
    ]
    assert client.get(link(0)).status_code == 410


def test_an_address_is_not_flooded_with_mail(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        answers = [client.post("/en/join/", filled_in(network)) for _ in range(5)]

    assert {answer["Location"] for answer in answers} == {"/en/join/applied/"}
    assert len(mail.outbox) == applying.MOST_WAITING


def test_who_applies_all_the_time_is_stopped(client: Client) -> None:
    network, _people = a_network()
    answers = [client.post("/en/join/", filled_in(network, email=f"p{n}@example.org")) for n in range(11)]

    assert [answer.status_code for answer in answers[-2:]] == [302, 429]
    assert Application.objects.count() == 10


def test_opening_the_link_shows_and_changes_nothing(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        client.post("/en/join/", filled_in(network))

    pages = [client.get(link()).content.decode() for _ in range(3)]

    assert not any(word in page for page in pages for word in ("Ana Example", "new@example.org", network.name))
    assert status_of(Application.objects.get()) == "applied"


def test_forged_used_and_old_links_are_told_apart_and_open_nothing(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        client.post("/en/join/", filled_in(network))
    address = link()

    forged = client.post("/en/join/confirm/" + "x" * 32 + "/", {"password": PASSWORD, "again": PASSWORD})
    with clock.standing_at(timezone.now() + timedelta(hours=73)):
        old = confirmed(client, address)
    confirmed(client, address)
    used = confirmed(Client(), address)

    assert [answer.status_code for answer in (forged, old, used)] == [410, 410, 410]
    assert "never sent by us" in forged.content.decode()
    assert "too old" in old.content.decode()
    assert "used already" in used.content.decode()
    assert get_user_model().objects.filter(email="new@example.org").count() == 1


def test_a_weak_password_is_refused_and_the_link_still_works(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        client.post("/en/join/", filled_in(network))

    weak = client.post(link(), {"password": "password", "again": "password"})
    other = client.post(link(), {"password": PASSWORD, "again": PASSWORD + "x"})

    assert (weak.status_code, other.status_code) == (200, 200)
    assert confirmed(client, link()).status_code == 302


def test_mail_names_nobody_and_holds_no_address_but_its_own(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        client.post("/en/join/", filled_in(network))
        confirmed(client, link())

    for message in mail.outbox:
        raw = message.message().as_string()
        assert message.subject == "Something waits for you on Waymark"
        assert "Ana" not in raw
        assert network.name not in raw
        assert set(re.findall(r"[\w.]+@example\.org", raw)) == set(message.to)


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
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

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


def test_what_is_never_confirmed_is_erased(client: Client) -> None:
    network, _people = a_network()
    client.post("/en/join/", filled_in(network))

    with clock.standing_at(timezone.now() + timedelta(hours=71)):
        assert tidy_applications()["erased"] == 0
    with clock.standing_at(timezone.now() + timedelta(hours=73)):
        assert tidy_applications()["erased"] == 1

    assert not as_system("lifecycle").filter(display_name="Ana Example").exists()
    assert AuditRow.objects.first().action == "entry erased"


def test_an_applicant_sees_where_it_stands_and_who_acts_next_by_role() -> None:
    network, people = a_network()
    row = application(network)

    page = enter(row.practitioner).get("/account/application/").content.decode()

    assert "Seen by a coordinator" in page
    assert "a coordinator of the network" in page
    assert not any(person.display_name in page for person in people)


def test_who_has_no_application_has_no_such_page() -> None:
    _network, people = a_network()

    assert enter(people[0]).get("/account/application/", follow=True).status_code == 404
    assert Client().get("/account/application/").status_code == 302


def test_withdrawing_deletes_proof_at_once_and_the_rest_within_a_day() -> None:
    network, people = a_network()
    row = application(network, display_name="Canary Applicant")
    row.proofs.create(kind="pdf", content="canary", size=6, given_at=timezone.now())
    browser = enter(row.practitioner)

    browser.post("/account/application/withdraw/")

    row.refresh_from_db()
    assert (status_of(row), row.claim, row.proofs.count(), row.outcome) == ("withdrawn", None, 0, "withdrawn")
    assert "Canary" not in enter(people[0]).get("/account/desk/").content.decode()
    user = row.account
    tidy_applications()
    assert not Application.objects.exists()
    assert not get_user_model().objects.filter(pk=user.pk).exists()


def test_tidying_leaves_an_editors_account_alone() -> None:
    network, _people = a_network()
    user = account("editor@example.org")
    user.is_staff = True
    user.save()
    row = application(network, account=user)
    enter(row.practitioner).post("/account/application/withdraw/")

    tidy_applications()

    assert get_user_model().objects.filter(pk=user.pk).exists()
    assert not Application.objects.exists()


def test_two_applications_cannot_be_open_for_one_entry() -> None:
    network, _people = a_network()
    row = application(network)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            practitioner=row.practitioner, network=network, method="register", made_at=timezone.now()
        )


def test_the_tab_tells_nothing_and_no_cache_keeps_the_page() -> None:
    network, _people = a_network()
    row = application(network, display_name="Canary")
    answer = enter(row.practitioner).get("/account/application/")

    assert "Canary" not in answer.content.decode().partition("<title>")[2].partition("</title>")[0]
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    assert coordinator(network).pk
