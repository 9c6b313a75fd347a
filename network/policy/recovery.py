"""Who may let somebody in again who has lost a second factor or a mailbox, and what they see of them.

Coordinators of the person's own networks; where these are of fewer than two organisations, those of partner networks
too; where that is still too few, those of any network. Never the person themselves.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.apps import apps

from network.policy.audiences import ids
from network.policy.card import EntryCard
from network.policy.redaction import redact
from network.policy.system import as_system
from network.policy.visibility import LISTED

ENOUGH = 2


class Decider(NamedTuple):
    """A coordinator's entry, and a network that they coordinate."""

    entry: Any
    network: Any


def circle(entry_id: int, user_id: int) -> list[Decider]:
    """Those who may decide; empty when there are too few anywhere.

    Each has an open account, is listed and belongs to an organisation: two of different ones are asked for.
    """
    own = _networks_of(entry_id)
    for networks in (own, own | _partners_of(own), None):
        found = [
            each for each in _coordinators(networks) if entry_id != each.entry.pk and user_id != each.entry.user_id
        ]
        if len({each.entry.organisation_id for each in found}) >= ENOUGH:
            return found
    return []


def decides(deciders: Sequence[Decider], principals: frozenset[str]) -> Decider | None:
    """As which of them this viewer decides, if as any."""
    owned, coordinated = set(ids(principals, "owner")), set(ids(principals, "coordinator"))
    ours = (each for each in deciders if each.entry.pk in owned and each.network.pk in coordinated)
    return next(ours, None)


def card_for_decider(entry: Any) -> EntryCard:
    """The person as coordinators of their own networks see them: who stands in sees as much, of this one person."""
    networks = [row["id"] for row in entry.network_rows]
    held = {f"{role}:{network}" for role in ("network", "coordinator") for network in networks}
    return redact(entry, frozenset({"public", "member", *held}))


def _coordinators(networks: Iterable[int] | None) -> list[Decider]:
    rows = _memberships().filter(role="coordinator").select_related("network").order_by("pk")
    rows = rows if networks is None else rows.filter(network__in=networks)
    of = {row.practitioner_id: row.network for row in reversed(rows)}
    entries = as_system("recovery circle").filter(pk__in=of, status__in=LISTED, user__is_active=True)
    return [Decider(each, of[each.pk]) for each in entries.exclude(organisation=None).select_related("user")]


def _memberships() -> Any:
    membership: Any = apps.get_model("network", "Membership")
    return membership.objects.filter(ended=None)


def _networks_of(entry_id: int) -> set[int]:
    return set(_memberships().filter(practitioner=entry_id).values_list("network", flat=True))


def _partners_of(networks: set[int]) -> set[int]:
    network: Any = apps.get_model("network", "Network")
    pairs = network.partners.through.objects.filter(from_network__in=networks)
    return set(pairs.values_list("to_network", flat=True))
