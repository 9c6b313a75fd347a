"""Finding wordings of concepts among the words of a query: the surest and longest first, then what resembles one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from search.lexicon import EXPANDED_IN, LARGEST_BAG, OTHER_ALPHABETS, SPOKEN, Lexicon
from search.reading import Reading, Token
from search.registry import Wording
from search.scripts import script, skeleton
from search.stemming import roots
from search.stop_words import FUNCTION_WORDS, STOP_WORDS, STOP_WORDS_BY_LANGUAGE

# A language counts as one that the query may be in with this share of the evidence for the likeliest.
PLAUSIBLE, SAME = 0.4, 0.75
READERS_OWN = 0.25
# With less evidence than this nothing is said of a language.
LEAST_SAID = 1.0
SHORTEST_SKELETON, SHORTEST_FOREIGN = 4, 6
# A word so short is too often another one in another language (“Pass”).
LONGEST_SHORT = 4
# “tou” and “dlya” hold words together in Latin letters too.
SMALL_SKELETONS = frozenset(
    skeleton(word, language) for language in OTHER_ALPHABETS for word in FUNCTION_WORDS.get(language, ())
)
FARTHEST_APART = 2
SCRIPT_OF = {"el": "Grek", "ar": "Arab", **dict.fromkeys(("bg", "kk", "ky", "mk", "ru", "tg", "uk"), "Cyrl")}


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the query and what it was found to mean; the concepts are alternatives, the likeliest first.

    `aside`: its words mean something else together, or other mentions together mean it.
    """

    at: int
    places: tuple[int, ...]
    wordings: tuple[Wording, ...]
    guessed: bool = False
    aside: bool = False


