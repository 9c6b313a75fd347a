"""A network's own matters: for its members to read, for its coordinators to keep, absent for everybody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from network import network_room
from network.models import AuditRow, Network, PartnerRequest, PathwayStep, Practitioner, ReviewAnswer
from network.services import network_life as services
from tests.accounts.people import signed_in as with_second_factor
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, term

pytestmark = pytest.mark.django_db
SignIn = Callable[[Practitioner], Client]


def coordinator(network: Network, **fields: Any) -> Practitioner:
    return PractitionerFactory(user=UserFactory(), coordinates=[network], **fields)


def member(network: Network, **fields: Any) -> Practitioner:
    return PractitionerFactory(user=UserFactory(), networks=[network], **fields)


def desk(network: Network, rest: str = "") -> str:
    return f"/account/desk/networks/{network.slug}/{rest}"


def principals(network: Network) -> frozenset[str]:
    return frozenset({"public", "member", f"network:{network.pk}"})


ADDRESSES = ["", "meetings/new/", "documents/new/", "pathway/new/", "review/"]


@pytest.mark.parametrize("rest", ADDRESSES)
def test_the_desk_of_a_network_is_there_for_its_coordinators_only(signed_in: SignIn, rest: str) -> None:
    ours, other = NetworkFactory(), NetworkFactory()

    assert signed_in(coordinator(ours)).get(desk(ours, rest)).status_code == 200
    for outsider in (member(ours), coordinator(other), coordinator(ours, status="suspended")):
        assert signed_in(outsider).get(desk(ours, rest)).status_code == 404
    superuser = UserFactory(is_staff=True, is_superuser=True)
    assert with_second_factor(superuser).get(desk(ours, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["partner/", "part/", "meetings/1/remove/"])
def test_nothing_is_changed_by_opening_a_link(signed_in: SignIn, rest: str) -> None:
    ours = NetworkFactory()

    assert signed_in(coordinator(ours)).get(desk(ours, rest)).status_code == 405


def test_members_read_the_calendar_and_others_do_not_see_that_there_is_one(signed_in: SignIn, client: Client) -> None:
    ours = NetworkFactory()
    services.keep(
        ours.meetings.model(title="Canary meeting", starts=timezone.now() + timedelta(days=2)), network=ours, actor="x"
    )
    url = ours.get_absolute_url()

    public = client.get(url).content.decode()

    assert "Canary meeting" not in public
    assert "Calendar" not in public
    assert "Canary meeting" not in signed_in(member(NetworkFactory())).get(url).content.decode()
    assert "Canary meeting" in signed_in(member(ours)).get(url).content.decode()


def test_a_coordinator_adds_changes_and_removes_a_document_and_the_log_tells(signed_in: SignIn) -> None:
    ours = NetworkFactory()
    who = coordinator(ours)
    client = signed_in(who)

    client.post(desk(ours, "documents/new/"), {"title": "Agreement", "text": "We listen."})
    document = ours.documents.get()
    client.post(desk(ours, f"documents/{document.pk}/"), {"title": "Agreement", "text": "We listen first."})
    document.refresh_from_db()
    assert document.text == "We listen first."
    client.post(desk(ours, f"documents/{document.pk}/remove/"))

    assert ours.documents.count() == 0
    told = list(AuditRow.objects.order_by("number").values_list("action", "actor", "network"))
    kept, removed = "networkdocument kept", "networkdocument removed"
    assert told == [(action, who.public_id, ours.slug) for action in (kept, kept, removed)]


def test_records_of_another_network_are_not_reached_through_ones_own(signed_in: SignIn) -> None:
    ours, other = NetworkFactory(), NetworkFactory()
    theirs = other.documents.create(title="Theirs", text="x")
    client = signed_in(coordinator(ours))

    for rest in (f"documents/{theirs.pk}/", f"documents/{theirs.pk}/remove/", "roster/new/", "pk/1/"):
        assert client.post(desk(ours, rest), {"title": "Taken", "text": "x"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.title == "Theirs"


def test_an_empty_document_is_refused_with_what_was_typed_kept(signed_in: SignIn) -> None:
    ours = NetworkFactory()

    page = signed_in(coordinator(ours)).post(desk(ours, "documents/new/"), {"title": "Only a title"}).content.decode()

    assert "Write the text, or give a link to it." in page
    assert 'value="Only a title"' in page
    assert ours.documents.count() == 0


def test_a_role_that_nobody_fills_is_a_gap_and_so_is_one_whose_holder_paused(signed_in: SignIn) -> None:
    ours = NetworkFactory()
    guardian = member(ours, display_name="Canary Guardian")
    stage = term("assistance", "stage")
    PathwayStep.objects.create(network=ours, stage=stage, role="Guardian", does="Speaks.", filled_by=guardian)
    PathwayStep.objects.create(network=ours, stage=stage, role="Nurse", does="Looks.", position=2)

    filled, empty = network_room.pathway(ours, principals(ours))
    assert (filled.person.title if filled.person else None, empty.person) == ("Canary Guardian", None)
    guardian.status = "paused"
    guardian.save()

    assert network_room.pathway(ours, principals(ours))[0].person is None


def test_only_people_of_the_network_can_fill_its_roles(signed_in: SignIn) -> None:
    ours = NetworkFactory()
    stranger = member(NetworkFactory(), listing_for="public")
    step = {"position": 1, "stage": term("assistance", "stage").pk, "role": "Guardian", "does": "Speaks."}

    signed_in(coordinator(ours)).post(desk(ours, "pathway/new/"), {**step, "filled_by": stranger.public_id})

    assert PathwayStep.objects.count() == 0


def test_partners_agree_on_both_sides_and_one_ends_it(signed_in: SignIn) -> None:
    ours, other = NetworkFactory(), NetworkFactory()

    signed_in(coordinator(ours)).post(desk(ours, "partner/"), {"network": other.pk})
    assert (list(ours.partners.all()), PartnerRequest.objects.count()) == ([], 1)
    signed_in(coordinator(other)).post(desk(other, "partner/"), {"network": ours.pk})
    assert (list(ours.partners.all()), PartnerRequest.objects.count()) == ([other], 0)
    signed_in(coordinator(ours)).post(desk(ours, "part/"), {"network": other.slug})

    assert list(other.partners.all()) == []
    assert "partnership ended" in set(AuditRow.objects.values_list("action", flat=True))


def test_asking_twice_asks_once_and_declining_forgets_it() -> None:
    ours, other = NetworkFactory(), NetworkFactory()

    for _ in range(2):
        assert not services.ask_to_partner(asking=ours, asked=other, actor="x")
    services.end_partnership(network=other, other=ours, actor="y")

    assert (PartnerRequest.objects.count(), ours.partners.count()) == (0, 0)


def test_a_gap_needs_what_is_missing_an_owner_and_a_date(signed_in: SignIn) -> None:
    ours = NetworkFactory()
    answers = {f"{topic}-state": "in-place" for topic in ReviewAnswer.Topic.values}
    client = signed_in(coordinator(ours))

    page = client.post(desk(ours, "review/"), {**answers, "lawyers-state": "missing"}).content.decode()
    assert "A gap needs what is missing" in page
    assert ours.reviews.count() == 0
    gap = {"lawyers-gap": "Nobody at night", "lawyers-owner": "Legal aid desk", "lawyers-due": "2027-05-01"}
    client.post(desk(ours, "review/"), {**answers, "lawyers-state": "missing", **gap})

    assert ours.reviews.get().answers.get(topic="lawyers").gap == "Nobody at night"


def test_years_stand_side_by_side_newest_first() -> None:
    ours = NetworkFactory()
    for year, state in ((2024, "missing"), (2025, "partly"), (2026, "in-place")):
        answer = ReviewAnswer(topic="school", state=state, gap="g", owner="o", due="2027-01-01")
        services.save_review(network=ours, year=year, answers=[answer], actor="x")

    years, rows = network_room.reviews(ours)

    school = next(row for row in rows if "school" in row.topic)
    assert years == [2026, 2025, 2024]
    assert [answer and answer.state for answer in school.answers] == ["in-place", "partly", "missing"]


def test_the_overview_leads_coordinators_to_their_desk(signed_in: SignIn) -> None:
    ours, other = NetworkFactory(name="Our network"), NetworkFactory()
    PartnerRequest.objects.create(asking=other, asked=ours)

    overview = signed_in(coordinator(ours)).get("/account/").content.decode()

    assert "Coordinate Our network" in overview
    assert "(1)" in overview
    assert "Coordinate" not in signed_in(member(ours)).get("/account/").content.decode()
