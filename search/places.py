"""Which words of a query are places, and which of several places is meant."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from search import registry
from search.normalise import fold
from search.reading import Token
from search.registry import PlaceMatch
from search.spelling import edits, has_same_letters
from search.stop_words import EVERYDAY, PREPOSITIONS, STOP_WORDS

LONGEST_NAME = 4
SHORTEST_NAME = 4
MOST_OFFERED = 3
# A single name written small must be one of so many people: by its main name, by another, which fewer know.
SMALLEST, SMALLEST_AFTER_PREPOSITION = (15_000, 100_000), (0, 30_000)
# From these lengths on a word may be a misspelt name: with its letters doubled or swapped; with another letter inside
# (not at the end, for endings bend) after a preposition, there with two, and anywhere.
SHORTEST_SLIP, SHORTEST_AFTER_PREPOSITION, SHORTEST_TWICE, SHORTEST_ANYWHERE = 6, 9, 12, 10
# Endings of Cyrillic place names after a preposition, and what the name may end in: “в Тиране”, “из Албании”.
_ENDINGS = {
    "ии": ("ия",), "ией": ("ия",), "ию": ("ия",), "ах": ("ы", "и", "а"), "ой": ("а", "ая"), "е": ("а", "", "о"),
    "и": ("ь", "а", "я"), "у": ("а", ""), "ы": ("а",), "ю": ("я", "ь"), "а": ("",), "ом": ("",), "і": ("а", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """Chosen places with the words they took, and others that the same words may mean."""

    chosen: tuple[PlaceMatch, ...] = ()
    others: tuple[PlaceMatch, ...] = ()
    taken: frozenset[int] = frozenset()


def find(
    tokens: Sequence[Token],
    free: Sequence[bool],
    is_ordinary: Callable[[str], bool],
    doubtful: Set[str] = frozenset(),
) -> FoundPlaces:
    """Places among the free words: after a preposition, capitalised, or where it is no other word. One query.

    `is_ordinary` says of a folded word whether texts or wordings use it. `doubtful` words resemble something known:
    they are a place only by its main name.
    """
    spans = _candidates(tokens, free, is_ordinary)
    forms = {variant for span in spans for variant in variants(_form(tokens, span))}
    matches = _look_up(sorted(forms)) if forms else {}
    chosen: list[PlaceMatch] = []
    others: list[PlaceMatch] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (span.start - span.stop, span.start)):
        if taken.intersection(span):
            continue
        form = _form(tokens, span)
        found = best(next((matches[variant] for variant in variants(form) if variant in matches), []))
        if found and _is_meant(tokens, span, found[0], doubtful):
            taken.update(span)
            first, *more = found
            chosen.append(replace(first, form=form))
            # The largest of each other country: a region named after its town is no other place.
            elsewhere: dict[str, PlaceMatch] = {first.country: first}
            for each in more:
                elsewhere.setdefault(each.country, each)
            others += [replace(each, form=form) for each in list(elsewhere.values())[1 : MOST_OFFERED + 1]]
    return FoundPlaces(tuple(chosen), tuple(others), frozenset(taken))


def named(value: str) -> PlaceMatch | None:
    """The place of a gazetteer id or a name; None when there is none. One query, two when it is a name."""
    for finder in registry.places_by_id:
        if found := finder([value]):
            return found[0]
    form = fold(value)
    found_names = best([match for each in _look_up([form] if form else []).values() for match in each])
    return found_names[0] if found_names else None


def is_misspelt(tokens: Sequence[Token], at: int, meant: str, names: Set[str]) -> bool:
    """Whether a word that nobody knows is a slip for this word of `names`, the folded names of places.

    Most words of any language are in none of our lists, and many are one letter from some town: “lantern”, “monster”,
    “sacrament” must stay what they are. So the letters must be the same, or something else must speak for a place.
    """
    word = tokens[at].word
    if min(len(word), len(meant)) < SHORTEST_SLIP or not _stands_in_name(tokens, at, meant, names):
        return False
    if has_same_letters(word, meant):
        return True
    after, slips = _after_preposition(tokens, at), edits(word, meant)
    if slips > 1:
        return after and len(word) >= SHORTEST_TWICE
    return word[-1] == meant[-1] and len(word) >= (SHORTEST_AFTER_PREPOSITION if after else SHORTEST_ANYWHERE)


def _stands_in_name(tokens: Sequence[Token], at: int, meant: str, names: Set[str]) -> bool:
    """Whether a word, put where another stands, makes a whole name alone or with its neighbours."""
    words = [meant if other == at else token.word for other, token in enumerate(tokens)]
    starts = range(max(0, at - LONGEST_NAME + 1), at + 1)
    return any(
        " ".join(words[start:stop]) in names for start in starts for stop in range(at + 1, start + LONGEST_NAME + 1)
    )


def _after_preposition(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].word in PREPOSITIONS


def best(matches: Sequence[PlaceMatch]) -> list[PlaceMatch]:
    """Main names before alternates, which a main name rules out; then countries, then the larger; each place once."""
    main = [match for match in matches if match.main] or list(matches)
    order = {"country": 0, "municipality": 1, "region": 2}
    ordered = sorted(main, key=lambda match: (order.get(match.kind, 3), -match.population, match.id))
    return list({match.id: match for match in ordered}.values())


def variants(form: str) -> list[str]:
    """The form itself and, in Cyrillic, the names it may be a case of."""
    found = [form]
    last = form.rsplit(" ", 1)[-1]
    if any("а" <= letter <= "я" or letter in "іїє" for letter in last) and len(last) >= SHORTEST_NAME:
        for ending, names in _ENDINGS.items():
            if form.endswith(ending):
                found += [form[: -len(ending)] + name for name in names]
    return list(dict.fromkeys(found))


def _is_meant(tokens: Sequence[Token], span: range, place: PlaceMatch, doubtful: Set[str]) -> bool:
    """Written small and alone, only a name that many know is a place: “made”, “time” and “wave” are villages too."""
    if not tokens[span.start].capital and len(span) == 1 and place.kind != "country":
        by_main, by_other = SMALLEST_AFTER_PREPOSITION if _after_preposition(tokens, span.start) else SMALLEST
        if place.population < (by_main if place.main else by_other):
            return False
    return place.main or not doubtful >= {tokens[at].word for at in span}


def _candidates(tokens: Sequence[Token], free: Sequence[bool], is_ordinary: Callable[[str], bool]) -> list[range]:
    spans = []
    for start in range(len(tokens)):
        for stop in range(start + 1, min(start + LONGEST_NAME, len(tokens)) + 1):
            span = range(start, stop)
            if all(free[at] for at in span) and _may_be_place(tokens, span, is_ordinary):
                spans.append(span)
    return spans


def _may_be_place(tokens: Sequence[Token], span: range, is_ordinary: Callable[[str], bool]) -> bool:
    inside = [tokens[at] for at in span]
    if len(_form(tokens, span)) < SHORTEST_NAME or all(token.word in STOP_WORDS for token in inside):
        return False
    if _after_preposition(tokens, span.start):
        return inside[0].word not in STOP_WORDS or inside[0].capital
    # Phones write the first word with a capital, so there it says nothing.
    if inside[0].capital and span.start:
        return inside[0].word not in STOP_WORDS
    word = inside[0].word
    return len(inside) > 1 or not (word in EVERYDAY or word in STOP_WORDS or is_ordinary(word))


def _form(tokens: Sequence[Token], span: range) -> str:
    return " ".join(tokens[at].word for at in span)


def _look_up(forms: Sequence[str]) -> Mapping[str, list[PlaceMatch]]:
    found: dict[str, list[PlaceMatch]] = {}
    for finder in registry.place_finders:
        for match in finder(forms):
            found.setdefault(match.form, []).append(match)
    return found
