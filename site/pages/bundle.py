"""One request for all styles: the sheets of static/css in a listed order, comments and indentation trimmed."""

import re
from pathlib import Path

from django.conf import settings

# Tokens first, bare elements second, print last; between them a component's sheet may stand anywhere.
SHEETS = (
    "tokens",
    "base",
    "button",
    "header",
    "exit",
    "footer",
    "search_band",
    "search_form",
    "suggestions",
    "finder",
    "facet",
    "chips",
    "meanings",
    "saved_search",
    "card",
    "entry_card",
    "facts",
    "evidence",
    "safety",
    "pager",
    "breadcrumbs",
    "notice",
    "gap",
    "language_note",
    "guide",
    "alike",
    "card_panel",
    "toc",
    "home",
    "building_block",
    "finding",
    "recommendations",
    "meta",
    "sources",
    "cite",
    "table",
    "gaps",
    "areas",
    "corridor_end",
    "forms",
    "account",
    "own_entry",
    "looks",
    "desk",
    "post",
    "help_panel",
    "band",
    "map",
    "print",
)
# Loaded by Wagtail's admin alone, by its own address.
APART = frozenset({"cms"})
# A comment, or a string that must be kept as it is because it may hold what looks like a comment.
COMMENT_OR_STRING = re.compile(r"""/\*.*?\*/|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", re.DOTALL)


class UnlistedSheet(Exception):
    """The files of static/css and the list above do not agree."""


def trimmed(css: str) -> str:
    """`css` without comments, indentation and empty lines; nothing inside a line is touched."""
    bare = COMMENT_OR_STRING.sub(lambda found: found.group(1) or "", css)
    return "".join(f"{line}\n" for line in (each.strip() for each in bare.splitlines()) if line)


def folder() -> Path:
    """Where the sheets are written by hand."""
    return Path(settings.ROOT) / "static" / "css"


def bundled() -> str:
    """All sheets in order. Raises `UnlistedSheet` when a file is not listed, or a listed one is missing."""
    found = {path.stem for path in folder().glob("*.css")} - APART
    if found != set(SHEETS):
        names = ", ".join(sorted(found ^ set(SHEETS)))
        raise UnlistedSheet(f"static/css and SHEETS in pages/bundle.py differ: {names}")
    return "".join(trimmed((folder() / f"{name}.css").read_text(encoding="utf-8")) for name in SHEETS)


def write() -> Path:
    """Writes the bundle where the static files finder looks for it, and returns the file."""
    target = Path(settings.VAR) / "bundle" / "site.css"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bundled(), encoding="utf-8")
    return target
