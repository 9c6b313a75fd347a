"""Guides, compensation routes and events in the search: each becomes a document and a card."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from pages.search_index import PageKind, page_kind, text_of_stream
from practices.cards import ROUTES, compensation_card, event_card, guide_card
from practices.models import CompensationPage, EventReportPage, PracticePage, Recommendation, RecommendationPractice
from practices.publication import texts_of
from practices.querysets import attach_card_terms, attach_terms
from search.registry import depends
from vocabulary.models import Term
from vocabulary.tree import read_anew, with_broader

EVIDENCE_ORDER = {"E4": 6, "E3": 5, "E2": 4, "E1": 3, "E0": 2, "NR": 1, "X": 0}
LONG_TEXTS = (
    "what", "for_whom", "when_to_use", "safety_line", "problem", "where_and_when", "legal_preconditions",
    "actors_and_roles", "participation", "staffing", "languages_and_mediators", "referral_handover",
    "consent_and_confidentiality", "firewall_note", "duty_to_report", "safeguarding_duty", "best_interests_steps",
    "informs_not_deters", "method_and_period", "null_and_negative", "limits", "conditions", "constraints",
    "cost_and_sustainability", "scope_note",
)  # fmt: skip
STREAMS = ("when_not_to_use", "first_steps", "risks", "do_no_harm", "core", "adaptable")
COMPENSATION_CONCEPTS = frozenset({"compensation-advocacy", "redress", "labour-exploitation"})
FACET_OF_SCHEME = {"resource_type": "resource"}


def guide_document(page: PracticePage) -> Mapping[str, Any]:
    """What of a guide is searched: every text a reader sees, and its concepts with the broader ones."""
    facets: dict[str, tuple[str, ...]] = {"kind": ("practice",), "language": (page.locale.language_code,)}
    for scheme, terms in page.by_scheme.items():
        facets[FACET_OF_SCHEME.get(scheme, scheme)] = tuple(with_broader(term.pk for term in terms))
    facets["country"] = tuple(page.countries)
    texts = [getattr(page, name) for name in LONG_TEXTS]
    texts += [text for name in STREAMS for text in texts_of(getattr(page, name))]
    texts += [text_of_stream(page.building_blocks), text_of_stream(page.outcomes)]
    return {
        "body": " ".join(text for text in texts if text),
        "other_names": tuple(page.names),
        "concepts": page.concepts,
        "facets": facets,
        "areas": tuple(page.countries),
        "newest": (page.last_reviewed or page.compiled_on or page.first_published_at).toordinal(),
        "evidence": EVIDENCE_ORDER.get(page.evidence_code, 1),
    }


def compensation_document(page: CompensationPage) -> Mapping[str, Any]:
    texts = [
        page.criminal_route, page.civil_route, page.labour_route, page.state_fund, page.fund_conditions,
        page.residence_requirement, page.amounts, *texts_of(page.practice_findings),
    ]  # fmt: skip
    concepts = ["compensation-advocacy", "redress"] + (["labour-exploitation"] if page.labour_route else [])
    return {
        "body": " ".join([*texts, text_of_stream(page.deadlines)]),
        "concepts": tuple(with_broader(concepts)),
        "facets": {
            "kind": ("compensation",),
            "country": (page.country,),
            "language": (page.locale.language_code,),
            "method": ("compensation-advocacy", "legal-counselling"),
            "stage": ("redress",),
        },
        "areas": (page.country,),
        "newest": page.last_checked.toordinal() if page.last_checked else 0,
    }


def event_document(page: EventReportPage) -> Mapping[str, Any]:
    recommendations = list(page.recommendations.all())
    guides = PracticePage.objects.filter(recommendation_links__recommendation__in=recommendations).distinct()
    attach_terms(pages := list(guides))
    concepts = [term.pk for guide in pages for term in guide.by_scheme.get("method", [])]
    return {
        "body": " ".join([page.background, *(each.text for each in recommendations)]),
        "concepts": tuple(with_broader(concepts)),
        "facets": {"kind": ("event",), "language": (page.locale.language_code,)},
        "newest": page.date.toordinal(),
    }


page_kind(
    PageKind(
        "practice", PracticePage, guide_document, guide_card, attach_terms, attach_card_terms,
        on_card=("countries", "last_reviewed", "compiled_on"),
    )
)  # fmt: skip
page_kind(
    PageKind("compensation", CompensationPage, compensation_document, compensation_card, on_card=("country", *ROUTES))
)
page_kind(PageKind("event", EventReportPage, event_document, event_card, on_card=("date", "place")))


@depends(Term)
def pages_of_term(term: models.Model) -> list[str]:
    """A term that is moved changes the pages that carry it or a narrower one."""
    assert isinstance(term, Term)
    with read_anew():
        narrower = [pk for pk in Term.objects.values_list("pk", flat=True) if term.pk in with_broader([pk])] or [
            term.pk
        ]
    guides = set(PracticePage.objects.filter(terms__in=narrower).values_list("pk", flat=True))
    routes = CompensationPage.objects.values_list("pk", flat=True) if {*narrower} & COMPENSATION_CONCEPTS else ()
    return [
        *(f"practice:{pk}" for pk in guides),
        *_events(guides),
        *(f"compensation:{pk}" for pk in routes),
    ]


@depends(PracticePage)
def events_of_guide(guide: models.Model) -> list[str]:
    """An event is about the methods of the guides that carry its recommendations out."""
    return _events([guide.pk])


@depends(Recommendation)
def event_of_recommendation(recommendation: models.Model) -> list[str]:
    assert isinstance(recommendation, Recommendation)
    return [f"event:{recommendation.event_id}"]


@depends(RecommendationPractice)
def event_of_link(link: models.Model) -> list[str]:
    assert isinstance(link, RecommendationPractice)
    return [f"event:{link.recommendation.event_id}"]


def _events(guides: Iterable[int]) -> list[str]:
    links = RecommendationPractice.objects.filter(practice__in=guides)
    return [f"event:{pk}" for pk in set(links.values_list("recommendation__event", flat=True))]
