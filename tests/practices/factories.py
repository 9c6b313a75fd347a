"""Guides for tests: complete enough to be published, with words of their own."""

import datetime
from typing import Any

from practices.models import LibraryPage, PracticePage
from practices.publication import REQUIRED_TERMS
from vocabulary.models import Term, TermWording

TERMS = {
    "method": "street-work",
    "stage": "first-contact",
    "target_group": "women",
    "setting": "street",
    "exploitation": "forced-begging",
    "profession": "social-worker",
    "resource_type": "practice-guide",
    "evidence": "evidence-e0",
    "safety": "safety-unknown",
    "firewall": "firewall-unknown",
}


def make_term(scheme: str, pk: str, **labels: str) -> Term:
    """A term with its labels; the same one when asked again."""
    existing = Term.objects.filter(pk=pk).first()
    if existing is not None:
        return existing
    term = Term(pk=pk, scheme=scheme)
    names = labels or {"en": pk.replace("-", " ")}
    term.wordings.set([TermWording(language=code, role="label", text=text) for code, text in names.items()])
    term.save()
    return term


def points(*texts: str) -> list[tuple[str, str]]:
    return [("point", text) for text in texts]


def guide_fields(**changes: Any) -> dict[str, Any]:
    """Every field that publication asks for."""
    return {
        "title": "Walk the market before dawn",
        "slug": "walk-the-market",
        "neutral_title": "Early walks",
        "summary": "Teams walk the market before the stalls open.",
        "what": "Two workers walk. They listen.",
        "for_whom": "Women who sell at night.",
        "when_to_use": "Where nobody comes to an office.",
        "when_not_to_use": points("During a police operation."),
        "safety_line": "Never alone.",
        "first_steps": points("Learn the hours.", "Say who you are.", "Come back."),
        "problem": "People stay away from offices.",
        "where_and_when": "Markets, before dawn.",
        "legal_preconditions": "not known: effects of residence status are not described.",
        "actors_and_roles": "A city team and a health post.",
        "participation": "not known: nobody recorded it.",
        "building_blocks": [("block", {"title": "Walk", "purpose": "To be known.", "steps": ["Walk", "Return"]})],
        "staffing": "Pairs, weekly supervision.",
        "risks": points("Being seen together."),
        "do_no_harm": points("Leave when asked."),
        "firewall_note": "not known: no agreement is described.",
        "duty_to_report": "not known: depends on the country.",
        "assessment": "not known: no assessment before use is recorded.",
        "outcomes": [("finding", {"finding": "Forty women met.", "how_known": "team's notes", "checked": "read"})],
        "method_and_period": "not known: no evaluation.",
        "evidence_reason": "Described by the team.",
        "conditions": "not known: not described.",
        "core": points("Voluntary contact"),
        "adaptable": points("Hours"),
        "sources": [("source", {"title": "Notes of the team", "seen": "read"})],
        "responsible_first": "Editor",
        "responsible_second": "Second reader",
        "compiled_on": datetime.date(2026, 11, 23),
        **changes,
    }


def make_guide(terms: dict[str, str] | None = None, *, publish: bool = True, **changes: Any) -> PracticePage:
    """A guide in the English library; published as an editor would."""
    library = LibraryPage.objects.get(locale__language_code="en")
    page = PracticePage(live=False, locale=library.locale, **guide_fields(**changes))
    page.terms.set([make_term(scheme, pk) for scheme, pk in {**TERMS, **(terms or {})}.items()])
    library.add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return PracticePage.objects.get(pk=page.pk)


assert set(TERMS) == set(REQUIRED_TERMS.values())
