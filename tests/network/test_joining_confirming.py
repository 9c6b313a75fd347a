"""Confirming an application, and one's own page of it: links that work once, and what is erased."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from network import clock
from network.models import Application, AuditRow, EntryReport
from network.policy import as_system
from network.services.erasing import forget_traces
from network.services.tidying import tidy_applications
from tests.network.joining_world import (
    PASSWORD,
    a_network,
    account,
    application,
    confirmed,
    coordinator,
    enter,
    filled_in,
    link,
    status_of,
)

pytestmark = pytest.mark.django_db


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


def test_a_known_address_confirms_signed_in_and_nobody_else_can(client: Client, committed: Any) -> None:
    network, people = a_network()
    user = account("known@example.org")
    with committed():
        client.post("/en/join/", filled_in(network, email="known@example.org"))
    address = link()

    assert confirmed(client, address).status_code == 200
    assert enter(people[0]).post(address).status_code == 200
    assert status_of(Application.objects.get()) == "applied"
    client.force_login(user, backend="accounts.backends.SignInBackend")
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


def test_erasing_somebody_takes_what_joining_and_the_desk_kept_of_them() -> None:
    network, (one, _other) = a_network()
    row = application(network)
    entry = row.practitioner
    row.vouchers.create(member=one)
    EntryReport.objects.create(entry=entry, reporter=one, kind="wrong", words="canary", made_at=timezone.now())
    EntryReport.objects.create(entry=one, reporter=entry, kind="wrong", words="theirs", made_at=timezone.now())

    forget_traces(entry)

    assert not Application.objects.exists()
    assert [(each.words, each.reporter) for each in EntryReport.objects.all()] == [("theirs", None)]
