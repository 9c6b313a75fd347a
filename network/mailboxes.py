"""Whose accounts are behind an entry or a network: who is told that something waits, and who answers."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from network.models import Membership, Practitioner
from network.policy.visibility import LISTED

NOT_SUSPENDED = frozenset(Practitioner.Status.values) - {"suspended"}


def accounts_of(entries: Iterable[int]) -> list[Any]:
    """The accounts that own these entries or answer them as role mailboxes, each once: the only way to whom mail goes.

    None for an entry that nobody signs in for. An account that is closed, or stopped by a suspension, is told nothing.
    """
    pks = list(entries)
    open_accounts = get_user_model().objects.filter(is_active=True).exclude(practitioner__status="suspended")
    answering = Q(practitioner__in=pks) | Q(role_mailboxes__in=pks, role_mailboxes__status__in=NOT_SUSPENDED)
    return list(open_accounts.filter(answering).distinct().order_by("pk"))


def coordinators_of(networks: Iterable[int], *, without: Iterable[int] = ()) -> list[Any]:
    """Accounts of those who coordinate one of these networks now, except those of the entries `without`."""
    seats = Membership.objects.filter(
        network__in=networks, role=Membership.Role.COORDINATOR, ended=None, practitioner__status__in=LISTED
    ).exclude(practitioner__in=without)
    return accounts_of(seats.values_list("practitioner", flat=True))


def networks_of(entries: Iterable[int]) -> list[int]:
    """The networks that these entries belong to now."""
    current = Membership.objects.filter(practitioner__in=entries, ended=None)
    return sorted(set(current.values_list("network", flat=True)))
