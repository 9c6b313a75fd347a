"""Searches without end, as several viewers, and writes down whatever it sees of those hidden before it asked."""

import random
import time
from pathlib import Path

from django.db import OperationalError

from search.query import SearchQuery
from search.services import search, understand
from tests.attack.kills.world import HIDDEN, SEEN, note

VIEWERS = (frozenset({"public"}), frozenset({"public", "member"}), frozenset({"public", "member", "network:1"}))


def run(folder: Path, dice: random.Random) -> None:
    while True:
        # What is on the list was hidden before this search began.
        hidden = (folder / HIDDEN).read_text().split()
        token = dice.choice(hidden) if hidden and dice.random() < 0.7 else ""
        viewer = dice.choice(VIEWERS)
        try:
            seen = _by_token(token, viewer) if token else _anything(viewer, dice, set(hidden))
        except OperationalError:
            continue  # a busy database: the reader is asked to try again
        if seen:
            note(folder / SEEN, seen)
        time.sleep(dice.random() * 0.02)  # the others need the processor too


def _by_token(token: str, viewer: frozenset[str]) -> str:
    """In words, and by the profession that nobody else has: no hit, no count."""
    by_words = search(SearchQuery(principals=viewer, language="en", understood=understand(token, "en")))
    if by_words.total:
        return f"{token} by words"
    profession = f"profession-{token}"
    query = SearchQuery(principals=viewer, language="en", kinds=("person",), facets={"profession": (profession,)})
    by_facet = search(query)
    counted = [value.count for value in by_facet.facets.get("profession", ()) if value.value == profession]
    return f"{token} by its profession" if by_facet.total or any(counted) else ""


def _anything(viewer: frozenset[str], dice: random.Random, hidden: set[str]) -> str:
    words = dice.choice(["", "guide", "function", "network", "body 1"])
    facets = dice.choice([{}, {"language": ("sq",)}, {"method": ("method-1",)}])
    results = search(
        SearchQuery(principals=viewer, language="en", understood=understand(words, "en"), facets=facets)  # type: ignore[arg-type]
    )
    for group in results.groups:
        for card in group.cards:
            if hidden & set(card.title.split()):
                return f"{card.title} among others"
    return ""
