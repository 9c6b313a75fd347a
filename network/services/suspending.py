"""Suspending one entry or a whole network at once, and lifting it by another coordinator.

It takes effect with the commit: principals and directory are read anew on every request.
"""

from typing import Any

from django.db import transaction

from network import audit, clock, lifecycle
from network.models import Network, Practitioner, Suspension
from network.policy.vetting import Coordinator, entries_behind
from network.policy.visibility import LISTED
from network.services import entries

# Paused and dormant entries are stopped too, else their owners could come back in the middle of it.
STOPPABLE = (*LISTED, "paused", "dormant")


class NotHere(LookupError):
    """To this desk there is nothing of that kind."""


class NotByYou(ValueError):
    """Nobody suspends themselves, and who suspended does not lift."""


class StandsOtherwise(ValueError):
    """It is suspended, or lifted, already."""


def coordinator_of(network: int, desk: list[Coordinator]) -> Coordinator:
    """With which entry somebody acts for a network; raises NotHere."""
    acting = next((each for each in desk if network in each.networks), None)
    if acting is None:
        raise NotHere
    return acting


@transaction.atomic
def suspend_entry(*, entry: Practitioner, network: Network, desk: list[Coordinator], reason: str) -> Suspension:
    """Stops one entry: hidden, and its account reads as the public does. Raises NotHere, NotByYou, StandsOtherwise."""
    acting = coordinator_of(network.pk, desk)
    if entry.pk in entries_behind(desk):
        raise NotByYou
    if not entries.answered_for_by([network.pk]).filter(pk=entry.pk).exists():
        raise NotHere
    return _stop(entry, network, acting, reason=reason)


@transaction.atomic
def suspend_network(*, network: Network, desk: list[Coordinator], reason: str) -> Suspension:
    """Stops everybody in a network; its coordinators keep the desk, so that another of them can lift it."""
    acting = coordinator_of(network.pk, desk)
    Network.objects.select_for_update().get(pk=network.pk)
    if open_of_network(network.pk):
        raise StandsOtherwise
    whole = Suspension.objects.create(
        network=network, reason=reason, suspended_by_id=acting.entry, suspended_at=clock.now()
    )
    audit.record("network suspended", actor=acting.public_id, network=network.slug)
    for entry in entries.members_of(network):
        if entry.status in STOPPABLE:
            _stop(entry, network, acting, part_of=whole)
        elif entry.status == "suspended":  # for itself before: that goes on, whoever lifts the network
            _row(entry, network, acting, part_of=whole, stood="suspended")
    return whole


def _stop(
    entry: Practitioner,
    network: Network,
    acting: Coordinator,
    *,
    reason: str = "",
    part_of: Suspension | None = None,
) -> Suspension:
    stood = entries.entry(entry.pk).status
    if stood == "suspended" and part_of is None and not _stopped_alone(entry.pk):
        return _row(entry, network, acting, reason=reason, stood=stood)
    if stood not in STOPPABLE:
        raise StandsOtherwise
    lifecycle.move(entry, "suspended", actor=acting.public_id, network=network.slug)
    return _row(entry, network, acting, reason=reason, part_of=part_of, stood=stood)


def _row(entry: Practitioner, network: Network, acting: Coordinator, **fields: Any) -> Suspension:
    moment = clock.now()
    return Suspension.objects.create(
        network=network, entry=entry, suspended_by_id=acting.entry, suspended_at=moment, **fields
    )


@transaction.atomic
def lift(*, reference: str, desk: list[Coordinator], reason: str) -> Suspension:
    """Lifts a suspension; another coordinator than who made it, and never one's own. Raises as above."""
    row = Suspension.objects.select_for_update(of=("self",)).select_related("network")
    found = row.filter(reference=reference, part_of=None).first()
    if found is None:
        raise NotHere
    acting = coordinator_of(found.network_id, desk)
    if found.lifted_at is not None:
        raise StandsOtherwise
    mine = entries_behind(desk)
    if found.suspended_by_id in mine or found.entry_id in mine:
        raise NotByYou
    _lifted(found, acting, reason)
    if found.entry_id is None:
        audit.record("network suspension lifted", actor=acting.public_id, network=found.network.slug)
    for part in [found] if found.entry_id else list(found.parts.filter(lifted_at=None)):
        if part.pk != found.pk:
            _lifted(part, acting, "")
        _go_on(part, acting)
    return found


def _lifted(row: Suspension, acting: Coordinator, reason: str) -> None:
    row.lifted_by_id, row.lifted_at, row.lifted_because = acting.entry, clock.now(), reason or None
    row.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])


def _go_on(row: Suspension, acting: Coordinator) -> None:
    """Back to where the entry stands by its date, unless something else still stops it."""
    entry = entries.entry(row.entry_id)
    if entry.status != "suspended" or Suspension.objects.filter(entry=entry, lifted_at=None).exists():
        return
    first = Suspension.objects.filter(entry=entry).exclude(stood="suspended").order_by("-suspended_at").first()
    hidden_before = first is not None and first.stood in ("paused", "dormant")
    # Who had hidden themselves is not shown again by somebody else: as dormant they come back by their own act.
    to = "dormant" if hidden_before else lifecycle.status_by_date(entry.next_due)
    lifecycle.move(entry, to, actor=acting.public_id, network=row.network.slug)


def open_of_network(network: int) -> Suspension | None:
    """The suspension of a whole network, if it stands."""
    return Suspension.objects.filter(network=network, entry=None, lifted_at=None).first()


def _stopped_alone(entry: int) -> bool:
    return Suspension.objects.filter(entry=entry, part_of=None, lifted_at=None).exists()
