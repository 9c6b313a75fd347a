"""Who looks with the eyes of an authority: police, border, migration and consular members."""

from collections.abc import Iterable

AUTHORITY = "authority"

# Posts that are listed as a role mailbox, never as a person.
LAW_ENFORCEMENT = ("police-officer", "border-guard")
PROFESSIONS = frozenset({*LAW_ENFORCEMENT, "consular-officer", "asylum-officer"})
ORGANISATION_TYPES = frozenset({"law-enforcement-agency", "migration-authority"})


def is_authority(*, marked: bool, terms: Iterable[str], organisation_type: str | None) -> bool:
    """Any one sign is enough: the coordinators' mark, a profession, or the type of the organisation."""
    return marked or organisation_type in ORGANISATION_TYPES or not PROFESSIONS.isdisjoint(terms)


def seen_by_authority(principals: Iterable[str]) -> frozenset[str]:
    """The composite principals that only an authority member holds: `member` → `member+authority`."""
    return frozenset(f"{each}+{AUTHORITY}" for each in principals)


def held_by_authority(principals: frozenset[str]) -> frozenset[str]:
    """All that an authority member holds: their principals, each also as a composite, and `authority`."""
    return principals | seen_by_authority(principals) | {AUTHORITY}
