"""Which entries a viewer may see at all, as a condition for the database."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from network.policy.audiences import Audience, ids
from search.query import browsing

PUBLIC = frozenset({"public"})
LISTED = ("verified", "due", "stale")
# Hidden from the directory, yet their networks' coordinators have work to do on them: remind, lift, look into.
# Applicants are read at the desk only (policy/vetting.py); who has left or withdrawn is nobody's to open but their own.
WITH_COORDINATORS = ("dormant", "paused", "suspended")
# The life ends here: nothing is left to see, not even for its owner.
GONE = ("erased",)


def listed(principals: frozenset[str], membership: Any) -> Q:
    """Entries in the directory whose listing meets these principals."""
    ours, partners = ids(principals, "network"), ids(principals, "partner")
    seen = Q(pk__in=[])
    if "public" in principals:
        seen |= Q(listing_for=Audience.PUBLIC)
    if "member" in principals:
        seen |= Q(listing_for=Audience.MEMBERS)
    if ours:
        seen |= Q(listing_for__in=[Audience.NETWORK, Audience.PARTNERS]) & _in_one_of(ours, membership)
    if partners:
        seen |= Q(listing_for=Audience.PARTNERS) & _in_one_of(partners, membership)
    return Q(status__in=LISTED) & (seen | Q(pk__in=ids(principals, "owner")))


def found(principals: frozenset[str], membership: Any) -> Q:
    """Listed entries that a list or search shows; decoys only where it was asked by facets alone.

    Whoever works through the directory value by value meets entries of nobody, and writing to one of them reaches the
    coordinators. Whoever asks in words for somebody never does; the address of a decoy opens like any other.
    """
    met = listed(principals, membership)
    return met if browsing(PUBLIC) <= principals else met & Q(decoy=False)


def known(principals: frozenset[str], membership: Any) -> Q:
    """Listed entries, one's own in any state, and for coordinators those of their networks that are hidden for now."""
    near = Q(pk__in=ids(principals, "owner")) & ~Q(status__in=GONE)
    if coordinated := ids(principals, "coordinator"):
        near |= Q(status__in=WITH_COORDINATORS) & _in_one_of(coordinated, membership)
    return listed(principals, membership) | near


def _in_one_of(networks: list[int], membership: Any) -> Q:
    current = membership._default_manager.filter(practitioner=OuterRef("pk"), network__in=networks, ended=None)
    return Q(Exists(current))
