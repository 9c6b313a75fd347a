"""Who coordinates: another coordinator agrees to a new one, and nobody leaves a network with fewer than two unsaid."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from network import audit, clock
from network.lifecycle import on_probation
from network.mailboxes import accounts_of
from network.models import CoordinatorProposal, Membership, Network
from network.policy.vetting import Coordinator, entries_behind
from network.services import entries
from network.services.suspending import NotByYou, NotHere, StandsOtherwise, coordinator_of
from network.waiting import tell

FEWEST = 2
COORDINATOR, MEMBER = Membership.Role.COORDINATOR, Membership.Role.MEMBER


class FewerThanTwo(ValueError):
    """The network would have fewer than two coordinators: it has to be said that this is known."""


class NotYet(ValueError):
    """Not in force, or a member for less than thirty days."""


def _membership(pk: int, desk: list[Coordinator]) -> tuple[Any, Coordinator]:
    row = Membership.objects.select_for_update(of=("self",)).filter(pk=pk, ended=None).select_related("network").first()
    if row is None:
        raise NotHere
    Network.objects.select_for_update().get(pk=row.network_id)
    return row, coordinator_of(row.network_id, desk)


def coordinators_of(network: int) -> Any:
    """Memberships of everybody who coordinates, suspended ones too: who is stopped for now has not gone."""
    return Membership.objects.filter(network=network, role=COORDINATOR, ended=None)


@transaction.atomic
def propose(*, membership: int, desk: list[Coordinator]) -> bool:
    """Proposes a member as coordinator; returns whether they are one now.

    Only where the proposer is the one coordinator that the network has does it take effect alone; the log says so.
    """
    row, acting = _membership(membership, desk)
    entry = entries.entry(row.practitioner_id)
    if row.role == COORDINATOR or CoordinatorProposal.objects.filter(membership=row).exists():
        raise StandsOtherwise
    if entry.status not in entries.CURRENT or on_probation(entry):
        raise NotYet
    if not coordinators_of(row.network_id).exclude(practitioner=acting.entry).exists():
        _name(row, acting, alone=True)
        return True
    CoordinatorProposal.objects.create(membership=row, proposed_by_id=acting.entry, proposed_at=clock.now())
    audit.record("coordinator proposed", actor=acting.public_id, subject=entry.public_id, network=row.network.slug)
    others = coordinators_of(row.network_id).exclude(practitioner=acting.entry)
    tell(accounts_of(others.values_list("practitioner", flat=True)), reverse("network_account:coordinators"))
    return False


@transaction.atomic
def answer_proposal(*, membership: int, desk: list[Coordinator], agree: bool) -> None:
    """Another coordinator than the proposer, and not the proposed, agrees or does not."""
    row, acting = _membership(membership, desk)
    proposal = CoordinatorProposal.objects.select_for_update().filter(membership=row).first()
    if proposal is None:
        raise StandsOtherwise
    mine = entries_behind(desk)
    # Who proposed may take it back.
    if (agree and proposal.proposed_by_id in mine) or row.practitioner_id in mine:
        raise NotByYou
    proposal.delete()
    entry = entries.entry(row.practitioner_id)
    if agree and entry.status not in entries.CURRENT:
        raise NotYet
    if agree:
        _name(row, acting, alone=False)
        return
    audit.record("proposal declined", actor=acting.public_id, subject=entry.public_id, network=row.network.slug)


@transaction.atomic
def resign(*, membership: int, desk: list[Coordinator], knowing: bool) -> None:
    """Gives up one's own coordination and stays a member; raises FewerThanTwo unless it is known."""
    row, _acting = _membership(membership, desk)
    mine = {each.entry: each for each in desk}
    if row.practitioner_id not in mine or row.role != COORDINATOR:
        raise NotHere
    left = coordinators_of(row.network_id).count() - 1
    if left < FEWEST and not knowing:
        raise FewerThanTwo
    row.role = MEMBER
    row.save(update_fields=["role"])
    acting = mine[row.practitioner_id]
    audit.record(
        "coordinator resigned", actor=acting.public_id, subject=acting.public_id, network=row.network.slug,
        detail={"left": left},
    )  # fmt: skip


def _name(row: Any, acting: Coordinator, *, alone: bool) -> None:
    row.role = COORDINATOR
    row.save(update_fields=["role"])
    entry = entries.entry(row.practitioner_id)
    audit.record(
        "coordinator named", actor=acting.public_id, subject=entry.public_id, network=row.network.slug,
        detail={"alone": alone},
    )  # fmt: skip
    tell(accounts_of([entry.pk]), reverse("network_account:desk"))
