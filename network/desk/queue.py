"""The queue of a desk: what waits, for how long, and who may act."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from network import clock
from network.desk.wording import NEXT, NEXT_FURTHER, WHY_NOT
from network.models import CoordinatorProposal, Suspension
from network.policy import EntryCard
from network.policy.applications import applications_for, cards_of_applicants
from network.policy.vetting import BARS, Case, Coordinator, able, coordinators_in, entries_behind, objection, on_desk
from network.services.calling_in import networks_that_could, who_can_act
from network.services.reporting import reports_for


class Waiting(NamedTuple):
    """One line of the queue; without `url` it may not be opened from here, and then it names nobody."""

    reference: str
    url: str
    title: str
    network: str
    act: str
    days: int
    yours: bool
    why_not: str
    stands_in: bool
    nobody: bool
    can_call: bool
    missing: bool


class Applicant(NamedTuple):
    """Whoever is being vetted, as those who vet them read of them."""

    title: str
    url: str


def applicants(desk: Sequence[Coordinator]) -> dict[str, Applicant]:
    """By random id, those whose application may be opened from this desk."""
    found = applications_for(desk)
    cards = _cards(found, desk)
    return {
        cards[row.pk].public_id: Applicant(cards[row.pk].title, _address(row))
        for row, _case in found
        if row.pk in cards
    }


def _cards(found: Sequence[tuple[Any, Case]], desk: Sequence[Coordinator]) -> dict[int, EntryCard]:
    """By application, of those that may be opened from this desk."""
    return cards_of_applicants(row for row, case in found if on_desk(case, desk))


def _address(row: Any) -> str:
    return reverse("network_account:desk_application", args=[row.reference])


def queue(desk: Sequence[Coordinator]) -> list[Waiting]:
    """What waits longest comes first; nine queries at most, however much waits."""
    found = applications_for(desk)
    networks = {network for row, _case in found for network in (row.network_id, row.stand_in_id)} - {None}
    coordinators = coordinators_in(networks) if networks else []
    cards = _cards(found, desk)
    return [_line(row, case, desk, coordinators, cards.get(row.pk)) for row, case in found]


def _line(
    row: Any, case: Case, desk: Sequence[Coordinator], coordinators: Sequence[Coordinator], card: EntryCard | None
) -> Waiting:
    """`card` is None for what may not be opened from this desk."""
    acting = on_desk(case, desk)
    against = [found for each in desk if (found := objection(case, each, case.next_act))]
    barred = next((each for each in against if each in BARS), None)
    why = barred or (objection(case, acting, case.next_act) if acting else None)
    nobody = not able(case, coordinators)
    ours = any(case.network in each.networks for each in desk)
    return Waiting(
        reference=row.reference,
        url=_address(row) if acting else "",
        title=card.title if card else _("An application"),
        network=row.network.name,
        act=str((NEXT_FURTHER if row.further else NEXT)[case.next_act]),
        days=(clock.now() - (row.appealed_at or row.confirmed_at)).days,
        yours=acting is not None and why is None,
        why_not=str(WHY_NOT[why]) if why else "",
        stands_in=not ours,
        nobody=nobody,
        can_call=ours and nobody and case.applicant not in entries_behind(desk),
        missing=bool(row.missing),
    )


def callable_networks(row: Any) -> list[Any]:
    """Networks that can be called in for it."""
    return [] if who_can_act(row) else networks_that_could(row)


def count_waiting(desk: Sequence[Coordinator]) -> int:
    """How much waits for this desk: applications, reports, liftings and proposals that it may act on."""
    mine = entries_behind(desk)
    networks = {network for each in desk for network in each.networks}
    reports = reports_for(list(desk)).filter(closed_at=None).count()
    proposals = CoordinatorProposal.objects.filter(membership__network__in=networks).exclude(proposed_by__in=mine)
    return (
        sum(line.yours for line in queue(desk)) + reports + proposals.exclude(membership__practitioner__in=mine).count()
    )


def suspended_networks(desk: Sequence[Coordinator]) -> list[Any]:
    """Suspensions of whole networks of this desk that stand."""
    networks = {network for each in desk for network in each.networks}
    rows = Suspension.objects.filter(network__in=networks, entry=None, lifted_at=None)
    return list(rows.select_related("network"))
