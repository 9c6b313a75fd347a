"""The same query with some of its words changed: what the page's links put in place of what was typed."""

import re
from collections.abc import Iterator

from search.normalise import WORD, fold, fold_word

# What leaves out, and the quotes that may stand between it and the words.
_MINUS = re.compile(r"(?:(?<=\s)|^)[-−–—][\"“”„«»]?$")
_QUOTES = '"“”„«»'


def replaced(text: str, form: str, by: str) -> str:
    """`text` with the first stretch of words that folds to `form` written as `by`; as it was where there is none."""
    span = next(_stretches(text, form), None)
    return text[: span[0]] + by + text[span[1] :] if span else text


def without_left_out(text: str, form: str) -> str:
    """`text` without the words after a leading minus that fold to `form`."""
    for start, end in _stretches(text, form):
        if minus := _MINUS.search(text[:start]):
            rest = text[end:].lstrip(_QUOTES) if len(minus.group()) > 1 else text[end:]
            return f"{text[: minus.start()].rstrip()} {rest.lstrip()}".strip()
    return text


def _stretches(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Where the words of a folded form stand in a text."""
    wanted = fold(form).split()
    spans = [(match.start(), match.end(), fold_word(match.group())) for match in WORD.finditer(text)]
    for at in range(len(spans) - len(wanted) + 1):
        inside = spans[at : at + len(wanted)]
        if wanted and [word for _, _, word in inside] == wanted:
            yield inside[0][0], inside[-1][1]
