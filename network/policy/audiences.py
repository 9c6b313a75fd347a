"""Field groups of an entry, how widely each may be shown, and the principals that an audience stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may see a field group, from narrow to wide; each holds everybody of the one before."""

    NOBODY = "nobody", _("nobody: messages only")
    NETWORK = "network", _("my networks")
    PARTNERS = "partners", _("my networks and their partners")
    MEMBERS = "members", _("all members")
    PUBLIC = "public", _("everybody")


WIDTH: Mapping[str, int] = {audience: width for width, audience in enumerate(Audience.values)}


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """One group of fields: its audience at first, the widest it may have, and its second switch.

    `narrow_for_authority`: hidden from police, border, migration and consular viewers unless its owner opens it.
    """

    default: str
    widest: str
    narrow_for_authority: bool = False


# Source: the table “A directory entry” of the design's field list.
GROUPS: Mapping[str, FieldGroup] = {
    "listing": FieldGroup(Audience.MEMBERS, Audience.PUBLIC),
    "networks": FieldGroup(Audience.MEMBERS, Audience.PUBLIC),
    "name": FieldGroup(Audience.NETWORK, Audience.PUBLIC),
    "profession": FieldGroup(Audience.MEMBERS, Audience.PUBLIC),
    "post": FieldGroup(Audience.PARTNERS, Audience.PUBLIC),
    "area": FieldGroup(Audience.MEMBERS, Audience.PUBLIC),
    "languages": FieldGroup(Audience.MEMBERS, Audience.PUBLIC),
    "practice": FieldGroup(Audience.MEMBERS, Audience.PUBLIC),
    "undocumented": FieldGroup(Audience.PARTNERS, Audience.PUBLIC, narrow_for_authority=True),
    "availability": FieldGroup(Audience.PARTNERS, Audience.MEMBERS),
    "advice": FieldGroup(Audience.MEMBERS, Audience.PUBLIC),
    "corridors": FieldGroup(Audience.PARTNERS, Audience.MEMBERS, narrow_for_authority=True),
    "duty_line": FieldGroup(Audience.MEMBERS, Audience.PUBLIC),
    "badge": FieldGroup(Audience.MEMBERS, Audience.MEMBERS),
    "verification": FieldGroup(Audience.NETWORK, Audience.MEMBERS),
    "contact": FieldGroup(Audience.NOBODY, Audience.MEMBERS),
}
# Terms that say the same as the group "undocumented": they are shown where that group is, and nowhere else.
UNDOCUMENTED_TERMS = frozenset({"undocumented-migrants"})
NARROW_FOR_AUTHORITY = frozenset(name for name, group in GROUPS.items() if group.narrow_for_authority)

# Steps by which one entry is seen, from afar to near; every viewer stands on exactly one.
LEVELS = (Audience.PUBLIC, Audience.MEMBERS, Audience.PARTNERS, Audience.NETWORK)


def allowed(group: str) -> list[tuple[str, Any]]:
    """The choices a person has for a group; only contact may be shown to nobody."""
    lowest = WIDTH[Audience.NOBODY if group == "contact" else Audience.NETWORK]
    return [
        (value, label) for value, label in Audience.choices if lowest <= WIDTH[value] <= WIDTH[GROUPS[group].widest]
    ]


def narrower(one: str, other: str) -> str:
    """The narrower of two audiences: no group is wider than the listing."""
    return one if WIDTH[one] <= WIDTH[other] else other


def principals_at(level: str, networks: Iterable[int]) -> frozenset[str]:
    """Principals whose holders stand at `level` towards an entry of these networks, or nearer."""
    if level == Audience.PUBLIC:
        return frozenset({"public"})
    if level == Audience.MEMBERS:
        return frozenset({"member"})
    ours = frozenset(f"network:{network}" for network in networks)
    if level == Audience.NETWORK:
        return ours
    return ours | {f"partner:{network}" for network in networks} if level == Audience.PARTNERS else frozenset()


def reaches(audience: str, level: str) -> bool:
    """Whether a group with this audience is seen from `level`."""
    return audience != Audience.NOBODY and WIDTH[audience] >= WIDTH[level]


def ids(principals: Iterable[str], kind: str) -> list[int]:
    """The record ids of principals of one kind: `network:3` → 3."""
    prefix = f"{kind}:"
    return sorted(
        int(each[len(prefix) :]) for each in principals if each.startswith(prefix) and each[len(prefix) :].isdigit()
    )
