"""Names that are not what they look like: scripts mixed inside a word, and signs that turn or hide letters.

Nothing is refused for it: people write their names as they write them. The applicant is asked to look again, and the
coordinator sees which letters stand there.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from search.normalise import WORD, clean

MIXED, HIDDEN = "mixed", "hidden"
# Scripts that one language writes together, as Japanese does.
_TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA"}, {"CJK", "HANGUL"}, {"CJK", "BOPOMOFO"})
MOST_POINTS = 24


def warnings_of(raw: str) -> list[dict[str, object]]:
    """What is odd in a name as it was typed: `{"kind", "word", "points"}` for each finding; plain data to be kept."""
    found: list[dict[str, object]] = []
    if hidden := _hidden(raw):
        found.append({"kind": HIDDEN, "word": "", "points": code_points(hidden)})
    for word in _words(clean(raw)):
        scripts = {script for letter in word if (script := script_of(letter))}
        if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
            found.append({"kind": MIXED, "word": word, "points": code_points(word)})
    return found


def with_present(kept: Sequence[Mapping[str, object]], name: str) -> list[Mapping[str, object]]:
    """What was odd when somebody applied, and what is odd in the name that stands there now; each finding once."""
    return [*kept, *(each for each in warnings_of(name) if each not in kept)]


def taken_out(raw: str) -> str:
    """A sentence for whoever typed a name with signs that are not kept; empty where there were none."""
    signs = _hidden(raw)
    if not signs:
        return ""
    return _("Signs that cannot be seen, or that turn the order of letters, were taken out of the name: %(signs)s.") % {
        "signs": ", ".join(code_points(signs))
    }


def script_of(letter: str) -> str:
    """LATIN, CYRILLIC, GREEK …; empty for what belongs to none: digits, points, marks."""
    if not unicodedata.category(letter).startswith("L") or unicodedata.category(letter) == "Lm":
        return ""
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0]


def code_points(text: str) -> list[str]:
    """Each letter by number and name: “U+0430 CYRILLIC SMALL LETTER A”."""
    return [f"U+{ord(each):04X} {unicodedata.name(each, _('unnamed'))}" for each in text[:MOST_POINTS]]


def _hidden(raw: str) -> str:
    return "".join(letter for letter in raw if unicodedata.category(letter) in ("Cf", "Cc", "Cs", "Co", "Cn"))


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in WORD.finditer(text))
