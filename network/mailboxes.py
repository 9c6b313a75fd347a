"""Whose accounts are behind an entry or a network: who is told that something waits, and who answers."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from network.models import Membership
from network.policy.visibility import LISTED


def accounts_of(entry: Any) -> list[Any]:
    """Its owner's account, or those that answer a role mailbox; none when nobody signs in for it."""
    answering = Q(pk=entry.user_id) | Q(role_mailboxes=entry.pk)
    return list(get_user_model().objects.filter(answering, is_active=True).distinct().order_by("pk"))


def coordinators_of(networks: Iterable[int], *, without: Iterable[int] = ()) -> list[Any]:
    """Accounts of those who coordinate one of these networks now, except those of the entries `without`."""
    seats = Membership.objects.filter(
        network__in=networks, role=Membership.Role.COORDINATOR, ended=None, practitioner__status__in=LISTED
    ).exclude(practitioner__in=without)
    return list(_accounts(seats))


def networks_of(entries: Iterable[int]) -> list[int]:
    """The networks that these entries belong to now."""
    current = Membership.objects.filter(practitioner__in=entries, ended=None)
    return sorted(set(current.values_list("network", flat=True)))


def _accounts(seats: QuerySet[Membership]) -> QuerySet[Any]:
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(pk__in=seats.values("practitioner__user")).order_by("pk")
