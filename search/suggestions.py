"""What somebody may be about to type: concepts, places, guides, and the people this viewer may see."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from search import labels, lexicon, registry, services, state
from search.lexicon import EXPANDED_IN, Lexicon
from search.normalise import LONGEST_QUERY, WORD, clean, fold, fold_word
from search.query import SearchQuery, Understanding
from search.state import State
from search.stop_words import PREPOSITIONS, STOP_WORDS

SHORTEST = 2
# Two letters begin thousands of places and a good part of all names.
SHORTEST_NAME = 3
# Nobody completes a longer word, and no word of the vocabulary has so many parts.
LONGEST, MOST_WORDS = 60, 6
MOST_CONCEPTS, MOST_PLACES, MOST_RECORDS = 4, 3, 3
MINUS, QUOTES = ("-", "−", "–"), '"“”„«»'
RECORDS = ("practice", "compensation", "event", "person")
LANGUAGE = "language:"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line to choose: what is read, what is said beside it, and what choosing it does.

    `url` opens a record; else `text` is searched for, with the place `near` where there is one.
    """

    label: str
    kind: str
    detail: str = ""
    text: str = ""
    near: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Ending:
    """A stretch of the last words, folded, and what was typed before it."""

    before: str
    form: str


def suggest(typed: str, principals: frozenset[str], language: str, *, people_only: bool = False) -> list[Suggestion]:
    """Suggestions for what stands in the search field; none for a letter. Never a hidden wording.

    Queries: the state, places, and one or two for each family of records found.
    """
    shown = clean(typed[: LONGEST_QUERY * 2])[-LONGEST_QUERY:].lstrip()
    endings = list(_endings(shown))
    if not endings:
        return []
    now = state.read()
    kinds = ("person",) if people_only else RECORDS
    concepts = list(islice(_concepts(endings, now, language), MOST_CONCEPTS))
    records = list(_records(endings[0], now, principals, language, kinds))
    places = list(islice(_places(endings, now, language), MOST_PLACES))
    in_a_place = fold(endings[-1].before.rpartition(" ")[0].rpartition(" ")[2]) in PREPOSITIONS
    return [*places, *concepts, *records] if in_a_place else [*concepts, *records, *places]


def _endings(shown: str) -> Iterator[_Ending]:
    """The text as a whole, then without its first word, and so on: any of them may be what is being typed."""
    found = [(match.start(), fold_word(match.group())) for match in WORD.finditer(shown)]
    for at in range(max(0, len(found) - MOST_WORDS), len(found)):
        before = shown[: found[at][0]]
        form = " ".join(word for _, word in found[at:])
        # After a minus and in quotes words are meant as they stand.
        plain = not before.endswith(MINUS) and sum(letter in QUOTES for letter in before) % 2 == 0
        if plain and SHORTEST <= len(form) <= LONGEST:
            yield _Ending(before, form)


def _concepts(endings: list[_Ending], now: State, language: str) -> Iterator[Suggestion]:
    """Concepts and languages spoken, under the reader's label, whatever the language of the wording typed."""
    table, seen = _table(now.stamp), set[str]()
    for ending in endings:
        for concept, wording in table.beginning_with(ending.form, language):
            if concept in seen:
                continue
            seen.add(concept)
            label = table.lexicon.label(concept, language)
            kind = "language" if concept.startswith(LANGUAGE) else "concept"
            detail = "" if fold(label) == fold(wording) else wording
            yield Suggestion(label, kind, detail, text=f"{ending.before}{label}")


def _records(
    whole: _Ending, now: State, principals: frozenset[str], language: str, kinds: tuple[str, ...]
) -> Iterator[Suggestion]:
    """Guides by their titles, and people by the names that this viewer may see, each checked in the database."""
    named = tuple(kind for kind in kinds if kind != "person" or len(whole.form) >= SHORTEST_NAME)
    if whole.before or not named:
        return
    asked = Understanding(text=whole.form, beginning=whole.form, state=now)
    query = SearchQuery(principals=principals, language=language, understood=asked, kinds=named, counted=())
    for group in services.search(query).groups:
        for card in group.cards[:MOST_RECORDS]:
            yield Suggestion(card.title, group.kind, url=card.url)


def _places(endings: list[_Ending], now: State, language: str) -> Iterator[Suggestion]:
    """Places of the gazetteer; what was typed before one is searched for near it: “guardian in tir”."""
    typed = {each.form: each.before for each in endings if len(each.form) >= SHORTEST_NAME}
    for find in registry.place_beginnings if typed else ():
        for place in find(tuple(typed), MOST_PLACES):
            before = next((before for form, before in typed.items() if place.form.startswith(form)), "").split()
            while before and fold(before[-1]) in PREPOSITIONS:
                before.pop()
            country = "" if place.kind == "country" else labels.of("country", place.country, language, now.stamp)
            yield Suggestion(place.name, "place", country, text=" ".join(before), near=place.id)


@dataclass(slots=True)
class _Table:
    """Every wording that may be shown, by its words: sorted, so that a beginning is found by halving."""

    lexicon: Lexicon
    keys: list[str] = field(default_factory=list)
    entries: list[tuple[str, int, str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = []
        for form, wordings in self.lexicon.exact.items():
            for wording in wordings:
                if wording.hidden or wording.everyday:
                    continue
                for start in range(len(form)):
                    if start == 0 or form[start] not in STOP_WORDS:
                        rank = (start > 0) * 2 + (not wording.main)
                        rows.append((" ".join(form[start:]), rank, wording.concept, wording.language, wording.form))
        self.entries = sorted(rows)
        self.keys = [row[0] for row in self.entries]

    def beginning_with(self, form: str, language: str) -> list[tuple[str, str]]:
        """(concept, wording) of what begins so: the reader's language first, labels first, short ones first."""
        first = bisect_left(self.keys, form)
        last = bisect_left(self.keys, form + "\U0010ffff", lo=first)

        def order(entry: tuple[str, int, str, str, str]) -> tuple[object, ...]:
            key, rank, concept, of, _ = entry
            away = 0 if of == language else 1 if of in EXPANDED_IN else 2
            return concept.startswith(LANGUAGE), away, rank, len(key), key

        return [(entry[2], entry[4]) for entry in sorted(self.entries[first:last], key=order)]


@dataclass(slots=True)
class _Kept:
    table: _Table | None = None


_kept = _Kept()


def _table(stamp: int) -> _Table:
    """The table of the lexicon in use; made once for each, in whichever thread asks first."""
    known = lexicon.current(stamp)
    table = _kept.table
    if table is None or table.lexicon is not known:
        table = _kept.table = _Table(known)
    return table
