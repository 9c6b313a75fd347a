"""From a guide's file to the fields of its page. Checks come first: a wrong field names file, field and reason."""

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from practices.mapping import Mapped
from practices.models import PracticePage
from vocabulary.models import Term
from vocabulary.starter import BrokenStarterFile

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "card": ("what", "for_whom", "when_to_use", "safety_line"),
    "context": ("problem", "where_and_when", "legal_preconditions", "actors_and_roles", "participation"),
    "how": ("staffing", "cost_band", "languages_and_mediators", "referral_handover"),
    "safety": (
        "consent_and_confidentiality", "firewall_note", "duty_to_report", "safeguarding_duty", "best_interests_steps",
        "informs_not_deters",
    ),
    "results": ("method_and_period", "null_and_negative", "who_says", "limits", "rated_by"),
    "transfer": ("conditions", "constraints", "cost_and_sustainability"),
}  # fmt: skip
POINTS: Mapping[str, tuple[str, ...]] = {
    "card": ("when_not_to_use", "first_steps"),
    "safety": ("risks", "do_no_harm"),
    "transfer": ("core", "adaptable"),
}
TOP = ("title", "neutral_title", "summary")
DESK = ("Editorial desk: editor of this guide", "Editorial desk: second reader")
SIX_MONTHS = datetime.timedelta(days=182)


def points(texts: Iterable[str]) -> list[dict[str, Any]]:
    """A stream of points as Wagtail stores it."""
    return [{"type": "point", "value": str(text)} for text in texts]


def stream(kind: str, values: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A stream of structs; years and the like become text, absent keys stay absent."""
    return [
        {"type": kind, "value": {k: v if isinstance(v, list) else str(v) for k, v in each.items() if v is not None}}
        for each in values
    ]


def check(path: Path, data: Any) -> None:
    """Raises BrokenStarterFile for what a reader of the file can see to be wrong."""
    if not isinstance(data, dict):
        raise BrokenStarterFile(path, "file", "holds no fields")
    for name in ("slug", "language", *TOP, "card", "evidence", "sources"):
        if not data.get(name):
            raise BrokenStarterFile(path, name, "is missing")
    for section, names in SECTIONS.items():
        for name, value in (data.get(section) or {}).items():
            if name in names and not isinstance(value, str):
                raise BrokenStarterFile(path, f"{section}.{name}", f"must be text, not {type(value).__name__}")
    for section, names in POINTS.items():
        for name in names:
            value = (data.get(section) or {}).get(name, [])
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise BrokenStarterFile(path, f"{section}.{name}", "must be a list of texts")


def fill(page: PracticePage, path: Path, data: Mapping[str, Any], mapped: Mapped | None) -> PracticePage:
    """Writes the file's fields to the page; `mapped` is None for a translation, which keeps its classification."""
    for name in TOP:
        setattr(page, name, data[name].strip())
    for section, names in SECTIONS.items():
        for name in names:
            setattr(page, name, (data.get(section) or {}).get(name, "").strip())
    page.cost_band = page.cost_band or PracticePage.CostBand.UNKNOWN
    for section, names in POINTS.items():
        for name in names:
            setattr(page, name, points((data.get(section) or {}).get(name, [])))
    page.building_blocks = stream("block", (data.get("how") or {}).get("building_blocks", []))
    page.outcomes = stream("finding", (data.get("results") or {}).get("outcomes", []))
    page.sources = stream("source", data["sources"])
    page.other_names = "\n".join(str(name) for name in data.get("other_names") or [])
    page.legal_anchors = points(data.get("legal_anchors") or [])
    page.assessment = (data.get("assessment") or "").strip()
    page.evidence_reason = str(data["evidence"].get("reason", "")).strip()
    page.draft_reason = data.get("draft_reason") or ""
    _fill_life(page, data)
    if mapped is not None:
        _fill_classification(page, path, data, mapped)
    return page


def _fill_life(page: PracticePage, data: Mapping[str, Any]) -> None:
    compiled = data.get("compiled_on")
    page.compiled_on = compiled if isinstance(compiled, datetime.date) else None
    page.risk = data.get("risk") or PracticePage.Risk.STANDARD
    page.responsible_first, page.responsible_second = DESK
    if page.compiled_on:
        months = 12 if page.risk == PracticePage.Risk.HIGH else 24
        page.review_due = page.compiled_on.replace(year=page.compiled_on.year + months // 12)
        page.assessment_due = page.compiled_on + SIX_MONTHS


def _fill_classification(page: PracticePage, path: Path, data: Mapping[str, Any], mapped: Mapped) -> None:
    own = data.get("classification") or {}
    wanted = [*mapped.terms, *own.get("more", []), data.get("resource_type", "practice-guide")]
    for name in ("exploitation", "professions", "rights", "contraindications"):
        wanted += own.get(name, [])
    wanted += [own.get("firewall", "firewall-unknown"), own.get("safety", "safety-unknown")]
    wanted.append(f"evidence-{str(data['evidence']['level']).lower()}")
    terms = Term.objects.in_bulk(set(wanted))
    if unknown := sorted(set(wanted) - terms.keys()):
        raise BrokenStarterFile(path, "classification", f"no term is called “{unknown[0]}”")
    page.terms.set([terms[pk] for pk in dict.fromkeys(wanted)])
    page.countries = sorted(set(mapped.countries))
    years = (data.get("wordings") or {}).get("years")
    scope = [", ".join(mapped.scope)] if mapped.scope else []
    page.scope_note = "; ".join([*scope, *([str(years)] if years else [])])
