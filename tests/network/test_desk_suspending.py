"""Suspending, lifting, reporting and naming coordinators: at once, and never by oneself."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from network import clock
from network.models import AuditRow, EntryReport, Membership, Network, Practitioner, Suspension
from network.policy import as_system, principals_of
from network.services.vetting import NetworkSuspended, decide
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory
from tests.network.joining_world import a_network, application, coordinator, desk, enter, status_of

pytestmark = pytest.mark.django_db
STOP = {"reason": "A telephone was lost.", "sure": "on"}
LIFT = {"reason": "It was found again."}


def member_of(network: Network, **fields: Any) -> Practitioner:
    return PractitionerFactory(user=UserFactory(), networks=[network], **fields)


def stop(by: Practitioner, network: Network, entry: Practitioner | None = None, **changes: str) -> Any:
    address = f"/account/desk/networks/{network.slug}/suspend/{f'{entry.public_id}/' if entry else ''}"
    return enter(by).post(address, {**STOP, **changes}, follow=True)


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

    assert page.count("entry suspended") == 1
    assert stranger.display_name not in page
