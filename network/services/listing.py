"""The people of an organisation, as its page lists them, to each account of so many organisations only.

Whoever opens one organisation after another would meet the whole directory in small parts, and no decoy on the way: an
entry of nobody would stand there as a colleague of people who know theirs.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from network import clock, lifecycle, quota
from network.forms import MOST_SHOWN
from network.models import Organisation, Practitioner
from network.policy import EntryCard, meets_people, redact_all
from network.services import entries


@dataclass(frozen=True, slots=True)
class People:
    """Who is shown, and whether there are more; `over` where the account has used up its quota."""

    cards: tuple[EntryCard, ...] = ()
    capped: bool = False
    over: quota.OverQuota | None = None


def people_of(body: Organisation, *, account: Any, principals: frozenset[str]) -> People:
    """No more of them than a question lists. Whoever comes back to an organisation on the same day uses up nothing."""
    if not meets_people(principals):
        return People()
    halved, again = _is_new(account), _seen_today(account, body)
    try:
        if not cache.get(again):
            quota.check(account, quota.LISTS, halved=halved)
        cards = _cards(body, principals)
        if cards and not cache.get(again):
            quota.take(account, quota.LISTS, halved=halved)
            cache.set(again, True, quota.DAY.total_seconds())
    except quota.OverQuota as over:
        # Whether anybody works there is not said either.
        return People(over=over)
    return People(tuple(cards[:MOST_SHOWN]), len(cards) > MOST_SHOWN)


def by_title(cards: list[EntryCard]) -> list[EntryCard]:
    return sorted(cards, key=lambda card: (card.title.casefold(), card.public_id))


def _cards(body: Organisation, principals: frozenset[str]) -> list[EntryCard]:
    entries_there = Practitioner.objects.in_directory(principals).filter(organisation=body)
    return by_title(redact_all(entries_there, principals, showing="post"))


def _is_new(account: Any) -> bool:
    acting = entries.current_entry_of(account)
    return acting is not None and lifecycle.on_probation(acting)


def _seen_today(account: Any, body: Organisation) -> str:
    """A name in the cache from which nobody reads who looked at what."""
    said = f"{account.pk}.{body.pk}.{clock.today()}"
    return f"network.listing.{salted_hmac('network.listing', said, algorithm='sha256').hexdigest()}"
