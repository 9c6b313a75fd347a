"""The search page: a form in, all that the template shows out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from search import labels, services
from search.forms import SearchForm
from search.lexicon import current
from search.query import Concept, SearchQuery, Understanding
from search.registry import PlaceMatch
from search.results import FacetValue, Group, Results

PAGE = 20


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is asked for, with the address of the search without it."""

    label: str
    remove_url: str
    kind: str = "filter"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may mean as well; without an address it is only told."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as the filter form shows it."""

    name: str
    legend: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One group of the page with its heading and the address of all of it."""

    group: Group
    title: str
    all_url: str
    previous_url: str
    next_url: str


def search_page(form: SearchForm, principals: frozenset[str], language: str) -> dict[str, Any]:
    """Everything the template needs, worked out once."""
    understood = services.understand(form.text, language, removed=form.removed)
    if understood.state:
        form.keep_known(understood.state.stamp)
    asked_near = form.cleaned_data["near"]
    near = services.near(asked_near) if asked_near else None
    query = SearchQuery(
        principals=principals,
        language=language,
        understood=understood,
        kinds=form.kinds,
        facets=form.facets,
        near=near,
        within_km=form.cleaned_data["within"],
        page=form.cleaned_data["page"],
        size=PAGE,
    )
    results = services.search(query)
    more = tuple(name for name, _value in form.pairs() if name != "q")
    return {
        "text": form.text,
        "asked": bool(form.pairs()),
        "total": results.total,
        "sections": [_section(form, group, results) for group in results.groups],
        "relaxed": results.relaxed,
        "incomplete": results.incomplete,
        "degraded": results.degraded,
        "chips": [*_understood(form, understood), *_filters(form, results, near)],
        "clear_url": form.address(drop_all=more) if more else "",
        "filters_on": len(form.kinds) + sum(map(len, form.facets.values())) + (near is not None),
        "facets": list(_facets(results)),
        "near": near,
        "near_unknown": asked_near if asked_near and near is None else "",
        "hidden": [{"name": name, "value": value} for name, value in _hidden(form, near)],
        "meanings": list(_meanings(form, understood, language)),
        "help": _helpful(form, query, near, results) if not results.total else None,
        "form_url": form.address(drop_all=tuple(name for name, _value in form.pairs())),
    }


def _section(form: SearchForm, group: Group, results: Results) -> Section:
    alone = form.kinds == (group.kind,)
    page = [("page", str(group.page + step)) for step in (-1, 1)]
    return Section(
        group=group,
        title=str(labels.KINDS[group.kind]),
        all_url="" if alone else form.address(drop_all=("kind",), add=[("kind", group.kind)]),
        previous_url=form.address(add=[page[0]]) if group.page > 1 else "",
        next_url=form.address(add=[page[1]]) if group.page < group.pages else "",
    )


def _understood(form: SearchForm, understood: Understanding) -> Iterator[Chip]:
    """What was understood can be taken back."""
    names: list[tuple[str, str]] = [(each.id, each.label) for each in understood.concepts]
    names += [(each.id, _("near %(place)s") % {"place": each.name}) for each in understood.places]
    names += [(each.id, _("speaks: %(language)s") % {"language": each.label}) for each in understood.languages]
    for name, label in dict(names).items():
        yield Chip(label, form.address(add=[("not", name)]), "understood")


def _filters(form: SearchForm, results: Results, near: PlaceMatch | None) -> Iterator[Chip]:
    named = {(name, each.value): each.label for name, values in results.facets.items() for each in values}
    for name, values in {"kind": form.kinds, **form.facets}.items():
        for value in values:
            yield Chip(named.get((name, value), value), form.address(drop=[(name, value)]))
    if near:
        text = _("within %(km)d km of %(place)s") % {"km": form.cleaned_data["within"], "place": near.name}
        yield Chip(text, form.address(drop_all=("near", "within")))


def _facets(results: Results) -> Iterator[Facet]:
    """A facet with one value that is not chosen would narrow nothing."""
    for name, legend in labels.FACETS.items():
        values = results.facets.get(name, ())
        if len(values) > 1 or any(value.chosen for value in values):
            yield Facet(name, str(legend), values)


def _hidden(form: SearchForm, near: PlaceMatch | None) -> Iterator[tuple[str, str]]:
    """What the filter form carries along unseen."""
    for name, value in form.pairs():
        if name in ("q", "not") or (name in ("near", "within") and near):
            yield name, value


def _meanings(form: SearchForm, understood: Understanding, language: str) -> Iterator[Meaning]:
    """Other senses: of a form that names several concepts, of a place's name, of an abbreviation."""
    forms: dict[str, list[Concept]] = {}
    for concept in understood.concepts:
        forms.setdefault(concept.form, []).append(concept)
    for alternatives in forms.values():
        for concept in alternatives if len(alternatives) > 1 else ():
            others = [("not", each.id) for each in alternatives if each is not concept]
            yield Meaning(_("only %(concept)s") % {"concept": concept.label}, form.address(add=others))
    for place in understood.other_places:
        chosen = [("not", each.id) for each in understood.places if each.form == place.form]
        label = f"{place.name} ({place.country})"
        yield Meaning(label, form.address(add=[("near", place.id), *chosen], drop_all=("near", "within")))
    shown = {concept.id for concept in understood.concepts}
    for sense in understood.ambiguous:
        if sense.concept and sense.concept not in shown | set(form.removed):
            known = current(understood.state.stamp) if understood.state else None
            label = known.label(sense.concept, language) if known else sense.concept
            yield Meaning(label, form.address(drop_all=("q", "not"), add=[("q", label)]))
        elif sense.gloss:
            yield Meaning(sense.gloss)


def _helpful(form: SearchForm, query: SearchQuery, near: PlaceMatch | None, results: Results) -> dict[str, Any] | None:
    """The filter to drop when nothing is found, with what is found then."""
    best = services.helpful_removal(query, results)
    if best is None:
        return None
    if best.name == "near":
        label = near.name if near else ""
        return {"label": label, "count": best.count, "url": form.address(drop_all=("near", "within"))}
    named = {each.value: each.label for each in results.facets.get(best.name, ())}
    url = form.address(drop=[(best.name, best.value)])
    return {"label": named.get(best.value, best.value), "count": best.count, "url": url}
