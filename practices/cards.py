"""What a list shows of a guide, an event, or a country's routes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pages.cards import of_page
from search.results import Card
from vocabulary.languages import country_name, language_name

if TYPE_CHECKING:
    from practices.models import CompensationPage, EventReportPage, PracticePage

ROUTES = ("criminal_route", "civil_route", "labour_route", "state_fund")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideCard(Card):
    """A guide in a list."""

    resource_type: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    for_whom: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    reviewed: str = ""
    marked_language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCard(Card):
    """An event in a list."""

    date: Any = None
    place: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationCard(Card):
    """A country's routes in a list."""

    country: str = ""
    facts: tuple[str, ...] = ()


def guide_card(page: "PracticePage", language: str) -> GuideCard:
    """A guide as a list shows it."""
    kind, evidence = page.one("resource_type"), page.one("evidence")
    return GuideCard(
        **of_page(page, "practice", "guide_card"),
        resource_type={"id": kind.pk, "label": kind.label(language)} if kind else {},
        evidence={"level": page.evidence_code, "label": evidence.label(language) if evidence else ""},
        for_whom=tuple(term.label(language) for term in page.by_scheme.get("profession", [])[:4]),
        countries=tuple(country_name(code) for code in page.countries[:3]),
        reviewed=_reviewed(page),
        marked_language=in_language(page.locale.language_code, language),
    )


def _reviewed(page: "PracticePage") -> str:
    if page.last_reviewed:
        return _("Reviewed %(month)s") % {"month": date_format(page.last_reviewed, "YEAR_MONTH_FORMAT")}
    if page.compiled_on:
        return _("Compiled %(month)s, not yet reviewed") % {"month": date_format(page.compiled_on, "YEAR_MONTH_FORMAT")}
    return _("Not yet reviewed")


def in_language(of_text: str, of_reader: str) -> str:
    """A mark for a text that is not in the reader's language, else nothing."""
    return "" if of_text == of_reader else _("in %(language)s") % {"language": language_name(of_text)}


def compensation_card(page: "CompensationPage", language: str) -> CompensationCard:
    """A country as a list shows it: which of its routes are known."""
    known = [page._meta.get_field(name).verbose_name for name in ROUTES if getattr(page, name)]
    return CompensationCard(
        **of_page(page, "compensation", "compensation_card"),
        country=country_name(page.country),
        facts=tuple(filter(None, [", ".join(map(str, known)), in_language(page.locale.language_code, language)])),
    )


def event_card(page: "EventReportPage", language: str) -> EventCard:
    """An event as a list shows it."""
    return EventCard(
        **of_page(page, "event", "event_card"),
        date=page.date,
        place=page.place,
        facts=tuple(filter(None, [in_language(page.locale.language_code, language)])),
    )
