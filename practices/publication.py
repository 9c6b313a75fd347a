"""What a guide lacks before readers may see it. One function, called by the form, by clean() and by the loader."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from practices.gaps import is_gap

if TYPE_CHECKING:
    from practices.models import PracticePage

MOST_CARD_WORDS = 150

REQUIRED_TERMS = {
    "methods": "method",
    "stages": "stage",
    "target_groups": "target_group",
    "settings": "setting",
    "exploitation": "exploitation",
    "professions": "profession",
    "resource_type": "resource_type",
    "evidence_level": "evidence",
    "safety_status": "safety",
    "firewall": "firewall",
}
# A gap may stand in for these, and for no other required field.
GAP_MAY_STAND = (
    "legal_preconditions",
    "actors_and_roles",
    "participation",
    "firewall_note",
    "duty_to_report",
    "assessment",
    "method_and_period",
    "conditions",
)
MUST_BE_FILLED = (
    "summary",
    "neutral_title",
    "what",
    "for_whom",
    "when_to_use",
    "when_not_to_use",
    "safety_line",
    "first_steps",
    "problem",
    "where_and_when",
    "building_blocks",
    "staffing",
    "risks",
    "do_no_harm",
    "outcomes",
    "evidence_reason",
    "core",
    "adaptable",
    "sources",
    "responsible_first",
    "responsible_second",
)
ALL_GAP_FIELDS = (*GAP_MAY_STAND, "best_interests_steps", "informs_not_deters")


def missing_for_publication(page: "PracticePage") -> dict[str, str]:
    """Field name → what to do about it; empty when the guide may be published."""
    missing: dict[str, str] = {}
    schemes = page.schemes()
    for field, scheme in REQUIRED_TERMS.items():
        if not schemes.get(scheme):
            missing[field] = _("Choose at least one.")
    for field in MUST_BE_FILLED:
        value = getattr(page, field)
        if not value:
            missing[field] = _("Fill this in before publishing.")
        elif any(is_gap(text) for text in texts_of(value)):
            missing[field] = _("A stated gap cannot stand here; fill it in before publishing.")
    for field in (*GAP_MAY_STAND, *_asked_by_subject(schemes)):
        if not getattr(page, field):
            missing[field] = _("Fill this in, or write “not known: …” and say what is not known.")
    if page.first_steps and len(page.first_steps) != 3:
        missing["first_steps"] = _("Give exactly three steps.")
    if (words := card_words(page)) > MOST_CARD_WORDS:
        missing["what"] = _("The card has %(words)d words; at most %(most)d fit a phone.") % {
            "words": words,
            "most": MOST_CARD_WORDS,
        }
    if not (page.last_reviewed or page.compiled_on):
        missing["compiled_on"] = _("Give the date of compiling or of the last review.")
    return missing


def _asked_by_subject(schemes: dict[str, list]) -> Iterable[str]:
    about_children = any("child" in term.pk or term.pk in CHILD_TERMS for term in schemes.get("target_group", []))
    if about_children:
        yield "best_interests_steps"
    if any(term.pk == "awareness-campaign" for term in schemes.get("method", [])):
        yield "informs_not_deters"


CHILD_TERMS = {"adolescents", "care-leavers"}


def texts_of(value: object) -> list[str]:
    """The plain texts of a text field or of a stream of points."""
    if isinstance(value, str):
        return [value]
    return [str(block.value) for block in value if isinstance(block.value, str)]  # type: ignore[attr-defined]


def card_words(page: "PracticePage") -> int:
    """Words on the card, as a reader counts them."""
    parts = [page.what, page.for_whom, page.when_to_use, page.safety_line]
    parts += texts_of(page.when_not_to_use) + texts_of(page.first_steps)
    return sum(len(part.split()) for part in parts)


def stated_gaps(page: "PracticePage") -> dict[str, str]:
    """Field name → the gap's text, for those that a reader will meet."""
    return {name: text for name in ALL_GAP_FIELDS if is_gap(text := getattr(page, name))}
