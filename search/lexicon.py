"""The words of the field: which concepts a form of words may mean, in all languages at once."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search import registry
from search.normalise import words
from search.registry import Sense, Wording
from search.stemming import STEMMERS, stems

Form = tuple[str, ...]
# Words that share so many letters and differ in a short ending only are one word; a stem may be a little shorter.
LONG_ENOUGH, SHORTEST_STEM, LONGEST_ENDING = 5, 4, 3
# Texts are searched for other wordings of a concept too, in the languages whose words the engines stem.
EXPANDED_IN, MOST_EXPANSIONS = ("en", "fr", "ru"), 5


@dataclass(slots=True)
class Lexicon:
    """Wordings by exact form, by stems in their language, and by beginnings; labels by concept and language."""

    exact: dict[Form, list[Wording]] = field(default_factory=dict)
    stemmed: dict[str, dict[Form, list[tuple[Form, Wording]]]] = field(default_factory=dict)
    beginnings: dict[Form, list[tuple[Form, Wording]]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    expansions: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    senses: dict[str, list[Sense]] = field(default_factory=dict)
    known_words: set[str] = field(default_factory=set)
    longest: int = 1

    def add(self, wording: Wording) -> None:
        form = tuple(words(wording.form))
        if not form:
            return
        self.longest = max(self.longest, len(form))
        self.exact.setdefault(form, []).append(wording)
        self.known_words.update(form)
        if wording.main and not wording.hidden:
            self.labels.setdefault(wording.concept, {}).setdefault(wording.language, wording.form)
        # An abbreviation in a text is too often another word: “TIP” stems like “tips”.
        short = len(form) == 1 and (wording.form.isupper() or len(form[0]) <= SHORTEST_STEM - 1)
        if not wording.hidden and wording.language in EXPANDED_IN and not short:
            others = self.expansions.setdefault(wording.concept, {}).setdefault(wording.language, [])
            others.insert(0 if wording.main else len(others), " ".join(form))
        # “Albania” begins and in some languages stems like “albanais”: names of languages bend in Russian only.
        spoken = wording.concept.startswith("language:")
        if wording.language in STEMMERS and (not spoken or wording.language == "ru"):
            stemmed = self.stemmed.setdefault(wording.language, {})
            stemmed.setdefault(tuple(stems(form, wording.language)), []).append((form, wording))
        if wording.language != "en" and not spoken:
            self.beginnings.setdefault(_beginnings(form), []).append((form, wording))

    def exactly(self, form: Sequence[str], language: str) -> list[Wording]:
        """What a folded form means. One that means another thing in a foreign language means that of the reader's."""
        return _own(self.exact.get(tuple(form), []), language)

    def nearly(self, form: Sequence[str], language: str) -> list[Wording]:
        """What a form means that differs from a wording by its ending only."""
        asked = tuple(form)
        return _own(self._by_stems(asked) or self._by_beginnings(asked), language)

    def label(self, concept: str, language: str) -> str:
        """The concept's label for a reader, in English where their language has none; never a hidden wording."""
        labels = self.labels.get(concept, {})
        return labels.get(language) or labels.get("en") or next(iter(labels.values()), concept)

    def words_for(self, concept: str) -> tuple[tuple[str, str], ...]:
        """(language, folded words) that texts about a concept use: its label and the first other wordings."""
        return tuple(
            (language, form)
            for language, forms in self.expansions.get(concept, {}).items()
            for form in list(dict.fromkeys(forms))[:MOST_EXPANSIONS]
        )

    def _by_stems(self, form: Form) -> list[Wording]:
        found = []
        for language, forms in self.stemmed.items():
            for other, wording in forms.get(tuple(stems(form, language)), ()):
                if all(same_word(one, two, SHORTEST_STEM) for one, two in zip(form, other, strict=True)):
                    found.append(wording)
        return found

    def _by_beginnings(self, form: Form) -> list[Wording]:
        near = self.beginnings.get(_beginnings(form), ())
        return [wording for other, wording in near if all(map(same_word, form, other))]


def _own(found: list[Wording], language: str) -> list[Wording]:
    return [wording for wording in found if wording.language == language] or found


def _beginnings(form: Form) -> Form:
    return tuple(word[:LONG_ENOUGH] for word in form)


def same_word(one: str, other: str, shared_at_least: int = LONG_ENOUGH) -> bool:
    """Alike but for short endings: “опікуна” and “опікун”, “laws” and “law”; not “Rome” and “Roma”."""
    shorter, longer = sorted((one, other), key=len)
    if one == other or longer == shorter + "s":
        return True
    shared = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    # A long beginning allows a longer ending: “подросток” and “подростками”.
    ending = LONGEST_ENDING + (shared >= LONG_ENOUGH + 2)
    return shared >= shared_at_least and len(longer) - shared <= ending


def build(wordings: Iterable[Wording], senses: Iterable[Sense] = ()) -> Lexicon:
    """A lexicon of these wordings."""
    lexicon = Lexicon()
    for wording in wordings:
        lexicon.add(wording)
    for sense in senses:
        lexicon.senses.setdefault(" ".join(words(sense.form)), []).append(sense)
    return lexicon


@dataclass(slots=True)
class _Kept:
    stamp: int = -1
    lexicon: Lexicon = field(default_factory=Lexicon)
    facets: dict[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


_kept = _Kept()
_reading = threading.Lock()


def current(stamp: int) -> Lexicon:
    """The lexicon of all apps, read again when the stamp is another."""
    with _reading:
        _refresh(stamp)
        return _kept.lexicon


def facet_labels(stamp: int, facet: str) -> Mapping[str, Mapping[str, str]]:
    """Value → language → label of one facet, remembered as long as the stamp stays."""
    with _reading:
        _refresh(stamp)
        if facet not in _kept.facets:
            found: dict[str, Mapping[str, str]] = {}
            for labels in registry.concept_labels:
                found |= labels(facet)
            _kept.facets[facet] = found
        return _kept.facets[facet]


def forget() -> None:
    """The next search reads everything again; for tests that register words of their own."""
    _kept.stamp = -1


def _refresh(stamp: int) -> None:
    if _kept.stamp != stamp:
        _kept.lexicon, _kept.facets = build(_all_wordings(), _all_senses()), {}
        _kept.stamp = stamp


def _all_wordings() -> Iterator[Wording]:
    for lexicon in registry.lexicons:
        yield from lexicon()


def _all_senses() -> Iterator[Sense]:
    for senses in registry.senses:
        yield from senses()
