"""Vouching and inviting: what members in force do for others, how often, and who learns of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from network import clock
from network.models import Application, AuditRow, Invitation, Network, Practitioner, Voucher
from network.services.applying import MOST_LINKS
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory
from tests.network.joining_world import a_network, account, application, confirmed, enter, filled_in, link, the_entry

pytestmark = pytest.mark.django_db


def member_of(network: Network, email: str, **fields: Any) -> Practitioner:
    body = OrganisationFactory()
    return PractitionerFactory(user=UserFactory(email=email), networks=[network], organisation=body, **fields)


def test_two_named_members_are_asked_and_strangers_get_no_mail(client: Client, committed: Any) -> None:
    network, _people = a_network()
    member_of(network, "one@example.org")
    member_of(network, "stale@example.org", status="stale")
    claim = "One@example.org\nstale@example.org\nstranger@example.org"
    with committed():
        client.post("/en/join/", filled_in(network, method="vouchers", claim=claim))
        confirmed(client, link(0))

    assert [each.member.user.email for each in Voucher.objects.all()] == ["one@example.org"]
    told = [message.to[0] for message in mail.outbox]
    assert "one@example.org" in told
    assert not {"stale@example.org", "stranger@example.org"} & set(told)


def test_the_applicant_does_not_learn_who_of_the_named_is_a_member() -> None:
    network, _people = a_network()
    row = application(network, method="vouchers", claim="one@example.org\ntwo@example.org")
    before = enter(row.practitioner).get("/account/application/").content.decode()
    Voucher.objects.create(application=row, member=member_of(network, "one@example.org"), answer="yes")

    after = enter(row.practitioner).get("/account/application/").content.decode()

    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", before) == token.sub("", after)


def test_a_named_member_vouches_once_and_only_coordinators_see_it() -> None:
    network, (one, _other) = a_network()
    row = application(network, method="vouchers", display_name="Canary Applicant")
    member = member_of(network, "one@example.org", display_name="Canary Voucher")
    Voucher.objects.create(application=row, member=member)
    browser = enter(member)

    asked = browser.get("/account/vouching/").content.decode()
    empty = browser.post(f"/account/vouching/{row.reference}/", {})
    first = browser.post(f"/account/vouching/{row.reference}/", {"answer": "yes", "words": "canary words"})
    second = browser.post(f"/account/vouching/{row.reference}/", {"answer": "no"}, follow=True)

    assert "Canary Applicant" in asked
    assert "canary-claim" not in asked
    assert (empty.status_code, first.status_code, second.status_code) == (200, 302, 404)
    assert Voucher.objects.get().organisation == member.organisation
    assert "Canary Voucher" in enter(one).get(f"/account/desk/applications/{row.reference}/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM network_voucher")
        assert "canary" not in cursor.fetchone()[0]


def test_nobody_vouches_who_was_not_asked() -> None:
    network, (one, _other) = a_network()
    row = application(network, display_name="Canary")
    stranger = member_of(network, "stranger@example.org")

    assert "Canary" not in enter(stranger).get("/account/vouching/").content.decode()
    assert (
        enter(stranger).post(f"/account/vouching/{row.reference}/", {"answer": "yes"}, follow=True).status_code == 404
    )
    assert enter(row.practitioner).get("/account/vouching/", follow=True).status_code == 404
    assert one.pk


def test_the_overview_says_what_waits() -> None:
    network, (one, _other) = a_network()
    row = application(network, method="vouchers")
    member = member_of(network, "one@example.org")
    Voucher.objects.create(application=row, member=member)

    assert "Vouch for a colleague" in enter(member).get("/account/").content.decode()
    desk = enter(one).get("/account/").content.decode()
    assert re.search(r"Coordinators’ desk</a> <strong>\(1\)", desk)
    assert "Coordinators’ desk" not in enter(member).get("/account/").content.decode()
    assert "Your application" in enter(row.practitioner).get("/account/").content.decode()


def invite(member: Practitioner, network: Network, email: str = "new@example.org") -> Any:
    return enter(member).post("/account/invitations/", {"network": network.pk, "email": email}, follow=True)


def test_an_invitation_leads_to_an_application_that_names_the_inviter(client: Client, committed: Any) -> None:
    network, (one, _other) = a_network()
    member = member_of(network, "one@example.org", display_name="Canary Inviter")
    with committed():
        invite(member, network)
    address = link()
    page = client.get(address).content.decode()
    with committed():
        client.post(address, filled_in(network, network=None))
        confirmed(client, link())

    assert network.name not in page
    row = Application.objects.get()
    assert (row.inviter, row.network) == (member, network)
    assert "Canary Inviter" in enter(one).get(f"/account/desk/applications/{row.reference}/").content.decode()
    assert Invitation.objects.get().used_at is not None


def test_an_invitation_works_once_for_its_address_within_three_days(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        invite(member_of(network, "one@example.org"), network)
    address, form = link(), filled_in(network, network=None)

    other = client.post(address, {**form, "email": "other@example.org"})
    with clock.standing_at(timezone.now() + timedelta(hours=73)):
        old = client.post(address, form)
    forged = client.post("/en/join/invited/" + "x" * 32 + "/", form)
    assert not Application.objects.exists()
    first = client.post(address, form)
    second = client.post(address, form)

    assert [each.status_code for each in (other, old, forged, first, second)] == [409, 410, 410, 302, 410]
    assert "sent to another address" in other.content.decode()
    assert Application.objects.count() == 1


def test_opening_an_invitation_uses_nothing_up(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        invite(member_of(network, "one@example.org"), network)

    assert [client.get(link()).status_code for _ in range(3)] == [200, 200, 200]
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize("strangers", [3, MOST_LINKS + 1])
def test_an_invited_application_goes_through_whatever_strangers_have_sent_in(
    client: Client, committed: Any, strangers: int
) -> None:
    network, _people = a_network()
    for _ in range(strangers):
        Client().post("/en/join/", filled_in(network, name="A Stranger"))
    with committed():
        invite(member_of(network, "one@example.org"), network)
        invitation = link()
    with committed():
        client.post(invitation, filled_in(network, network=None, name="The Invited"))
        confirmed(client, link())

    assert the_entry().display_name == "The Invited"
    assert Invitation.objects.get().used_at is not None


def test_an_invitation_is_not_used_up_where_nothing_is_kept(committed: Any) -> None:
    network, _people = a_network()
    left = PractitionerFactory(status="left", role_mailbox=True)
    left.answered_by.add(account("post@example.org"))
    with committed():
        invite(member_of(network, "two@example.org"), network, "post@example.org")

    answer = enter(left).post(link(), filled_in(network, network=None, email=None))

    assert answer.status_code == 409
    assert Invitation.objects.get().used_at is None


def test_five_invitations_in_thirty_days(committed: Any) -> None:
    network, _people = a_network()
    member = member_of(network, "one@example.org")
    with committed():
        answers = [invite(member, network, f"p{number}@example.org") for number in range(6)]

    assert len(mail.outbox) == Invitation.objects.count() == 5
    assert "no more for now" in answers[-1].content.decode()
    with clock.standing_at(timezone.now() + timedelta(days=31)):
        invite(member, network, "later@example.org")
    assert Invitation.objects.count() == 6


def test_members_invite_to_their_own_networks_and_others_not_at_all() -> None:
    network, _people = a_network()
    member = member_of(network, "one@example.org")

    foreign = invite(member, NetworkFactory())
    stale = invite(member_of(network, "stale@example.org", status="stale"), network)
    applicant = invite(application(network).practitioner, network)

    assert "valid choice" in foreign.content.decode()
    assert (stale.status_code, applicant.status_code) == (404, 404)
    assert not Invitation.objects.exists()


def test_the_mail_and_the_database_hold_no_more_than_needed(committed: Any) -> None:
    network, _people = a_network()
    member = member_of(network, "one@example.org", display_name="Canary")
    account("known@example.org")
    with committed():
        invite(member, network, "known@example.org")
        invite(member, network, "unknown@example.org")

    known, unknown = (re.sub(r"invited/[\w-]+", "", str(message.body)) for message in mail.outbox)
    assert known == unknown
    assert "Canary" not in known
    assert network.name not in known
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_invitation")
        assert "known@example.org" not in repr(cursor.fetchall())
    assert AuditRow.objects.filter(action="invited", actor=member.public_id).count() == 2


def test_an_applicant_who_returns_keeps_the_inviter_out_of_their_entry(client: Client, committed: Any) -> None:
    network, _people = a_network()
    with committed():
        invite(member_of(network, "one@example.org", display_name="Canary"), network)
        client.post(link(), filled_in(network, network=None))
        confirmed(client, link())

    assert "Canary" not in enter(the_entry()).get("/account/application/").content.decode()
