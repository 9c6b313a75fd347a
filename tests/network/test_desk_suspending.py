"""Suspending, lifting, reporting and naming coordinators: at once, and never by oneself."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from network import clock
from network.models import AuditRow, Membership, Practitioner, Suspension
from network.policy import as_system, principals_of
from network.services.vetting import NetworkSuspended, decide
from tests.network.factories import NetworkFactory
from tests.network.joining_world import (
    a_network,
    application,
    coordinator,
    desk,
    enter,
    member_of,
    status_of,
    stop,
)

pytestmark = pytest.mark.django_db
LIFT = {"reason": "It was found again."}


def lift(by: Practitioner, **changes: str) -> Any:
    row = Suspension.objects.filter(part_of=None, lifted_at=None).latest("pk")
    return enter(by).post(f"/account/desk/suspensions/{row.reference}/lift/", {**LIFT, **changes})


def status(entry: Practitioner) -> str:
    return str(as_system("lifecycle").get(pk=entry.pk).status)


def test_a_suspended_member_with_an_open_session_reads_as_the_public_on_the_next_request() -> None:
    network, (one, _other) = a_network()
    member, colleague = member_of(network), member_of(network, name_for="network", display_name="Canary")
    browser = enter(member)
    address = f"/en/people/{colleague.public_id}/"
    assert "Canary" in browser.get(address).content.decode()

    stop(one, network, member)

    assert browser.get(address).status_code == 404
    assert principals_of(member.user, second_factor=True) == {"public", f"owner:{member.pk}"}
    assert Client().get(f"/en/people/{member.public_id}/").status_code == 404


def test_lifting_needs_another_coordinator_and_brings_back_what_was() -> None:
    network, (one, other) = a_network()
    member = member_of(network, status="due", next_due="2020-01-01")
    stop(one, network, member)

    own = lift(one)
    done = lift(other)

    assert (own.status_code, done.status_code) == (403, 302)
    assert status(member) == "dormant"  # its confirmation ran out long ago
    assert [row.action for row in AuditRow.objects.order_by("number")] == ["entry suspended", "entry dormant"]


def test_nobody_lifts_their_own_suspension() -> None:
    network, (one, other) = a_network()
    third = coordinator(network)
    stop(one, network, other)

    assert lift(third).status_code == 302
    assert status(other) == "verified"


def test_a_suspended_coordinator_has_no_desk() -> None:
    network, (one, other) = a_network()
    stop(one, network, other)

    assert enter(other).get("/account/desk/", follow=True).status_code == 404


def test_nobody_suspends_themselves_or_somebody_of_another_network() -> None:
    network, (one, _other) = a_network()
    stranger = member_of(NetworkFactory(), listing_for="public")

    own = stop(one, network, one)
    elsewhere = stop(one, network, stranger)
    foreign = stop(one, stranger.memberships.get().network, stranger)

    assert (own.status_code, elsewhere.status_code, foreign.status_code) == (403, 404, 404)
    assert {status(one), status(stranger)} == {"verified"}


def test_a_whole_network_stops_at_once_and_its_coordinators_keep_the_desk() -> None:
    network, (one, other) = a_network()
    members = [member_of(network), member_of(network, status="paused"), member_of(network, status="stale")]
    outsider = member_of(NetworkFactory())

    stop(one, network)

    assert {status(each) for each in (*members, one, other)} == {"suspended"}
    assert status(outsider) == "verified"
    for each in members:
        assert principals_of(each.user, second_factor=True) == {"public", f"owner:{each.pk}"}
    held = principals_of(other.user, second_factor=True)
    assert "member" not in held
    assert f"coordinator:{network.pk}" in held
    assert enter(other).get("/account/desk/suspensions/").status_code == 200


def test_lifting_a_network_shows_nobody_who_had_hidden_themselves() -> None:
    network, (one, other) = a_network()
    shown, paused, alone = member_of(network), member_of(network, status="paused"), member_of(network)
    stop(one, network, alone)
    stop(one, network)

    own = lift(one)
    done = lift(other)

    assert (own.status_code, done.status_code) == (403, 302)
    assert (status(shown), status(paused), status(alone)) == ("verified", "dormant", "suspended")
    assert (status(one), status(other)) == ("verified", "verified")


def test_a_coordinator_suspended_for_themselves_does_not_come_in_with_the_networks_suspension() -> None:
    network, (one, other) = a_network()
    stop(one, network, other)
    stop(one, network)

    assert enter(other).get("/account/desk/", follow=True).status_code == 404


def test_nobody_is_taken_into_a_suspended_network() -> None:
    network, (one, other) = a_network()
    helper = coordinator(NetworkFactory())
    row = application(network, "evidence", recorded_by=one, stand_in=helper.memberships.get().network)
    stop(one, network)

    with pytest.raises(NetworkSuspended):
        decide(reference=row.reference, desk=desk(helper), accept=True, reason="Yes.")
    assert status_of(row) == "evidence"
    assert other.pk


def test_a_network_is_suspended_once() -> None:
    network, (one, other) = a_network()
    stop(one, network)

    assert stop(other, network).status_code == 409
    assert Suspension.objects.filter(entry=None).count() == 1


def test_suspending_asks_for_a_reason_which_is_cipher_text() -> None:
    network, (one, _other) = a_network()
    member = member_of(network)

    without = stop(one, network, member, reason="")
    stop(one, network, member, reason="canary")

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM network_suspension")
        assert "canary" not in cursor.fetchone()[0]
    assert "Something needs to be put right" in without.content.decode()


def test_an_entry_in_no_network_is_suspended_and_lifted_by_the_network_it_was_in() -> None:
    network, (one, other) = a_network()
    elsewhere, (stranger, _second) = a_network()
    entry = member_of(network)
    entry.memberships.update(ended=clock.today())

    foreign = stop(stranger, elsewhere, entry)
    stop(one, network, entry)
    stopped = status(entry)
    lift(other)

    assert foreign.status_code == 404
    assert (stopped, status(entry)) == ("suspended", "verified")


def test_who_has_gone_from_one_of_two_networks_is_not_suspended_by_it() -> None:
    gone, (past, _second) = a_network()
    entry = member_of(NetworkFactory())
    Membership.objects.create(practitioner=entry, network=gone, ended=clock.today())

    assert stop(past, gone, entry).status_code == 404
    assert status(entry) == "verified"
