"""Entries as the services of joining and of the desk read and write them; who may ask for what is decided before."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q

from network import mailboxes
from network.models import Membership, Network, Practitioner
from network.policy import as_system
from network.policy.principals import looks_as_authority
from network.policy.vetting import Coordinator
from network.policy.visibility import LISTED, WITH_COORDINATORS

# May vouch, invite and coordinate: their own confirmation has not run out.
CURRENT = ("verified", "due")


def entry(pk: int | None) -> Practitioner:
    """The row as it stands now."""
    found: Practitioner = as_system("joining").get(pk=pk)
    return found


def locked(pk: int) -> Practitioner:
    """The same, under a lock until the transaction ends."""
    found: Practitioner = as_system("joining").select_for_update().get(pk=pk)
    return found


def entries_of(user: Any) -> list[Practitioner]:
    """An account's own entry and the role mailboxes that it answers."""
    return list(as_system("joining").answered_by_user(user))


def current_entry_of(user: Any) -> Practitioner | None:
    """With which a member acts: their own entry first; None when none is in force."""
    found = [each for each in entries_of(user) if each.status in CURRENT]
    return min(found, key=lambda each: each.user_id is None, default=None)


def current_entries_at(emails: Iterable[str]) -> list[Practitioner]:
    """The members in force whose account has one of these addresses."""
    users = get_user_model().objects.filter(email__in=[each.casefold() for each in emails], is_active=True)
    found = (current_entry_of(user) for user in users)
    return [each for each in found if each is not None]


def looks_as_an_authority(pk: int) -> bool:
    """By the coordinators' mark, a profession or the organisation."""
    return looks_as_authority(as_system("joining").for_principals().get(pk=pk))


def write(pk: int, fields: Mapping[str, Any]) -> Practitioner:
    """Sets plain columns of an entry; never its status, which the lifecycle moves."""
    found = as_system("joining").select_for_update().get(pk=pk)
    for name, value in fields.items():
        setattr(found, name, value)
    found.save(update_fields=list(fields))
    return found


def accounts_of_desk(coordinators: Iterable[Coordinator]) -> list[Any]:
    """The accounts of these coordinators."""
    return mailboxes.accounts_of(each.entry for each in coordinators)


def members_of(network: Network) -> list[Practitioner]:
    """Everybody with a membership that has not ended, whatever their status."""
    inside = Membership.objects.filter(network=network, ended=None).values("practitioner")
    return list(as_system("joining").filter(pk__in=inside).order_by("pk"))


def networks_answering_for(entry: int) -> list[Network]:
    """Its own; of an entry that is in none any more those that it was in; every network where it never was in one."""
    memberships = Membership.objects.filter(practitioner=entry)
    for rows in (memberships.filter(ended=None), memberships):
        if found := list(Network.objects.filter(pk__in=rows.values("network")).order_by("pk")):
            return found
    return list(Network.objects.order_by("pk"))


def answered_for_by(networks: Iterable[int]) -> Any:
    """Entries for which coordinators of these networks answer: the same rule, asked from the other side.

    Who has left, withdrew or applies is in no network and needs none.
    """
    ever = Membership.objects.filter(practitioner=OuterRef("pk"))
    here = ever.filter(network__in=networks)
    in_none = Q(status__in=(*LISTED, *WITH_COORDINATORS)) & ~Exists(ever.filter(ended=None))
    return as_system("joining").filter(Exists(here.filter(ended=None)) | in_none & (Exists(here) | ~Exists(ever)))


def applicants(condition: Any) -> list[Practitioner]:
    """Entries of applications that meet a condition; for the daily tidying."""
    return list(as_system("joining").filter(condition).distinct())


def delete(pk: int) -> None:
    """An entry that never was a member's, with all that hangs on it."""
    as_system("joining").filter(pk=pk, status="erased", verified_on=None).delete()
