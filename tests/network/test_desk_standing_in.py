"""Where too few are left: another network stands in, sees that application only, and until then it waits."""

from typing import Any

import pytest

from network.models import Application, AuditRow
from network.policy import as_system
from network.services.calling_in import networks_that_could, who_can_act
from network.services.confirming import settle
from network.services.tidying import tidy_applications
from tests.network.factories import NetworkFactory, PractitionerFactory
from tests.network.joining_world import (
    EVIDENCE,
    YES,
    a_network,
    application,
    at,
    coordinator,
    enter,
    status_of,
)

pytestmark = pytest.mark.django_db


def calls(row: Application, by: Any, network: Any) -> Any:
    return enter(by).post(at(row, "calling"), {"network": network.slug})


def test_the_only_coordinator_left_calls_in_another_network_which_sees_that_application_only() -> None:
    network, (one,) = a_network(1)
    elsewhere, (helper, _second) = a_network()
    row = application(network, "evidence", recorded_by=one, display_name="Canary One")
    other = application(network, display_name="Canary Two")

    called = calls(row, one, elsewhere)
    queue = enter(helper).get("/account/desk/").content.decode()
    decided = enter(helper).post(at(row, "decision"), YES)

    assert (called.status_code, decided.status_code) == (302, 302)
    assert "Canary One" in queue
    assert "Canary Two" not in queue
    assert enter(helper).get(at(other), follow=True).status_code == 404
    assert status_of(row) == "verified"
    assert as_system("lifecycle").get(pk=row.practitioner_id).memberships.get().network == network
    assert AuditRow.objects.filter(action="stand-in called", actor=one.public_id).exists()
    assert AuditRow.objects.get(action="entry verified").detail["stood in"] is True


def test_nobody_is_called_in_while_the_network_can_act() -> None:
    network, (one, _other) = a_network()
    elsewhere, _people = a_network()
    row = application(network)

    calls(row, one, elsewhere)

    row.refresh_from_db()
    assert row.stand_in is None


def test_a_barred_coordinator_may_call_in_but_not_read() -> None:
    network, (one,) = a_network(1)
    elsewhere, _people = a_network()
    row = application(network, organisation=one.organisation, display_name="Canary")
    browser = enter(one)

    queue = browser.get("/account/desk/").content.decode()
    page = browser.get(at(row, "calling")).content.decode()
    calls(row, one, elsewhere)

    row.refresh_from_db()
    assert "Call in another network" in queue
    assert "Canary" not in queue + page
    assert row.stand_in == elsewhere


def test_a_network_whose_people_could_not_act_either_is_not_offered() -> None:
    network, (one,) = a_network(1)
    same = NetworkFactory()
    coordinator(same, one.organisation)
    row = application(network, "evidence", recorded_by=one)

    calls(row, one, same)

    row.refresh_from_db()
    assert networks_that_could(row) == []
    assert row.stand_in is None
    assert (
        "waits until another network stands in" in enter(row.practitioner).get("/account/application/").content.decode()
    )


def test_a_stranger_cannot_call_itself_in() -> None:
    network, (one,) = a_network(1)
    elsewhere, (helper, _second) = a_network()
    row = application(network, "evidence", recorded_by=one)

    answer = enter(helper).post(at(row, "calling"), {"network": elsewhere.slug}, follow=True)

    assert answer.status_code == 404


def test_where_nobody_is_left_a_partner_is_asked_by_itself(committed: Any) -> None:
    network, partner, other = NetworkFactory(), NetworkFactory(name="Z partner"), NetworkFactory(name="A other")
    network.partners.add(partner)
    for each in (partner, other):
        coordinator(each)
    row = application(network, "applied", confirmed_at=None)
    with committed():
        settle(row, row.account)

    row.refresh_from_db()
    assert row.stand_in == partner
    page = enter(row.practitioner).get("/account/application/").content.decode()
    assert "Z partner stand in" in page.replace("those of ", "")


def test_with_nobody_anywhere_it_waits_and_the_daily_look_finds_who_comes_later() -> None:
    network = NetworkFactory()
    row = application(network)
    assert who_can_act(row) == []
    assert tidy_applications()["called in"] == 0
    assert "Nobody can take the next step now" in enter(row.practitioner).get("/account/application/").content.decode()

    later = NetworkFactory()
    coordinator(later)

    assert tidy_applications()["called in"] == 1
    row.refresh_from_db()
    assert row.stand_in == later


def test_rules_bind_who_stands_in_as_well() -> None:
    network, (one,) = a_network(1)
    elsewhere, (helper, second) = a_network()
    row = application(network, organisation=one.organisation)
    calls(row, one, elsewhere)

    enter(helper).post(at(row, "evidence"), EVIDENCE)
    own = enter(helper).post(at(row, "decision"), YES)
    other = enter(second).post(at(row, "decision"), YES)

    assert (own.status_code, other.status_code) == (403, 302)


def test_an_account_that_coordinates_twice_is_barred_by_either_entry() -> None:
    network, (one,) = a_network(1)
    mailbox = PractitionerFactory(role_mailbox=True, organisation=coordinator(None).organisation, coordinates=[network])
    mailbox.answered_by.add(one.user)
    row = application(network, organisation=one.organisation)

    assert enter(one).get(at(row), follow=True).status_code == 404
