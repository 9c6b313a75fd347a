"""The words of the field: which concepts a form of words may mean, in all languages at once."""

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search import library_words, registry
from search.library_words import LibraryWords
from search.normalise import words
from search.registry import Combination, Sense, Wording
from search.scripts import skeleton
from search.stemming import SHORTEST_ROOT, roots, without_article
from search.stop_words import FUNCTION_WORDS, STOP_WORDS

Form = tuple[str, ...]
# Words that share so many letters and differ in a short ending only are one word; a stem may be a little shorter.
LONG_ENOUGH, SHORTEST_STEM, LONGEST_ENDING = 5, 4, 3
# These join long endings to one another: “öğretmenlerinden”.
AGGLUTINATING, LONGEST_CHAIN = frozenset({"fi", "hu", "tr"}), 6
# Languages whose endings the stemmers know least.
BY_BEGINNINGS = frozenset({"ar", "bg", "cs", "el", "hu", "pl", "ro", "ru", "sq", "sr", "tr", "uk"})
# Texts are searched for other wordings of a concept too, in the languages whose words the engines stem.
EXPANDED_IN, MOST_EXPANSIONS = ("en", "fr", "ru"), 5
# Languages that readers of another alphabet may write.
OTHER_ALPHABETS = frozenset({"bg", "bs", "el", "hr", "mk", "ru", "sr", "uk"})
# Wordings of so many words are also found when these stand apart or in another order.
LARGEST_BAG = 3
# A word points at a concept when it stands in several of its wordings, or in one that is a name of it, and in hardly
# any of others.
SHORTEST_POINTER, OF_A_NAME, FEWEST, MOSTLY = 5, 2, 3, 0.75
SPOKEN = "language:"


