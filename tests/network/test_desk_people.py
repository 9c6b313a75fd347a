"""Reports, coordinators, and the lists of the desk: who reads them, and that two are needed."""

from typing import Any

import pytest
from django.test import Client

from network import clock
from network.models import AuditRow, EntryReport, Membership, Practitioner
from network.services import reporting
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory
from tests.network.joining_world import (
    a_network,
    application,
    coordinator,
    enter,
    member_of,
    stop,
)

pytestmark = pytest.mark.django_db
LIFT = {"reason": "It was found again."}


def report(by: Practitioner, entry: Practitioner, words: str = "canary words") -> Any:
    return enter(by).post(f"/en/people/{entry.public_id}/report/", {"kind": "impostor", "words": words})


def test_a_report_is_read_by_coordinators_and_never_by_its_subject() -> None:
    _network, (one, other) = a_network()
    reporter = member_of(NetworkFactory())

    sent = report(reporter, one)

    assert sent.status_code == 302
    assert "canary words" in enter(other).get("/account/desk/reports/").content.decode()
    assert "canary words" not in enter(one).get("/account/desk/reports/").content.decode()
    row = EntryReport.objects.get()
    closing = enter(one).post(f"/account/desk/reports/{row.reference}/close/", {"outcome": "Nothing."}, follow=True)
    assert closing.status_code == 404


def test_a_report_is_closed_once_with_what_was_found() -> None:
    network, (one, other) = a_network()
    report(member_of(NetworkFactory()), member_of(network))
    address = f"/account/desk/reports/{EntryReport.objects.get().reference}/close/"

    empty = enter(one).post(address, {"outcome": ""})
    first = enter(one).post(address, {"outcome": "Asked, and it is them."})
    second = enter(other).post(address, {"outcome": "Something else."})

    row = EntryReport.objects.get()
    assert (empty.status_code, first.status_code, second.status_code) == (200, 302, 409)
    assert (row.outcome, row.closed_by) == ("Asked, and it is them.", one)


def test_only_members_report_and_only_what_they_see() -> None:
    network, (one, _other) = a_network()
    hidden = member_of(network, listing_for="network")
    stranger = member_of(NetworkFactory())

    assert report(stranger, hidden).status_code == 404
    assert Client().post(f"/en/people/{one.public_id}/report/", {}).status_code == 302
    assert report(one, one).status_code == 404
    assert not EntryReport.objects.exists()


def test_who_reports_all_the_time_is_stopped() -> None:
    reporter, member = member_of(NetworkFactory()), member_of(NetworkFactory())

    answers = [report(reporter, member).status_code for _ in range(11)]

    assert answers[-2:] == [302, 429]


def test_the_entry_page_leads_members_to_the_report_and_nobody_else() -> None:
    network, (one, _other) = a_network()
    entry = member_of(network, listing_for="public")

    assert "/report/" in enter(one).get(f"/en/people/{entry.public_id}/").content.decode()
    assert "/report/" not in Client().get(f"/en/people/{entry.public_id}/").content.decode()
    assert "/report/" not in enter(entry).get(f"/en/people/{entry.public_id}/").content.decode()


def role(entry: Practitioner) -> str:
    return Membership.objects.get(practitioner=entry, ended=None).role


def act(by: Practitioner, entry: Practitioner, what: str, **form: str) -> Any:
    pk = Membership.objects.get(practitioner=entry, ended=None).pk
    return enter(by).post(f"/account/desk/coordinators/{pk}/{what}/", form)


def test_a_further_coordinator_needs_two() -> None:
    network, (one, other) = a_network()
    member = member_of(network)

    act(one, member, "propose")
    own = act(one, member, "answer", answer="yes")
    assert (own.status_code, role(member)) == (403, "member")
    act(other, member, "answer", answer="yes")

    assert role(member) == "coordinator"
    assert [row.action for row in AuditRow.objects.order_by("number")] == ["coordinator proposed", "coordinator named"]


def test_where_the_other_coordinator_is_suspended_nobody_is_named_alone() -> None:
    network, (one, other) = a_network()
    member = member_of(network)
    stop(one, network, other)

    act(one, member, "propose")

    assert role(member) == "member"


def test_the_only_coordinator_names_one_alone_and_the_log_says_so() -> None:
    network, (one,) = a_network(1)
    member = member_of(network)

    act(one, member, "propose")

    assert role(member) == "coordinator"
    assert AuditRow.objects.get(action="coordinator named").detail == {"alone": True}


@pytest.mark.parametrize("state", [{"status": "stale"}, {"status": "paused"}, {"verified_on": "today"}])
def test_who_is_not_in_force_or_new_is_not_named(state: dict[str, str]) -> None:
    network, (one, _other) = a_network()
    fields = {"verified_on": clock.today()} if "verified_on" in state else state
    member = member_of(network, **fields)

    assert act(one, member, "propose").status_code == 403


def test_a_member_names_nobody_and_strangers_neither() -> None:
    network, _people = a_network()
    member, stranger = member_of(network), coordinator(NetworkFactory())
    pk = Membership.objects.get(practitioner=member).pk

    answers = [
        enter(each).post(f"/account/desk/coordinators/{pk}/propose/", follow=True).status_code
        for each in (member, stranger)
    ]

    assert answers == [404, 404]
    assert role(member) == "member"


def test_fewer_than_two_has_to_be_said() -> None:
    _network, (one, _other) = a_network()

    unsaid = act(one, one, "resign")
    assert "fewer than two" in unsaid.content.decode()
    assert role(one) == "coordinator"
    act(one, one, "resign", knowing="on")

    assert role(one) == "member"
    assert AuditRow.objects.get().detail == {"left": 1}
    assert enter(one).get("/account/desk/", follow=True).status_code == 404


