"""Who can be found: each app's `search_index.py` registers here; search itself knows no app."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from django.db import models

from search.document import Index, SearchDocument
from search.results import Card


class Searchable(Protocol):
    """How one family of records becomes documents and, checked again in the database, cards.

    One of the library also has `by_title`, one of the directory `from_database`.
    """

    index: Index

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its keys."""
        ...

    def all_keys(self) -> Iterator[str]:
        """The key of every record that may have documents, hidden ones included."""
        ...

    def to_documents(self, keys: Sequence[str]) -> Mapping[str, Sequence[SearchDocument]]:
        """Documents by key, read from the database now; a key that is absent or empty is removed."""
        ...

    def recheck(self, keys: Sequence[str], principals: frozenset[str], language: str) -> Mapping[str, Card]:
        """Cards by key for those of `keys` that these principals may see now; one query a model."""
        ...


@runtime_checkable
class FoundByTitle(Protocol):
    """What a family of the library gives where no index of it can be asked."""

    def by_title(self, words: Sequence[str], kinds: Sequence[str], language: str, most: int) -> Sequence[str]:
        """Keys of at most `most` public records whose title holds all these words, as readers of a language see them.

        Without words the newest. `kinds` limits them to some of its kinds, () to none.
        """
        ...


@runtime_checkable
class ReadForViewer(Protocol):
    """What a family of the directory gives where its index cannot be asked or must not be believed."""

    def from_database(self, principals: frozenset[str]) -> tuple[Sequence[SearchDocument], bool]:
        """Each record as these principals may see it now, and whether that is all of them: it is bounded."""
        ...


@dataclass(frozen=True, slots=True)
class Wording:
    """A form that readers use for a concept. `hidden` ones match but are never displayed.

    `everyday` ones are what people type who mean the concept, not another name of it (“boss keeps passport”): texts
    are not searched for them. `people`: the concept is people, who
    are meant inside other phrases too; it names the list they stand in (“target_group”, “profession”).

    Names of languages are concepts `language:<code>`: somebody who speaks it.
    """

    form: str
    concept: str
    language: str
    main: bool = False
    hidden: bool = False
    everyday: bool = False
    people: str = ""


@dataclass(frozen=True, slots=True)
class Combination:
    """“Children” and “prostitution” in one query mean the sexual exploitation of children."""

    concept: str
    parts: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of an ambiguous form: a concept of the vocabulary, or in words what else it may mean.

    `languages` are those in which the form has this meaning.
    """

    form: str
    concept: str = ""
    gloss: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A gazetteer place that a form of words may mean; `country`, `kind`, `population` help to choose."""

    id: str
    form: str
    name: str
    kind: str
    country: str
    population: int
    latitude: float
    longitude: float
    main: bool


Dependents = Callable[[models.Model], Iterable[str]]
# Facet name → value → interface language → label; {} for a facet that is not this app's. Asked once a stamp.
FacetLabels = Callable[[str], Mapping[str, Mapping[str, str]]]

searchables: list[Searchable] = []
dependents: dict[type[models.Model], list[Dependents]] = {}
lexicons: list[Callable[[], Iterable[Wording]]] = []
senses: list[Callable[[], Iterable[Sense]]] = []
concept_labels: list[FacetLabels] = []
word_models: set[type[models.Model]] = set()
# Concept → its broader concept.
broader: list[Callable[[], Mapping[str, str]]] = []
# Concepts that together mean another: one of each set was understood, so this one is meant too.
combinations: list[Callable[[], Iterable["Combination"]]] = []
# Folded names of places that many people know: what a misspelt word may mean.
place_names: list[Callable[[], Iterable[str]]] = []
# Keys of records whose documents changed by time alone from one day to another.
outgrown: list[Callable[[date, date], Iterable[str]]] = []
# Entered while documents are made: what an app remembers for its pages is read from the database there.
reading_anew: list[Callable[[], AbstractContextManager[object]]] = []
# Both take many forms or ids at once and cost one query. Forms are folded.
place_finders: list[Callable[[Sequence[str]], Sequence[PlaceMatch]]] = []
places_by_id: list[Callable[[Sequence[str]], Sequence[PlaceMatch]]] = []
# (folded beginnings of names, how many at most) → places, main names and large places first; one query.
place_beginnings: list[Callable[[Sequence[str], int], Sequence[PlaceMatch]]] = []


def searchable[S: Searchable](target: type[S]) -> type[S]:
    """Class decorator: registers one instance."""
    searchables.append(target())
    return target


def depends(model: type[models.Model]) -> Callable[[Dependents], Dependents]:
    """Function decorator: a save or delete of `model` re-indexes the keys that the function names."""

    def register(function: Dependents) -> Dependents:
        dependents.setdefault(model, []).append(function)
        return function

    return register


def changes_words(*models_: type[models.Model]) -> None:
    """A save or delete of these models changes a lexicon or a label: they are read again."""
    word_models.update(models_)


def broader_concepts() -> dict[str, str]:
    """Each concept that has one → its broader concept, of all apps."""
    return {narrow: wide for of_app in broader for narrow, wide in of_app().items()}


def of_key(key: str) -> Searchable | None:
    """The searchable whose kinds hold this key's kind."""
    kind = key.partition(":")[0]
    return next((each for each in searchables if kind in each.kinds), None)


def is_of(key: str, index: Index) -> bool:
    """Whether the documents of a key stand in this physical index."""
    searchable_of_key = of_key(key)
    return searchable_of_key is not None and searchable_of_key.index == index


def in_index(index: Index) -> list[Searchable]:
    """The searchables of one physical index."""
    return [each for each in searchables if each.index == index]
