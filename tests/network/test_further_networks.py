"""A member asks a further network: vetted by two of that network again, and no less a member whatever they answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from network import clock, own_data
from network.models import Application, AuditRow, Evidence, Membership, Network, Practitioner, Voucher
from network.policy import as_system, principals_of
from network.services import further
from network.services.entry import leave
from network.services.tidying import tidy_applications
from search.models import OutboxEntry
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, term
from tests.network.joining_world import NO, YES, a_network, at, coordinator, enter, gone, member_of

pytestmark = pytest.mark.django_db
WORK = "I interpret for their night shelter."
SEEN = {"note": "We have worked together.", "seen": "on"}


def asker(**fields: Any) -> Practitioner:
    """A member of another network, vetted there."""
    given = {"organisation": OrganisationFactory(), "profession": term("nurse"), "display_name": "Ana Asks", **fields}
    return member_of(NetworkFactory(name="Harbour"), **given)


def asks(entry: Practitioner, network: Network, /, **changes: str) -> Any:
    form = {"network": network.slug, "work": WORK, "colleagues": "", "agreed": "on", **changes}
    return enter(entry).post(f"/account/entry/{entry.public_id}/networks/join/", form)


def request_of(entry: Practitioner, network: Network) -> Application:
    """One that is on the desk, made without the form."""
    return further.ask(entry=entry, account=entry.user, network=network, work=WORK, colleagues=(), language="en")


def page(entry: Practitioner, row: Application, act: str = "") -> str:
    return f"/account/entry/{entry.public_id}/networks/{row.reference}/{act}"


def inside(entry: Practitioner, network: Network) -> bool:
    return Membership.objects.filter(practitioner=entry, network=network, ended=None).exists()


def stands(row: Application) -> str:
    row.refresh_from_db()
    return row.stands


def status(entry: Practitioner) -> str:
    return str(as_system("lifecycle").get(pk=entry.pk).status)


def test_two_of_different_organisations_take_a_member_in(committed: Any) -> None:
    network, (one, other) = a_network()
    ana = asker(verified_on="2026-01-01", verified_by="register")
    with committed():
        asks(ana, network)
    row = Application.objects.get()
    OutboxEntry.objects.all().delete()

    with committed():
        enter(one).post(at(row, "evidence"), SEEN)
        alone = enter(one).post(at(row, "decision"), YES).status_code
        assert not inside(ana, network)
        enter(other).post(at(row, "decision"), YES)

    assert alone == 403
    assert inside(ana, network)
    assert stands(row) == "accepted"
    assert f"network:{network.pk}" in principals_of(ana.user, second_factor=True)
    assert OutboxEntry.objects.filter(key=f"person:{ana.public_id}").exists()
    assert (row.claim, Evidence.objects.get().note) == (None, None)
    assert [(each.action, each.actor, each.network) for each in AuditRow.objects.order_by("number")] == [
        ("further network asked", ana.public_id, network.slug),
        ("further network evidence", one.public_id, network.slug),
        ("further network accepted", other.public_id, network.slug),
    ]
    assert [ana.user.email] in [message.to for message in mail.outbox]
    assert not any("Ana Asks" in str(message.body) or network.name in str(message.body) for message in mail.outbox)


def test_nothing_of_what_they_are_changes_with_the_answer() -> None:
    network, (one, other) = a_network()
    ana = asker(next_due=clock.today() + timedelta(days=100), verified_by="register", verified_on="2026-01-01")
    before = as_system("lifecycle").filter(pk=ana.pk).values().get()
    accepted, refused = request_of(ana, network), request_of(ana, (elsewhere := a_network())[0])

    enter(one).post(at(accepted, "evidence"), {**SEEN, "organisation": one.organisation.name, "authority": "on"})
    enter(other).post(at(accepted, "decision"), YES)
    enter(elsewhere[1][0]).post(at(refused, "evidence"), SEEN)
    enter(elsewhere[1][1]).post(at(refused, "decision"), NO)

    assert as_system("lifecycle").filter(pk=ana.pk).values().get() == before
    assert (stands(accepted), stands(refused)) == ("accepted", "refused")


def test_the_same_bars_hold_as_for_everybody() -> None:
    network, _people = a_network()
    ana = asker()
    colleague = coordinator(network, ana.organisation)
    hers = PractitionerFactory(user=None, role_mailbox=True, coordinates=[network], organisation=OrganisationFactory())
    hers.answered_by.add(ana.user)
    row = request_of(ana, network)

    assert gone(enter(colleague).get(at(row)))
    assert gone(enter(colleague).post(at(row, "evidence"), SEEN))
    assert gone(enter(hers).post(at(row, "evidence"), SEEN))
    assert "Ana Asks" not in enter(colleague).get("/account/desk/").content.decode()


def test_coordinators_of_other_networks_read_nothing_of_it() -> None:
    network, _people = a_network()
    _own, (stranger, _second) = a_network()
    ana = asker()
    home = coordinator(ana.memberships.get().network)
    row = request_of(ana, network)

    assert [gone(enter(each).get(at(row))) for each in (stranger, home, ana)] == [True, True, True]


def test_the_desk_reads_the_work_and_where_they_were_vetted_and_not_their_address() -> None:
    network, (one, _other) = a_network()
    ana = asker(verified_network=NetworkFactory(name="Lighthouse"), verified_by="register", verified_on=clock.today())
    row = request_of(ana, network)

    text = enter(one).get(at(row)).content.decode()

    assert all(each in text for each in ("Ana Asks", WORK, "Lighthouse", "Harbour", "professional register"))
    assert "@example.org" not in text
    assert "Their contact" not in text


def test_colleagues_who_are_named_are_asked_and_need_not_be() -> None:
    network, (one, other) = a_network()
    ana, ben = asker(), member_of(network, organisation=OrganisationFactory())

    asks(ana, network, colleagues=f"{ben.user.email}\n{ana.user.email}")
    row = Application.objects.get()

    assert [each.member for each in Voucher.objects.all()] == [ben]
    assert "Ana Asks" in enter(ben).get("/account/vouching/").content.decode()
    enter(ben).post(f"/account/vouching/{row.reference}/", {"answer": "yes", "words": "From the night shift"})
    assert "From the night shift" in enter(one).get(at(row)).content.decode()
    assert "From the night shift" not in enter(ana).get(page(ana, row)).content.decode()
    enter(one).post(at(row, "evidence"), SEEN)
    enter(other).post(at(row, "decision"), YES)
    assert (inside(ana, network), Voucher.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"work": ""}, "required"),
        ({"agreed": ""}, "required"),
        ({"network": "nowhere"}, "valid choice"),
        ({"colleagues": "a@example.org\nb@example.org\nc@example.org"}, "Two addresses at most"),
        ({"colleagues": "my aunt"}, "is not an e-mail address"),
        ({"work": "x" * 5000}, "at most 1000"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(changes: dict[str, str], said: str) -> None:
    network, _people = a_network()

    answer = asks(asker(), network, **changes)

    assert said in answer.content.decode()
    assert not Application.objects.exists()


def test_a_network_is_asked_once_and_three_at_a_time() -> None:
    ana = asker()
    networks = NetworkFactory.create_batch(4)
    first = [asks(ana, each).status_code for each in networks[:3]]

    again = asks(ana, networks[0]).content.decode()
    fourth = asks(ana, networks[3]).content.decode()

    assert first == [302, 302, 302]
    assert "valid choice" in again
    assert "Three requests are open" in fourth
    assert Application.objects.count() == 3
    with pytest.raises(further.AlreadyThere):
        request_of(ana, networks[0])


def test_ones_own_network_and_samples_are_not_offered() -> None:
    ana = asker()
    sample = NetworkFactory(sample=True)

    offered = further.networks_to_ask(ana)

    assert ana.memberships.get().network not in offered
    assert sample not in offered


@pytest.mark.parametrize("stood", ["stale", "paused", "dormant", "suspended", "left"])
def test_only_who_is_in_force_asks_and_a_request_rests_with_its_member(stood: str) -> None:
    network, (one, _other) = a_network()
    ana = asker()
    row = request_of(ana, network)
    as_system("lifecycle").filter(pk=ana.pk).update(status=stood)

    assert gone(enter(ana).get(f"/account/entry/{ana.public_id}/networks/join/"))
    assert gone(enter(one).get(at(row)))
    assert "Ana Asks" not in enter(one).get("/account/desk/").content.decode()
    assert "It rests" in enter(ana).get(page(ana, row)).content.decode()
    assert status(ana) == stood


def test_a_no_can_be_appealed_against_and_is_heard_by_another() -> None:
    network, (one, other) = a_network()
    third = coordinator(network)
    ana = asker()
    row = request_of(ana, network)
    enter(one).post(at(row, "evidence"), SEEN)
    enter(other).post(at(row, "decision"), {**NO, "reason": "We are full."})
    read = enter(ana).get(page(ana, row)).content.decode()

    enter(ana).post(page(ana, row, "appeal/"), {"words": "Please look again."})
    same = [enter(each).post(at(row, "decision"), YES).status_code for each in (one, other)]
    enter(third).post(at(row, "decision"), YES)

    assert "We are full." in read
    assert other.display_name not in read
    assert same == [403, 403]
    assert (inside(ana, network), stands(row), status(ana)) == (True, "accepted", "verified")


def test_a_no_without_an_appeal_is_closed_and_the_network_rests() -> None:
    network, (one, other) = a_network()
    ana = asker()
    row = request_of(ana, network)
    enter(one).post(at(row, "evidence"), SEEN)
    enter(other).post(at(row, "decision"), NO)

    with clock.standing_at(clock.now() + timedelta(days=31)):
        tidy_applications()
        assert "within the last ninety days" in asks(ana, network).content.decode()
    with clock.standing_at(clock.now() + timedelta(days=130)):
        assert asks(ana, network).status_code == 302

    assert stands(row) == "refused"
    assert status(ana) == "verified"


def test_what_is_missing_is_asked_for_and_answered() -> None:
    network, (one, _other) = a_network()
    ana = asker()
    row = request_of(ana, network)

    enter(one).post(at(row, "missing"), {"missing": "Which nights?"})
    read = enter(ana).get(page(ana, row)).content.decode()
    enter(ana).post(page(ana, row, "more/"), {"words": "Every Friday."})

    row.refresh_from_db()
    assert "Which nights?" in read
    assert (row.missing, row.stands) == (None, "confirmed")
    assert "Every Friday." in (row.claim or "")


def test_a_request_is_withdrawn_without_losing_anything_else() -> None:
    network, _people = a_network()
    ana = asker()
    row = request_of(ana, network)

    enter(ana).post(page(ana, row, "withdraw/"))
    tidy_applications()

    row.refresh_from_db()
    assert (row.stands, row.outcome, row.claim, status(ana)) == ("withdrawn", "withdrawn", None, "verified")
    assert AuditRow.objects.get(action="further network withdrawn").network == network.slug
    assert asks(ana, network).status_code == 302


def test_nobody_reads_or_moves_the_request_of_another() -> None:
    network, _people = a_network()
    ana, ben = asker(), asker()
    row = request_of(ana, network)

    assert gone(enter(ben).get(page(ana, row)))
    assert gone(enter(ben).get(page(ben, row)))
    enter(ben).post(page(ben, row, "withdraw/"))

    assert stands(row) == "confirmed"


def test_leaving_the_post_ends_what_was_asked() -> None:
    network, _people = a_network()
    ana = asker()
    row = request_of(ana, network)

    leave(entry=ana, actor=ana.public_id)

    assert (stands(row), row.claim) == ("withdrawn", None)
    assert AuditRow.objects.get(action="further network withdrawn").network == network.slug


def test_leaving_one_network_keeps_the_other_and_both_logs_have_their_line() -> None:
    network, _people = a_network()
    ana = asker()
    Membership.objects.create(practitioner=ana, network=network)

    enter(ana).post(f"/account/entry/{ana.public_id}/leave/{network.pk}/")

    assert not inside(ana, network)
    assert ana.memberships.filter(ended=None).count() == 1
    assert AuditRow.objects.get().network == network.slug


def test_the_page_of_a_network_leads_members_of_others_to_the_short_form(client: Client) -> None:
    network, (one, _other) = a_network()
    ana = asker()
    address = f"/en/networks/{network.slug}/"

    link = f"/account/entry/{ana.public_id}/networks/join/?network={network.slug}"
    form = enter(ana).get(link).content.decode()

    assert link in enter(ana).get(address).content.decode()
    assert f'value="{network.slug}" selected' in form
    row = request_of(ana, network)
    again = enter(ana).get(address).content.decode()
    assert page(ana, row) in again
    assert link not in again
    assert "networks/join/" not in enter(one).get(address).content.decode()
    assert f"/en/join/?network={network.slug}" in client.get(address).content.decode()


def test_my_entry_and_my_data_show_what_was_asked() -> None:
    network, _people = a_network()
    ana = asker()
    row = request_of(ana, network)

    assert page(ana, row) in enter(ana).get(f"/account/entry/{ana.public_id}/").content.decode()
    (asked,) = own_data.export(ana, ana.user, frozenset())["networks asked"]
    assert (asked["network"], asked["words"], asked["outcome"]) == (network.slug, WORK, "")


def test_where_too_few_are_left_another_network_stands_in() -> None:
    network, (one, _second) = a_network()
    Membership.objects.filter(network=network).exclude(practitioner=one).update(ended=clock.today())
    helping, (helper, _other) = a_network()
    ana = asker()
    row = request_of(ana, network)
    enter(one).post(at(row, "evidence"), SEEN)

    enter(one).post(at(row, "calling"), {"network": helping.slug})
    enter(helper).post(at(row, "decision"), YES)

    assert inside(ana, network)
    assert not inside(ana, helping)
