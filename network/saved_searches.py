"""What a saved search asks, where it leads, and what it finds for its owner now."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from network import directory
from network.forms import MOST_SHOWN, read
from network.models.saved_search import SavedSearch
from search import labels, services
from search import page as search_page
from search.forms import SearchForm
from search.query import SearchQuery, Sort
from search.results import Group, Results

# Of each kind the newest are watched: who wants to be told of more asks more narrowly.
MOST_WATCHED = 500
DIGITS = 16
LONGEST_NAME = 80
MOST_LETTERS = 8 * 1024  # as of an address


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in the one form in which it is kept, with what it asks for a viewer."""

    text: str
    query: SearchQuery

    @property
    def narrows(self) -> bool:
        """Whether it asks for anything: a kind is enough, save that people are never listed without a criterion."""
        query = self.query
        return query.has_criterion or bool(query.understood.excluded or set(query.kinds) - {"person"})


def asked(page: str, text: str, principals: frozenset[str], language: str) -> Asked:
    """Reads the query of an address as its page does; what cannot be understood is left out."""
    parameters = QueryDict(text[:MOST_LETTERS])
    if page == SavedSearch.Page.PEOPLE:
        question = read(parameters)
        query = directory.query_of(question, principals, language)
        return Asked(replace(question, page=1, facets=query.facets).address().removeprefix("?"), query)
    form = SearchForm(parameters)
    query = search_page.query_of(form, principals, language)
    return Asked(form.address().partition("?")[2], query)


def name_of(page: str, wanted: Asked, language: str) -> str:
    """What the search is called until its owner calls it otherwise: its words, then its filters."""
    query = wanted.query
    stamp = query.understood.state.stamp if query.understood.state else 0
    kinds = () if page == SavedSearch.Page.PEOPLE else query.kinds
    chosen = {"kind": kinds, **query.facets}
    parts = [query.understood.text, query.near.name if query.near else ""]
    parts += [labels.of(name, value, language, stamp) for name, values in chosen.items() for value in values]
    return " · ".join(filter(None, parts))[:LONGEST_NAME]


def address(saved: SavedSearch) -> str:
    """Where the search is run, in the language it was saved in."""
    with override(saved.language):
        path = reverse("network:people" if saved.page == SavedSearch.Page.PEOPLE else "search:search")
    return f"{path}?{saved.query}"


def found(saved: SavedSearch, principals: frozenset[str]) -> frozenset[str] | None:
    """Keyed hashes of what the search finds for these principals now; None where the index cannot say.

    Of people whom a search shows only in part nothing is watched: which fifty are shown changes from day to day.
    """
    query = asked(saved.page, saved.query, principals, saved.language).query
    query = replace(query, counted=(), page=1, sort=Sort.NEWEST)
    with override(saved.language):
        results = services.search(query)
        parts = [results, *(_whole(group, query) for group in results.groups if len(group.cards) < group.total)]
    if any(part.incomplete or part.degraded for part in parts):
        return None
    cards = [card for part in parts for group in part.groups if _watched(group) for card in group.cards]
    return frozenset(_hash(saved, card.key) for card in cards)


def _whole(group: Group, query: SearchQuery) -> Results:
    """All of a group of which the page shows the first."""
    return services.search(replace(query, kinds=(group.kind,), size=MOST_WATCHED))


def _watched(group: Group) -> bool:
    return group.kind != "person" or group.total <= MOST_SHOWN


def _hash(saved: SavedSearch, key: str) -> str:
    """The same result has another hash for every person, made with a key that is not in the database."""
    salt = f"network.saved_searches.{saved.user_id}"
    return salted_hmac(salt, key, secret=settings.AUDIT_KEY, algorithm="sha256").hexdigest()[:DIGITS]


def written(hashes: frozenset[str]) -> str:
    """The hashes one after the other; a mark of its own stands for none, for an empty text is kept as nothing."""
    return "".join(sorted(hashes)) or "-"


def counted(saved: SavedSearch) -> frozenset[str] | None:
    """What was there at the last look; None before the first."""
    text = saved.counted
    return None if text is None else frozenset(text[at : at + DIGITS] for at in range(0, len(text.strip("-")), DIGITS))


def period_of(digest: str, day: date) -> date:
    """The first day of the period that a day belongs to: the day itself, or its Monday."""
    return day - timedelta(days=day.weekday()) if digest == SavedSearch.Digest.WEEKLY else day
