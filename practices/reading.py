"""What the library's pages show beside their own fields: contexts with a fixed number of queries."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.query import PageQuerySet

from network.policy import principals_of_request
from pages.context import current_language
from practices import sections_of_guide
from practices.advisers import advisers_of
from practices.cards import compensation_card, event_card, guide_card
from search.alike import alike
from search.document import SearchDocument
from vocabulary.languages import country_name
from vocabulary.models import Term

if TYPE_CHECKING:
    from practices.models import CompensationPage, EventReportPage, PracticePage
    from practices.querysets import PracticeQuerySet

AFTER_ALL = 999  # where guides without a stage stand


def reading_context(page: "PracticePage", request: HttpRequest) -> dict[str, Any]:
    """A guide's page."""
    sections = sections_of_guide.sections(page)
    links = list(page.related_practices.select_related("other", "other__locale").filter(other__live=True))
    related = [
        {"title": link.other.title, "url": link.other.url, "relation": link.get_relation_display()} for link in links
    ]
    organisations = [link.organisation for link in page.guide_organisations.select_related("organisation")]
    advisers = advisers_of(page, request)
    return {
        "facts": guide_facts(page),
        "sections": sections,
        "contents": [
            {"id": "now", "title": _("If you are with the person")},
            *({"id": each.id, "title": each.title} for each in sections),
            {"id": "people", "title": _("People who have done it")},
            {"id": "sources", "title": _("Sources and how to cite")},
        ],
        "related": related,
        "organisations": organisations,
        "advisers": advisers,
        "alike": more_like(page, request, known=[link.other_id for link in links]),
        "sources": [block.value for block in page.sources],
        "citation_year": _year(page),
        "countries": [country_name(code) for code in page.countries],
        "crumbs": [{"title": _("Practices"), "url": f"/{current_language()}/practices/"}],
    }


def more_like(page: "PracticePage", request: HttpRequest, known: Iterable[int]) -> list["PracticePage"]:
    """Guides that share the most with this one, save those the page links to already; one query."""
    document = SearchDocument(
        key=f"practice:{page.pk}", index="library", kind="practice", title=page.title, concepts=page.concepts
    )
    shown = [f"practice:{pk}" for pk in known]
    keys = alike(document, principals_of_request(request), current_language(), known=shown)
    pks = [int(key.partition(":")[2]) for key in keys]
    guides = type(page).objects.live().select_related("locale").defer_streamfields().in_bulk(pks) if pks else {}
    return [guides[pk] for pk in pks if pk in guides]


def _year(page: "PracticePage") -> int | None:
    """The year to cite; a draft that is only looked at may have none."""
    when = page.last_reviewed or page.compiled_on or page.first_published_at
    return when.year if when else None


def guide_facts(page: "PracticePage") -> list[dict[str, Any]]:
    """“About this guide”: each with links that search for the same."""
    asked = (
        ("profession", _("Who does it")),
        ("target_group", _("Who it is for")),
        ("setting", _("Setting")),
        ("method", _("Method")),
        ("stage", _("Stage")),
        ("exploitation", _("Form of exploitation")),
    )
    search = reverse("search:search")
    facts = []
    for scheme, label in asked:
        terms = page.by_scheme.get(scheme, [])
        if terms:
            links = [{"text": t.label(), "url": f"{search}?kind=practice&{scheme}={t.pk}"} for t in terms]
            facts.append({"label": label, "links": links})
    return facts


def library_context(live: "PracticeQuerySet") -> dict[str, Any]:
    """Every guide by stage of protection: a guide of several stages stands under its first."""
    language = current_language()
    guides = live.for_readers_of(language).order_by("title").in_lists()
    return {
        "groups": [
            {"title": title, "cards": [guide_card(guide, language) for guide in group]}
            for title, group in by_first_stage(guides)
        ],
        "total": len(guides),
        "methods": method_counts(guides, language),
    }


def by_first_stage(guides: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Guides, their terms attached, under the name of their first stage, in the order of the stages."""
    groups: dict[Term | None, list[Any]] = {}
    for guide in guides:
        first = next(iter(guide.by_scheme.get("stage", [])), None)
        groups.setdefault(first, []).append(guide)
    order = sorted(groups, key=lambda stage: stage.position if stage else AFTER_ALL)
    return [(stage.label() if stage else _("Other"), groups[stage]) for stage in order]


def method_counts(guides: list[Any], language: str) -> list[dict[str, Any]]:
    """Methods by how many guides use them: ways into the library."""
    counted: dict[str, dict[str, Any]] = {}
    for guide in guides:
        for term in guide.by_scheme.get("method", []):
            entry = counted.setdefault(term.pk, {"id": term.pk, "label": term.label(language), "count": 0})
            entry["count"] += 1
    return sorted(counted.values(), key=lambda entry: (-entry["count"], entry["label"]))[:12]


def compensation_routes(page: "CompensationPage") -> list[dict[str, Any]]:
    """Route, conditions, amounts: an empty one is shown as not known, never left out."""
    names = (
        "criminal_route", "civil_route", "labour_route", "state_fund", "fund_conditions", "residence_requirement",
        "amounts",
    )  # fmt: skip
    return [{"label": page._meta.get_field(name).verbose_name, "text": getattr(page, name)} for name in names]


def compensation_index_context(live: PageQuerySet) -> dict[str, Any]:
    """Countries with routes, A to Z in the reader's language."""
    language = current_language()
    pages = live.select_related("locale").defer_streamfields()
    cards = [compensation_card(page, language) for page in pages]
    return {"cards": sorted(cards, key=lambda card: card.country)}


def event_context(page: "EventReportPage", links: QuerySet) -> dict[str, Any]:
    """Recommendations, each with the live guides that carry it out (`links` leads to them); three queries."""
    rows = page.recommendations.get_live_queryset() if page.pk else page.recommendations.all()
    practices = links.filter(practice__live=True).select_related("practice", "practice__locale")
    return {
        "speakers": page.speakers.select_related("organisation"),
        "recommendations": [
            {"theme": each.theme, "text": each.text, "guides": [link.practice for link in each.practices.all()]}
            for each in rows.prefetch_related(Prefetch("practices", queryset=practices))
        ],
    }


def event_index_context(live: PageQuerySet) -> dict[str, Any]:
    """Event reports, newest first."""
    language = current_language()
    return {"cards": [event_card(page, language) for page in live.select_related("locale").order_by("-date")]}