@dataclass(slots=True)
class Tongue:
    """The wordings of one language: by their stems, by the beginnings of their words, and by single telling words.

    `roots`: every stem with one of its words.
    """

    stemmed: dict[Form, list[tuple[Form, Wording]]] = field(default_factory=dict)
    beginnings: dict[Form, list[tuple[Form, Wording]]] = field(default_factory=dict)
    bags: dict[Form, list[Wording]] = field(default_factory=dict)
    pointers: dict[str, list[Wording]] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Lexicon:
    """Wordings by exact form in any language, and by less exact ones in each; labels by concept and language."""

    exact: dict[Form, list[Wording]] = field(default_factory=dict)
    joined: dict[str, list[Wording]] = field(default_factory=dict)
    skeletons: dict[Form, list[tuple[Form, Wording]]] = field(default_factory=dict)
    tongues: dict[str, Tongue] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    expansions: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    senses: dict[str, list[Sense]] = field(default_factory=dict)
    languages: dict[str, frozenset[str]] = field(default_factory=dict)
    combinations: tuple[Combination, ...] = ()
    library: LibraryWords = field(default_factory=LibraryWords)
    longest: int = 1

    def add(self, wordings: Iterable[Wording]) -> None:
        """Takes in wordings; those of one language are stemmed together."""
        by_language: dict[str, list[tuple[Form, Wording]]] = {}
        spoken: dict[str, set[str]] = {}
        for wording in wordings:
            if form := tuple(words(wording.form)):
                by_language.setdefault(wording.language, []).append((form, wording))
                self._add_form(form, wording)
                for word in form:
                    spoken.setdefault(word, set()).add(wording.language)
        for language, forms in by_language.items():
            self._add_tongue(language, forms)
        # Few different sets of languages: each is kept once.
        kept: dict[frozenset[str], frozenset[str]] = {}
        for word, languages in spoken.items():
            both = self.languages.get(word, frozenset()) | languages
            self.languages[word] = kept.setdefault(both, both)

    def _add_form(self, form: Form, wording: Wording) -> None:
        self.longest = max(self.longest, len(form))
        self.exact.setdefault(form, []).append(wording)
        if len(form) == 2 and min(map(len, form)) >= 3:
            self.joined.setdefault("".join(form), []).append(wording)
        if wording.main and not wording.hidden:
            self.labels.setdefault(wording.concept, {}).setdefault(wording.language, wording.form)
        # An abbreviation in a text is too often another word: “TIP” stems like “tips”.
        short = len(form) == 1 and (wording.form.isupper() or len(form[0]) <= SHORTEST_STEM - 1)
        if wording.language in EXPANDED_IN and not (wording.hidden or wording.everyday or short):
            others = self.expansions.setdefault(wording.concept, {}).setdefault(wording.language, [])
            others.insert(0 if wording.main else len(others), " ".join(form))
        if wording.language in OTHER_ALPHABETS:
            bones = tuple(skeleton(word, wording.language) for word in content(form, wording.language))
            self.skeletons.setdefault(_beginnings(bones), []).append((bones, wording))

    def _add_tongue(self, language: str, forms: Sequence[tuple[Form, Wording]]) -> None:
        tongue = self.tongues.setdefault(language, Tongue())
        every = list(dict.fromkeys(word for form, _ in forms for word in form))
        root_of = dict(zip(every, roots(every, language), strict=True))
        tongue.roots.update({root: word for word, root in root_of.items()})
        concepts_of: dict[str, Counter[str]] = {}
        for form, wording in forms:
            kept = content(form, language)
            stemmed = tuple(root_of[word] for word in kept)
            # “Albania” begins and in some languages stems like “albanais”: names of languages bend in Russian only.
            spoken = wording.concept.startswith(SPOKEN)
            if not spoken or language == "ru":
                tongue.stemmed.setdefault(stemmed, []).append((kept, wording))
            if spoken:
                continue
            if language in BY_BEGINNINGS:
                tongue.beginnings.setdefault(_beginnings(kept), []).append((kept, wording))
            if 1 < len(stemmed) <= LARGEST_BAG:
                tongue.bags.setdefault(tuple(sorted(stemmed)), []).append(wording)
            if len(stemmed) > 1:
                for word, root in zip(kept, stemmed, strict=True):
                    if len(word) >= SHORTEST_POINTER:
                        tongue.pointers.setdefault(root, []).append(wording)
            for root in stemmed:
                concepts_of.setdefault(root, Counter())[wording.concept] += 1 if wording.everyday else OF_A_NAME
        tongue.pointers = {
            root: [each for each in wordings if each.concept == concept]
            for root, wordings in tongue.pointers.items()
            for concept, weight in concepts_of[root].most_common(1)
            if weight >= FEWEST and weight >= concepts_of[root].total() * MOSTLY
        }

    def exactly(self, form: Form) -> list[Wording]:
        """What a folded form means, in whatever language; “street work” and “streetwork” are one."""
        found = self.exact.get(form, [])
        if not found and len(form) == 1:
            found = self.joined.get(form[0], [])
        if not found and len(form) == 2 and min(map(len, form)) >= 3:
            found = self.exact.get(("".join(form),), [])
        return found

    def by_stems(self, form: Form, stemmed: Form, language: str) -> list[Wording]:
        """What words mean that differ from a wording of the language by their endings."""
        tongue = self.tongues.get(language)
        near = tongue.stemmed.get(stemmed, ()) if tongue else ()
        shortest = SHORTEST_STEM
        return [
            wording
            for other, wording in near
            if all(same_word(one, two, shortest, language) for one, two in zip(form, other, strict=True))
        ]

    def by_beginnings(self, form: Form, language: str) -> list[Wording]:
        """The same for languages whose endings no stemmer knows well."""
        tongue = self.tongues.get(language)
        near = tongue.beginnings.get(_beginnings(form), ()) if tongue else ()
        return [
            wording
            for other, wording in near
            if all(same_word(one, two, LONG_ENOUGH, language) for one, two in zip(form, other, strict=True))
        ]

    def by_skeletons(self, bones: Form) -> list[Wording]:
        """What words of another alphabet mean; short ones must be the same to the last letter."""
        near = self.skeletons.get(_beginnings(bones), ())
        return [wording for other, wording in near if all(map(same_word, bones, other))]

    def is_ordinary(self, word: str) -> bool:
        """Whether a folded word stands in a wording or in the library's own texts."""
        return word in self.languages or word in self.library.counts

    def is_word(self, word: str) -> bool:
        """Whether a folded word is one of some language that we know anything of."""
        return word in STOP_WORDS or self.is_ordinary(word) or (len(word) >= LONG_ENOUGH and self.knows(word))

    def knows(self, word: str, language: str | None = None) -> bool:
        """Whether a folded word is ordinary or differs from a wording's word by its ending."""
        return self.is_ordinary(word) or any(
            roots([word], each)[0] in tongue.roots
            for each, tongue in self.tongues.items()
            if language is None or each == language
        )

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


