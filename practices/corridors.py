"""Working across a border: what stands ready at both ends of a way, as far as this viewer may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from network.cards import (
    NetworkCard,
    OrganisationCard,
    network_card,
    networks_for_cards,
    organisation_card,
    organisations_for_cards,
)
from network.policy import EntryCard
from network.snapshot import band
from pages.context import current_language
from practices.cards import CompensationCard, GuideCard, compensation_card, guide_card
from practices.models import CompensationPage, PracticePage
from search.query import SearchQuery
from search.results import Results
from search.services import search
from vocabulary.languages import country_name, language_name, names_of_country

# Ids of the vocabulary: what a guide for bringing somebody safely over a border is about.
RETURN = ("return-reintegration", "return-monitoring", "cross-border-referral")
TRACING = ("family-tracing",)
FOCAL_POINTS = frozenset({"national-coordination-body"})
# Enough to choose from; whoever needs more asks the directory.
MOST_PEOPLE, MOST_ORGANISATIONS, MOST_GUIDES = 5, 6, 8


@dataclass(frozen=True, slots=True)
class CorridorQuestion:
    """ISO codes of the ends and of a country on the way; "" where none, or none that there is, was given."""

    origin: str = ""
    destination: str = ""
    transit: str = ""

    @property
    def countries(self) -> tuple[str, ...]:
        """In the order of the way, each once."""
        return tuple(dict.fromkeys(code for code in (self.origin, self.transit, self.destination) if code))

    @property
    def whole(self) -> bool:
        """Two different ends."""
        return bool(self.origin and self.destination and self.origin != self.destination)


@dataclass(frozen=True, slots=True)
class End:
    """One country of the way. `people` is None for readers who see bands only; `band` is the published one.

    `languages` are those of everybody whom this viewer may find here, also of those who are not shown.
    """

    code: str
    country: str
    role: str
    people: tuple[EntryCard, ...] | None
    people_total: int
    band: str
    networks: tuple[NetworkCard, ...]
    focal_points: tuple[OrganisationCard, ...]
    organisations: tuple[OrganisationCard, ...]
    more_organisations: int
    compensation: tuple[CompensationCard, ...]
    languages: frozenset[str]


def read(parameters: QueryDict) -> CorridorQuestion:
    """The question in an address; a code that is no country counts as not given."""
    given = [parameters.get(name, "")[:2].upper() for name in ("from", "to", "via")]
    return CorridorQuestion(*(code if code in names_of_country() else "" for code in given))


def corridor_page(question: CorridorQuestion, principals: frozenset[str]) -> dict[str, Any]:
    """All that the page shows; the same number of queries whoever is there."""
    language = current_language()
    ends = [_end(code, question, principals, language) for code in question.countries] if question.whole else []
    return {
        "question": question,
        "choices": sorted((country_name(code), code) for code in names_of_country()),
        "same": bool(question.origin and question.origin == question.destination),
        "ends": ends,
        "shared": _shared_languages(ends),
        "guides": _guides(RETURN, language) if ends else [],
        "tracing": _guides(TRACING, language) if ends else [],
    }


def _end(code: str, question: CorridorQuestion, principals: frozenset[str], language: str) -> End:
    found = [organisation_card(body) for body in _organisations(code)]
    focal = tuple(card for card in found if card.type and card.type.id in FOCAL_POINTS)
    others = tuple(card for card in found if card not in focal)
    networks = networks_for_cards().filter(areas__country=code).distinct().order_by("kind", "name")
    results = _asked(code, principals, language)
    people, total = _people(code, question, principals, results)
    routes = CompensationPage.objects.live().filter(country=code).select_related("locale").defer_streamfields()
    return End(
        code=code,
        country=country_name(code),
        role=_role(code, question),
        people=people,
        people_total=total,
        band=str(band("country", code).label),
        networks=tuple(network_card(network) for network in networks),
        focal_points=focal,
        organisations=others[:MOST_ORGANISATIONS],
        more_organisations=max(0, len(others) - MOST_ORGANISATIONS),
        compensation=tuple(compensation_card(page, language) for page in _in_language(routes, language)),
        languages=_spoken(results, found),
    )


def _role(code: str, question: CorridorQuestion) -> str:
    if code == question.origin:
        return _("Origin")
    return _("Destination") if code == question.destination else _("On the way")


def _organisations(code: str) -> Iterable[Any]:
    return organisations_for_cards().filter(country=code).order_by("name_only", "sample", "name")


def _asked(code: str, principals: frozenset[str], language: str) -> Results:
    """People who serve a country, and their languages counted.

    They come from the directory's own search, so that its order, its limit and its doors hold here too.
    """
    return search(
        SearchQuery(
            principals=principals,
            language=language,
            kinds=("person",),
            facets={"country": (code,)},
            size=50,
            counted=("language",),
        )
    )


def _people(
    code: str, question: CorridorQuestion, principals: frozenset[str], results: Results
) -> tuple[tuple[EntryCard, ...] | None, int]:
    """Those first who say that they work with another country of the way; nobody for readers who see bands only."""
    if "member" not in principals:
        return None, 0
    group = next((each for each in results.groups if each.kind == "person"), None)
    if group is None:
        return (), 0
    across = set(question.countries) - {code}
    cards = [card for card in group.cards if isinstance(card, EntryCard)]
    ordered = sorted(cards, key=lambda card: not across.intersection(each.id for each in card.corridors))
    return tuple(ordered[:MOST_PEOPLE]), group.total


def _in_language(pages: Iterable[Any], language: str) -> list[Any]:
    """Each page once: the reader's language, else English."""
    by_key: dict[Any, Any] = {}
    for page in pages:
        code = page.locale.language_code
        if code == language or (code == "en" and page.translation_key not in by_key):
            by_key[page.translation_key] = page
    return list(by_key.values())


def _guides(terms: Sequence[str], language: str) -> list[GuideCard]:
    live = PracticePage.objects.live().filter(terms__in=terms).for_readers_of(language)
    return [guide_card(guide, language) for guide in live.distinct().order_by("title").in_lists()[:MOST_GUIDES]]


def _shared_languages(ends: Sequence[End]) -> list[str]:
    """Languages that somebody whom this viewer may find, or an organisation, speaks at both ends."""
    return sorted(ends[0].languages & ends[-1].languages) if ends else []


def _spoken(results: Results, bodies: Iterable[OrganisationCard]) -> frozenset[str]:
    """What the directory's facet tells this viewer of a country's people, and the languages of its organisations."""
    of_people = {language_name(each.value) for each in results.facets.get("language", ()) if each.count}
    return frozenset(of_people.union(*(body.languages for body in bodies)))
