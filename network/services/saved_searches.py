"""Saving a search, changing it, and no longer being told of it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, dumps, loads
from django.db import transaction

from network import clock
from network.models.saved_search import SavedSearch
from network.saved_searches import asked, found, name_of, period_of, written

MOST = 20
STOP = "network.saved_searches.stop"


class NothingAsked(ValueError):
    """The query narrows nothing, so that there is nothing to save."""


class TooMany(ValueError):
    """This account has as many saved searches as one may have."""


def keep(*, user: Any, page: str, query: str, principals: frozenset[str], language: str) -> SavedSearch:
    """Saves a query, or gives back the search that asks the same; raises NothingAsked or TooMany."""
    wanted = asked(page, query, principals, language)
    if not wanted.narrows:
        raise NothingAsked
    with transaction.atomic():
        # Of two at one moment the second waits here: else both could be the twentieth.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        there = list(SavedSearch.objects.filter(user=user))
        if same := next((each for each in there if (each.page, each.query) == (page, wanted.text)), None):
            return same
        if len(there) >= MOST:
            raise TooMany
        return SavedSearch.objects.create(
            user=user,
            page=page,
            query=wanted.text,
            name=name_of(page, wanted, language),
            language=language,
            created=clock.now(),
        )


def change(*, saved: SavedSearch, name: str, digest: str, principals: frozenset[str]) -> None:
    """Renames it and sets how often its owner is told. What is there when digests begin is no news."""
    begins = digest != SavedSearch.Digest.NEVER and saved.digest == SavedSearch.Digest.NEVER
    if begins:
        now = found(saved, principals)
        saved.counted = None if now is None else written(now)
    elif digest == SavedSearch.Digest.NEVER:
        saved.counted = None
    if digest != saved.digest:
        saved.told_in = period_of(digest, clock.today())
    saved.name, saved.digest = name, digest
    saved.save(update_fields=["name", "digest", "counted", "told_in"])


def stop_token(user: Any) -> str:
    """What the link in a digest carries: it can do nothing but end digests of this account, and does not expire."""
    return dumps(user.pk, salt=STOP)


def account_of(token: str) -> int | None:
    """The account that a stop link is of; None for a forged one."""
    try:
        return int(loads(token, salt=STOP))
    except BadSignature:
        return None


def stop_digests(account: int) -> None:
    """No saved search of this account is told by e-mail any more; done twice it is the same."""
    SavedSearch.objects.filter(user=account).update(digest=SavedSearch.Digest.NEVER, counted=None)
