"""The order in which a guide is read: sections, and in each the fields with the way they are shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from practices.gaps import is_gap, what_is_missing
from practices.publication import texts_of

if TYPE_CHECKING:
    from practices.models import PracticePage


@dataclass(frozen=True, slots=True)
class Part:
    """One field as shown: `kind` is text, points, gap or stream."""

    heading: str
    kind: str
    value: Any
    synthesis: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page with its parts; empty sections are not shown."""

    id: str
    title: str
    parts: tuple[Part, ...]


SYNTHESIS = {"when_to_use", "risks"}


def sections(page: "PracticePage") -> list[Section]:
    """Sections that have something to say, in reading order."""
    layout = (
        ("why", _("Why and where"), ("problem", "where_and_when", "scope_note", "actors_and_roles", "participation")),
        ("how", _("How to do it"), ("building_blocks", "staffing", "cost_band", "languages_and_mediators",
                                    "referral_handover")),
        ("limits", _("When not to use this"), ("when_not_to_use",)),
        ("safety", _("Safety and rights"), (
            "risks", "do_no_harm", "consent_and_confidentiality", "firewall_note", "duty_to_report",
            "legal_preconditions", "safeguarding_duty", "best_interests_steps", "informs_not_deters", "assessment")),
        ("results", _("Results"), ("outcomes", "method_and_period", "null_and_negative", "who_says", "limits",
                                   "rated_by")),
        ("transfer", _("Doing it elsewhere"), ("conditions", "core", "adaptable", "constraints",
                                               "cost_and_sustainability")),
        ("law", _("Legal sources named"), ("legal_anchors",)),
    )  # fmt: skip
    found = []
    for identity, title, names in layout:
        parts = tuple(part for name in names if (part := _part(page, name)) is not None)
        if parts:
            found.append(Section(identity, title, parts))
    return found


def _part(page: "PracticePage", name: str) -> Part | None:
    value = getattr(page, name)
    if not value or (name == "cost_band" and value == "unknown"):
        return None
    heading = str(getattr(page._meta.get_field(name), "verbose_name", name))
    heading = "" if name in {"when_not_to_use", "legal_anchors"} else heading[:1].upper() + heading[1:]
    if name == "cost_band":
        return Part(heading, "text", page.get_cost_band_display())
    if name in {"building_blocks", "outcomes"}:
        return Part("" if name == "building_blocks" else heading, "stream", value)
    if isinstance(value, str):
        return Part(heading, "gap", what_is_missing(value)) if is_gap(value) else Part(heading, "text", value)
    return Part(heading, "points", texts_of(value), synthesis=name in SYNTHESIS)