def content(form: Form, language: str) -> Form:
    """The words that say something; all of them where fewer than two do: “in care” is not “care”."""
    small = FUNCTION_WORDS.get(language, frozenset())
    kept = tuple(word for word in form if word not in small)
    return kept if len(kept) > 1 else form


def _beginnings(form: Form) -> Form:
    return tuple(word[:LONG_ENOUGH] for word in form)


def same_word(one: str, other: str, shared_at_least: int = LONG_ENOUGH, language: str = "") -> bool:
    """Alike but for short endings: “опікуна” and “опікун”, “laws” and “law”; not “Rome” and “Roma”."""
    if language == "ar":
        one, other = without_article(one), without_article(other)
        shared_at_least = min(shared_at_least, SHORTEST_ROOT)
    shorter, longer = sorted((one, other), key=len)
    if one == other or longer == shorter + "s":
        return True
    shared = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    if language in AGGLUTINATING and shared == len(shorter) >= shared_at_least:
        return len(longer) - shared <= LONGEST_CHAIN
    # A long beginning allows a longer ending: “подросток” and “подростками”.
    ending = LONGEST_ENDING + (shared >= LONG_ENOUGH + 2)
    return shared >= shared_at_least and len(longer) - shared <= ending


def build(
    wordings: Iterable[Wording],
    senses: Iterable[Sense] = (),
    combinations: Iterable[Combination] = (),
    library: LibraryWords | None = None,
) -> Lexicon:
    """A lexicon of these wordings."""
    lexicon = Lexicon(combinations=tuple(combinations), library=library or LibraryWords())
    lexicon.add(wordings)
    for sense in senses:
        lexicon.senses.setdefault(" ".join(words(sense.form)), []).append(sense)
    return lexicon


@dataclass(slots=True)
class _Kept:
    """What was read at a stamp, each when it is first asked for."""

    stamp: int = -1
    lexicon: Lexicon | None = None
    facets: dict[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


_kept = _Kept()
_reading = threading.Lock()


def current(stamp: int) -> Lexicon:
    """The lexicon of all apps, read again when the stamp is another."""
    with _reading:
        _refresh(stamp)
        if _kept.lexicon is None:
            _kept.lexicon = _read()
        return _kept.lexicon


def wordings() -> list[tuple[str, str]]:
    """(language, text) of every wording of a concept of all apps; names of languages are single words in most."""
    read = (wording for of_app in registry.lexicons for wording in of_app())
    return [(each.language, each.form) for each in read if not each.concept.startswith(SPOKEN)]


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
        _kept.stamp, _kept.lexicon, _kept.facets = stamp, None, {}


def _read() -> Lexicon:
    return build(
        (wording for of_app in registry.lexicons for wording in of_app()),
        (sense for of_app in registry.senses for sense in of_app()),
        (combination for of_app in registry.combinations for combination in of_app()),
        library_words.read(),
    )
