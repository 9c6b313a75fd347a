"""What is asked. Principals are mandatory: nobody searches as nobody."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from search.document import FACETS
from search.registry import PlaceMatch, Sense
from search.state import State

MOST_REQUIRED = 12
# So many things asked for, most of them plain words, are a description.
FEWEST_DESCRIBING = 4
# Held in addition by whoever asks without words and without a place, by facets alone: `member` → `member+browsing`.
BROWSING = "browsing"


def browsing(principals: frozenset[str]) -> frozenset[str]:
    """The principals of a question by facets alone: some documents are for such questions only."""
    return principals | {f"{each}+{BROWSING}" for each in principals}


@dataclass(frozen=True, slots=True)
class Concept:
    """A vocabulary concept recognised in the words `form`; `label` is in the reader's language.

    Concepts of one form are alternatives. `words` are pairs (language, wording) that texts about it use. `guessed`: the
    form is only part of a wording, so whatever is asked for may lack the concept. `aside`: it only helps to rank, since
    its words mean something else together; without a form, several other concepts together mean it.
    """

    id: str
    form: str
    label: str
    words: tuple[tuple[str, str], ...] = ()
    guessed: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for, in terms every engine knows: any of `concepts`, a place, a language, or words in the text.

    `texts` are pairs (language, folded words in this order); language "" is a form in whatever language. The first
    is what was typed. `excluded`: what is about it is left out, whatever else matches. `beginning`: the last word of
    each text is the beginning of a word, and only titles and other names count (for suggestions). `guessed`: the
    concepts are not sure, so the clause weighs like a word.
    """

    concepts: tuple[str, ...] = ()
    place: PlaceMatch | None = None
    language: str = ""
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    required: bool = True
    excluded: bool = False
    beginning: bool = False
    guessed: bool = False

    @property
    def known(self) -> bool:
        """Recognised as something of the field, not just a word."""
        return not self.guessed and bool(self.concepts or self.place or self.language)


def finds_people(clause: Clause, asked: Iterable[Clause]) -> bool:
    """Whether being about this one of several things is enough to be listed among people, when all of them find few.

    Only something known: never some word. A language only where nothing else known is asked: whoever asks for a police
    officer in Ioannina who speaks Albanian is not helped by everybody who speaks Albanian.
    """
    if not (clause.required and clause.known):
        return False
    return not clause.language or all(each.language for each in asked if each.required and each.known)


@dataclass(frozen=True, slots=True)
class Correction:
    """A part of the query that was read as something else: a slip of the fingers, or another keyboard's layout."""

    typed: str
    taken: str


@dataclass(frozen=True)  # no slots: what is worked out once is kept beside the fields
class Understanding:
    """What the words were taken to mean. `rest` are the words that named nothing known.

    `other_places` are further places that one of the forms may mean; `removed`
    what the reader took out. `ambiguous`: senses of a form that the reader may have meant. `excluded`: what a leading
    minus leaves out. `beginning`: folded words, the last one perhaps unfinished, that a title must hold.
    `corrections`: what was read otherwise than it was typed; () when the reader asked for it `verbatim`.
    `respelled`: what is the same word in another spelling, or part of a compound; nothing to tell the reader.
    """

    text: str = ""
    concepts: tuple[Concept, ...] = ()
    places: tuple[PlaceMatch, ...] = ()
    languages: tuple[Concept, ...] = ()
    phrases: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    other_places: tuple[PlaceMatch, ...] = ()
    ambiguous: tuple[Sense, ...] = ()
    removed: tuple[str, ...] = ()
    excluded: tuple[Clause, ...] = ()
    beginning: str = ""
    most_required: int = MOST_REQUIRED
    corrections: tuple[Correction, ...] = ()
    respelled: tuple[Correction, ...] = ()
    verbatim: bool = False
    state: State | None = field(default=None, compare=False, repr=False)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Everything asked for, what is known first; beyond twelve, things only help to rank; last what is left out."""
        forms: dict[str, list[Concept]] = {}
        for concept in self.concepts:
            forms.setdefault(concept.form or concept.id, []).append(concept)
        found = [
            Clause(
                concepts=tuple(each.id for each in concepts),
                texts=tuple(dict.fromkeys([*self._texts(concepts[0].form), *_wordings(concepts)])),
                required=not all(each.aside for each in concepts),
                guessed=all(each.guessed for each in concepts),
            )
            for concepts in _each_once(forms.values())
        ]
        found += [Clause(place=place, texts=self._texts(place.form)) for place in self.places]
        found += [
            Clause(language=each.id.removeprefix("language:"), texts=(*self._texts(each.form), *_wordings([each])))
            for each in self.languages
        ]
        found += [Clause(texts=(("", _split(phrase)),)) for phrase in self.phrases]
        found += [Clause(texts=self._texts(word)) for word in dict.fromkeys(self.rest)]
        found += [Clause(texts=(("", _split(self.beginning)),), beginning=True)] if self.beginning else []
        asked, needed = [], 0
        for clause in found:
            needed += clause.required
            asked.append(replace(clause, required=clause.required and needed <= self.most_required))
        return (*asked, *(replace(clause, required=False, excluded=True) for clause in self.excluded))

    @cached_property
    def is_description(self) -> bool:
        """Whether it tells of something in several words of which most are nothing known: no text holds them all."""
        asked = [clause for clause in self.clauses if clause.required]
        return len(asked) >= FEWEST_DESCRIBING and 2 * sum(clause.known for clause in asked) < len(asked)

    def _texts(self, form: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The words as they were read, then as they were typed: a name that looked like a slip is still found."""
        read = form.split()
        if not read:
            return ()
        typed_as = {each.taken: each.typed for each in (*self.corrections, *self.respelled)}
        typed = list(dict.fromkeys(typed_as.get(word, word) for word in read))
        return tuple(("", tuple(each)) for each in ([read] if typed == read else [read, typed]))


def _each_once(meanings: Iterable[list[Concept]]) -> Iterator[list[Concept]]:
    """All but what only helps to rank and was meant before: the second of "child … children"."""
    met: set[tuple[str, ...]] = set()
    for concepts in meanings:
        meant = tuple(each.id for each in concepts)
        if meant not in met or not all(each.aside for each in concepts):
            yield concepts
        met.add(meant)


def _split(form: str) -> tuple[str, ...]:
    return tuple(form.split())


def _wordings(concepts: list[Concept]) -> list[tuple[str, tuple[str, ...]]]:
    return [(language, _split(form)) for each in concepts for language, form in each.words]


class Sort(StrEnum):
    """The order of the library's lists. People have an order of their own that no sort changes."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    EVIDENCE = "evidence"  # the best evidenced first; what could not be rated after what was; equals by relevance


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """One search. `facets`: OR inside a name, AND across names. `near`: a place and a radius in km.

    With one kind in `kinds` that kind is paged by `size`; otherwise each group shows its first five. `counted` names
    the facets that are to be counted: each costs time.
    """

    principals: frozenset[str]
    language: str
    understood: Understanding = field(default_factory=Understanding)
    kinds: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: PlaceMatch | None = None
    within_km: int = 100
    page: int = 1
    size: int = 20
    sort: Sort = Sort.RELEVANCE
    counted: tuple[str, ...] = FACETS

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Facets that filter; the kind is asked for by `kinds`."""
        return {name: values for name, values in self.facets.items() if values and name != "kind"}

    @property
    def has_criterion(self) -> bool:
        """Whether anything but the kind narrows it: people are never listed without."""
        asked = any(not clause.excluded for clause in self.understood.clauses)
        return bool(asked or self.chosen or self.near)
