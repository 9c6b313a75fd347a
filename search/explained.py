"""What a query was taken to mean, in words for the page, each with the query or the parameter that takes it back."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search import labels, lexicon
from search.lexicon import Lexicon
from search.normalise import fold
from search.query import Clause, Concept, Understanding
from search.registry import Sense
from search.rephrase import replaced, without_left_out

LANGUAGE = "language:"


@dataclass(frozen=True, slots=True)
class Understood:
    """A thing asked for: its label, and the id that is given as `not` to take it out."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A thing left out by a leading minus: its label, and the words that are asked without it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """The words that were searched for in place of the typed ones."""

    text: str
    typed: str


@dataclass(frozen=True, slots=True)
class Sensed:
    """One sense of an ambiguous form. `taken`: it alone is what was searched for. Another one is asked for by other
    words, by leaving out the ids of `without`, or by the place `near`; `restored` are ids that must not be left out.
    """

    label: str
    taken: bool = False
    text: str = ""
    without: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    near: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A form as typed, with its senses."""

    form: str
    senses: tuple[Sensed, ...]


def understood(what: Understanding) -> Iterator[Understood]:
    """Every concept, place and language that was recognised, once each."""
    names = [(each.id, each.label) for each in what.concepts]
    names += [(each.id, _("near %(place)s") % {"place": each.name}) for each in what.places]
    names += [(each.id, _("speaks: %(language)s") % {"language": each.label}) for each in what.languages]
    for identity, label in dict(names).items():
        yield Understood(label, identity)


def left_out(what: Understanding, language: str) -> Iterator[LeftOut]:
    """What a leading minus leaves out."""
    known = _lexicon(what)
    for clause in what.excluded:
        form = _typed(clause)
        concepts = clause.concepts or ((LANGUAGE + clause.language,) if clause.language else ())
        # A word of several concepts leaves out all of them: no one label says so.
        label = known.label(concepts[0], language) if len(concepts) == 1 else form
        name = clause.place.name if clause.place else label
        yield LeftOut(_("without %(what)s") % {"what": name}, without_left_out(what.text, form))


def corrected(what: Understanding) -> Corrected | None:
    """The query as it was searched, where words were taken for others."""
    text = what.text
    for each in what.corrections:
        text = replaced(text, each.typed, each.taken)
    return Corrected(text, what.text) if what.corrections else None


def ambiguous(what: Understanding, language: str) -> Iterator[Ambiguous]:
    """Forms that may mean several things: of the vocabulary, of the list of abbreviations, of the gazetteer."""
    listed: dict[str, list[Sense]] = {}
    for sense in what.ambiguous:
        listed.setdefault(fold(sense.form), []).append(sense)
    for form, senses in listed.items():
        yield Ambiguous(senses[0].form, tuple(_listed(what, form, senses, language)))
    by_form: dict[str, list[Concept]] = {}
    for concept in (each for each in what.concepts if not each.aside):
        by_form.setdefault(concept.form, []).append(concept)
    for form, concepts in by_form.items():
        if len(concepts) > 1 and form not in listed:
            yield Ambiguous(form, tuple(_alternatives(concepts)))
    for place in what.places:
        others = [each for each in what.other_places if each.form == place.form]
        if others:
            chosen = Sensed(_at(place.name, place.country, what, language), taken=True)
            offered = [
                Sensed(_at(each.name, each.country, what, language), near=each.id, without=(place.id,))
                for each in others
            ]
            yield Ambiguous(place.name, (chosen, *offered))


def _listed(what: Understanding, form: str, senses: list[Sense], language: str) -> Iterator[Sensed]:
    """Senses of the reviewed list: a concept is asked for by its label, what is outside by the word itself."""
    known = _lexicon(what)
    taken = {concept.id for concept in what.concepts if concept.form == form}
    every = tuple(sense.concept for sense in senses if sense.concept)
    for sense in senses:
        meaning = known.label(sense.concept, language) if sense.concept else sense.gloss
        text = replaced(what.text, form, meaning if sense.concept else f'"{sense.form}"')
        label = _in_language(meaning, sense.languages, what, language)
        yield Sensed(label, taken=taken == {sense.concept}, text=text, restored=every)


def _alternatives(concepts: list[Concept]) -> Iterator[Sensed]:
    for concept in concepts:
        others = tuple(each.id for each in concepts if each is not concept)
        yield Sensed(concept.label, without=others)


def _in_language(label: str, languages: tuple[str, ...], what: Understanding, language: str) -> str:
    """A sense that a form has in another language than the reader's says so: “… (Spanish)”."""
    if not languages or language in languages:
        return label
    name = labels.of("language", languages[0], language, what.state.stamp if what.state else 0)
    return _("%(meaning)s (%(language)s)") % {"meaning": label, "language": name}


def _at(name: str, country: str, what: Understanding, language: str) -> str:
    return f"{name} ({labels.of('country', country, language, what.state.stamp if what.state else 0)})"


def _typed(clause: Clause) -> str:
    return " ".join(clause.texts[0][1]) if clause.texts else ""


def _lexicon(what: Understanding) -> Lexicon:
    return lexicon.current(what.state.stamp) if what.state else Lexicon()