def _sum(evidence: Iterable[Mapping[str, float]]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for each in evidence:
        for language, score in each.items():
            scores[language] = scores.get(language, 0.0) + score
    return scores


@dataclass
class Matcher:
    """One query against the lexicon. `language` is the reader's."""

    tokens: Sequence[Token]
    known: Lexicon
    language: str
    roots: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def _evidence_of_each(self) -> list[dict[str, float]]:
        """What each word says of the language of the query."""
        found: list[dict[str, float]] = []
        for token in self.tokens:
            scores: dict[str, float] = {}
            languages = [name for name, some in STOP_WORDS_BY_LANGUAGE.items() if token.word in some]
            for some in (languages, self.known.languages.get(token.word, ())):
                for each in some:
                    scores[each] = scores.get(each, 0.0) + 1 / len(some)
            if of_library := self.known.library.languages.get(token.word):
                scores[of_library] = scores.get(of_library, 0.0) + 1
            found.append(scores)
        return found

    @cached_property
    def evidence(self) -> dict[str, float]:
        """How much speaks for each language that the query may be in, the likeliest first."""
        scores = _sum(self._evidence_of_each)
        if not scores:
            scripts = {script(token.word) for token in self.tokens}
            return {each: 1.0 for each in self.known.tongues if SCRIPT_OF.get(each, "Latn") in scripts}
        if self.language in scores:
            scores[self.language] += READERS_OWN
        return dict(sorted(scores.items(), key=lambda pair: -pair[1]))

    @cached_property
    def plausible(self) -> list[str]:
        """The languages that the query may well be in."""
        least = max(self.evidence.values(), default=0.0) * PLAUSIBLE
        return [language for language, score in self.evidence.items() if score >= least]

    def spoken_by_others(self, at: int) -> set[str]:
        """The languages that the words but for one are in; none where they say too little."""
        others = _sum(scores for other, scores in enumerate(self._evidence_of_each) if other != at)
        most = max(others.values(), default=0.0)
        return {each for each, score in others.items() if score >= max(most * PLAUSIBLE, LEAST_SAID)}

    def is_foreign(self, at: int) -> bool:
        """Whether a word is known, but in other languages only than those that the words around it are in."""
        if len(self.tokens[at].word) < SHORTEST_FOREIGN:
            return False
        languages = self._evidence_of_each[at].keys()
        others = self.spoken_by_others(at)
        return bool(languages and others and others.isdisjoint(languages))

    @cached_property
    def small(self) -> list[bool]:
        """Which words only hold others together."""
        lists = [FUNCTION_WORDS[each] for each in self.plausible if each in FUNCTION_WORDS]
        return [any(token.word in some for some in lists) for token in self.tokens]

    def mentions(self, reading: Reading, *, sure: bool) -> Iterator[Mention]:
        """Takes words with a meaning out of the reading. Before places come sure matches only.

        Not sure are single words that only resemble a wording, words of another alphabet, and foreign names of
        languages, which are often places here (“Malta”).
        """
        for span in self._spans(reading):
            if all(reading.free[at] for at in span) and (found := self._means(span, sure=sure)):
                reading.take(span)
                yield Mention(span.start, tuple(span), tuple(found))
                yield from self._people_inside(span, found)

    def guesses(self, reading: Reading) -> Iterator[Mention]:
        """What is left: words that belong with others near them, then words that stand in wordings of few concepts."""
        left = [at for at, free in enumerate(reading.free) if free and not self._says_nothing(at)]
        says = [at for at, small in enumerate(self.small) if not small]
        for at in left:
            if reading.free[at] and (bag := self._bag(at, says)):
                reading.take(bag.places)
                yield bag
        for at in left:
            if reading.free[at] and (found := self._pointed_at(at)):
                reading.take((at,))
                yield Mention(at, (at,), tuple(found), guessed=True)

    def _people_inside(self, span: range, whole: Sequence[Wording]) -> Iterator[Mention]:
        """People named inside another phrase: “kids” in “kids begging”, not those in a name of such people."""
        named = {each.people for each in whole if not each.everyday}
        inside = [range(at, stop) for at in span for stop in range(at + 1, span.stop + 1) if stop - at < len(span)]
        taken: set[int] = set()
        for part in sorted(inside, key=len, reverse=True):
            if taken.isdisjoint(part):
                found = [each for each in self._names(part) if each.people and each.people not in named]
                if found:
                    taken.update(part)
                    yield Mention(part.start, tuple(part), tuple(found), aside=True)

    def is_known(self, at: int) -> bool:
        """Whether a word is one of ours or differs from one by its ending, in a language that the query may be in."""
        return self.is_written_so(at) or any(
            self._root(each, at) in self.known.tongues[each].roots for each in self._spoken_here()
        )

    def is_written_so(self, at: int) -> bool:
        """Whether a word stands as it is in our lists, wordings or texts."""
        word = self.tokens[at].word
        return word in STOP_WORDS or self.known.is_ordinary(word)

    def resembles(self, at: int) -> bool:
        """Whether a word differs from a wording by its ending only."""
        return bool(self._resembles([at]))

    def _spans(self, reading: Reading) -> list[range]:
        """Stretches of free words: those with most to say first, then the longest, then from the left."""
        count = len(self.tokens)
        spans = [
            range(start, stop)
            for start in range(count)
            for stop in range(start + 1, min(start + self.known.longest, count) + 1)
            if all(reading.free[start:stop])
        ]
        says = [0]
        for each in self.small:
            says.append(says[-1] + (not each))
        return sorted(spans, key=lambda span: (says[span.start] - says[span.stop], -len(span), span.start))

    def _means(self, span: range, *, sure: bool) -> list[Wording]:
        form = tuple(self.tokens[at].word for at in span)
        if len(form) == 1 and self._says_nothing(span.start) and not self.tokens[span.start].abbreviation:
            return []
        found = self.known.exactly(form)
        if sure:
            found = [each for each in found if not each.concept.startswith(SPOKEN) or self._familiar(each)]
        if len(form) == 1 and len(form[0]) <= LONGEST_SHORT and not self.tokens[span.start].abbreviation:
            found = [each for each in found if each.language in self.plausible]
        if found:
            return [*self._likeliest(found), *self._names_besides(span, found)]
        if self.small[span.start] or self.small[span.stop - 1]:
            return []
        kept = [at for at in span if not self.small[at]]
        if len(kept) > 1 or not sure:
            return self._resembles(kept) or ([] if sure and len(kept) < 2 else self._in_other_alphabet(kept))
        return []

    def _names_besides(self, span: range, whole: Sequence[Wording]) -> list[Wording]:
        """Names of concepts in the only telling word of a form that is none: “in detention” is about detention too."""
        kept = [at for at in span if not self.small[at]]
        if len(kept) != 1 or not all(each.everyday for each in whole):
            return []
        found = [*self.known.exactly((self.tokens[kept[0]].word,)), *self._by_stems(kept)]
        return self._likeliest([each for each in found if not each.everyday])

    def _resembles(self, kept: Sequence[int]) -> list[Wording]:
        form = tuple(self.tokens[at].word for at in kept)
        found = self._by_stems(kept) or [
            each for language in self._spoken_here() for each in self.known.by_beginnings(form, language)
        ]
        return self._likeliest(found)

    def _by_stems(self, kept: Sequence[int]) -> list[Wording]:
        form = tuple(self.tokens[at].word for at in kept)
        return [
            each
            for language in self._spoken_here()
            for each in self.known.by_stems(form, tuple(self._root(language, at) for at in kept), language)
        ]

    def _names(self, part: range) -> list[Wording]:
        """What a part of a phrase means by itself, endings apart."""
        if self.small[part.start] or self.small[part.stop - 1]:
            return []
        form = tuple(self.tokens[at].word for at in part)
        return self._likeliest(self.known.exactly(form) or self._by_stems([at for at in part if not self.small[at]]))

    def _in_other_alphabet(self, kept: Sequence[int]) -> list[Wording]:
        if all(self.is_known(at) for at in kept):
            return []
        bones = tuple(skeleton(self.tokens[at].word, "sr") for at in kept)
        if bones[0] in SMALL_SKELETONS or bones[-1] in SMALL_SKELETONS:
            return []
        bones = tuple(each for each in bones if each not in SMALL_SKELETONS)
        if min(map(len, bones)) < SHORTEST_SKELETON:
            return []
        return self.known.by_skeletons(bones)

    def _bag(self, at: int, says: Sequence[int]) -> Mention | None:
        """The largest wording whose words are this one and others near it, in any order."""
        here = says.index(at)
        near = [other for place, other in enumerate(says) if 0 < abs(place - here) <= FARTHEST_APART]
        for size in range(LARGEST_BAG - 1, 0, -1):
            for others in combinations(near, size):
                places = tuple(sorted((at, *others)))
                found: list[Wording] = []
                for language in self._spoken_here():
                    bag = tuple(sorted(self._root(language, each) for each in places))
                    found += self.known.tongues[language].bags.get(bag, ())
                if found:
                    return Mention(places[0], places, tuple(self._likeliest(found)))
        return None

    def _pointed_at(self, at: int) -> list[Wording]:
        if self.known.library.is_common(self.tokens[at].word):
            return []
        found: list[Wording] = []
        for language in self._spoken_here():
            found += self.known.tongues[language].pointers.get(self._root(language, at), ())
        return self._likeliest(found)

    def _likeliest(self, found: Sequence[Wording]) -> list[Wording]:
        """Wordings of the languages that the query is most likely in; labels before other wordings."""
        here = {each.language for each in found}
        scores = {language: self.evidence.get(language, 0.0) for language in here}
        if len(here) > 1 and (most := max(scores.values())):
            here = {language for language, score in scores.items() if score >= most * SAME}
        return sorted(
            (each for each in found if each.language in here),
            key=lambda each: (each.everyday, not each.main, not each.people),
        )

    def _familiar(self, wording: Wording) -> bool:
        return wording.language == self.language or wording.language in EXPANDED_IN

    def _says_nothing(self, at: int) -> bool:
        return self.tokens[at].word in STOP_WORDS and any(
            self.tokens[at].word in STOP_WORDS_BY_LANGUAGE.get(each, ()) for each in self.plausible
        )

    def _spoken_here(self) -> list[str]:
        return [each for each in self.plausible if each in self.known.tongues]

    def _root(self, language: str, at: int) -> str:
        if language not in self.roots:
            self.roots[language] = roots([token.word for token in self.tokens], language)
        return self.roots[language][at]