def test_with_three_one_resigns_without_more_ado_but_nobody_for_another() -> None:
    _network, (one, other, _third) = a_network(3)

    act(one, other, "resign", knowing="on")
    assert role(other) == "coordinator"
    act(one, one, "resign")

    assert role(one) == "member"


@pytest.mark.parametrize("page", ["", "members/", "suspensions/", "reports/", "coordinators/", "log/"])
def test_every_page_of_the_desk_is_for_coordinators_with_a_second_factor(page: str) -> None:
    network, (one, _other) = a_network()
    application(network)
    boss = PractitionerFactory(user=UserFactory(is_staff=True, is_superuser=True), networks=[network])

    answers = [
        enter(one).get(f"/account/desk/{page}", follow=True),
        enter(one, second_factor=False).get(f"/account/desk/{page}", follow=True),
        enter(member_of(network)).get(f"/account/desk/{page}", follow=True),
        enter(boss).get(f"/account/desk/{page}", follow=True),
    ]

    assert [answer.status_code for answer in answers] == [200, 404, 404, 404]
    assert Client().get(f"/account/desk/{page}").status_code == 302
    assert "no-cache" in answers[0]["Cache-Control"] or "no-store" in answers[0]["Cache-Control"]


def test_the_members_list_shows_freshness_and_only_ones_own_networks() -> None:
    network, (one, _other) = a_network()
    member_of(network, display_name="Canary Ours", status="dormant", next_due="2026-01-01", verified_by="domain")
    member_of(NetworkFactory(), display_name="Canary Theirs")
    member_of(network, display_name="Canary Left", status="left")

    page = enter(one).get("/account/desk/members/").content.decode()

    assert "Canary Ours" in page
    assert "dormant" in page
    assert "Canary Theirs" not in page
    assert "Canary Left" not in page


def test_the_log_shows_ones_own_networks_only() -> None:
    network, (one, other) = a_network()
    elsewhere, (stranger, _second) = a_network()
    stop(one, network, member_of(network))
    stop(stranger, elsewhere, member_of(elsewhere))

    page = enter(other).get("/account/desk/log/").content.decode()

    assert page.count("Entry suspended") == 1
    assert stranger.display_name not in page


def test_the_log_does_not_tell_coordinators_that_they_were_reported_and_tells_the_others() -> None:
    network, (one, other) = a_network()
    reporting.report(entry=one, reporter=member_of(network), kind="impostor", words="Sample words.")

    assert "Entry reported" not in enter(one).get("/account/desk/log/").content.decode()
    assert "Entry reported" in enter(other).get("/account/desk/log/").content.decode()


def test_a_report_of_an_entry_in_no_network_reaches_the_network_it_was_in() -> None:
    network, (one, _other) = a_network()
    _elsewhere, (stranger, _second) = a_network()
    entry = member_of(network)
    entry.memberships.update(ended=clock.today())

    report(member_of(NetworkFactory()), entry)
    page = enter(one).get("/account/desk/reports/").content.decode()
    row = EntryReport.objects.get()
    closed = enter(one).post(f"/account/desk/reports/{row.reference}/close/", {"outcome": "Asked."})

    assert "canary words" in page
    assert f"/suspend/{entry.public_id}/" in page
    assert "canary words" not in enter(stranger).get("/account/desk/reports/").content.decode()
    assert closed.status_code == 302
    assert [each.network for each in AuditRow.objects.all()] == [network.slug, network.slug]


def test_a_report_of_an_entry_that_never_was_in_a_network_reaches_every_desk() -> None:
    _network, (one, _other) = a_network()
    _elsewhere, (stranger, _second) = a_network()
    entry = PractitionerFactory(user=UserFactory())

    report(member_of(NetworkFactory()), entry)

    for person in (one, stranger):
        page = enter(person).get("/account/desk/reports/").content.decode()
        assert "canary words" in page
        assert f"/suspend/{entry.public_id}/" in page


def test_who_has_gone_from_one_of_two_networks_is_reported_to_the_other_alone() -> None:
    gone, (past, _second) = a_network()
    stays, (one, _other) = a_network()
    entry = PractitionerFactory(user=UserFactory(), networks=[gone, stays])
    entry.memberships.filter(network=gone).update(ended=clock.today())

    report(member_of(NetworkFactory()), entry)
    page = enter(one).get("/account/desk/reports/").content.decode()

    assert "canary words" in page
    assert "in no network any more" not in page
    assert "canary words" not in enter(past).get("/account/desk/reports/").content.decode()


def test_a_reporter_is_told_who_looks_into_it() -> None:
    _network, (one, _other) = a_network()
    reporter = member_of(NetworkFactory())

    said = enter(reporter).post(
        f"/en/people/{one.public_id}/report/", {"kind": "impostor", "words": "words"}, follow=True
    )

    assert "where none is left, it waits for whoever runs the site" in said.content.decode()


def test_the_members_list_shows_the_letters_of_an_odd_name() -> None:
    network, (one, _other) = a_network()
    member_of(network, display_name="Аna", name_for="network")
    member_of(network, display_name="Ana", name_for="network")

    page = enter(one).get("/account/desk/members/").content.decode()

    assert "<bdi>Аna</bdi>" in page
    assert page.count("This name is not what it seems") == 1
    assert page.count("U+0410 CYRILLIC CAPITAL LETTER A") == 1
