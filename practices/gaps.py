"""Stated gaps: "not known: …" stands where a fact is missing, is shown to readers and counted."""

import re

# One opening per interface language; a translation states its gaps in its own words.
OPENING = re.compile(r"^\s*(not known|non connu|inconnu|неизвестно|не известно)\s*:\s*", re.IGNORECASE)


def is_gap(text: str | None) -> bool:
    """Whether this text says that something is not known."""
    return bool(text) and OPENING.match(str(text)) is not None


def what_is_missing(text: str) -> str:
    """The gap without its opening, for showing under a label of its own."""
    return OPENING.sub("", text, count=1)
