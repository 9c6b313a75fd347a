"""The search page: a form in, all that the template shows out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search import explained, facets, labels, services
from search.forms import Pairs, SearchForm
from search.query import SearchQuery, Sort, Understanding
from search.registry import PlaceMatch
from search.results import Group, Results

PAGE = 20
FACETS_AT_ONCE = 7
SORTS: dict[Sort, Promise] = {
    Sort.RELEVANCE: gettext_lazy("best match"),
    Sort.NEWEST: gettext_lazy("newest"),
    Sort.EVIDENCE: gettext_lazy("best evidence"),
}
# What says how results are shown, not which: nothing that “Clear all” would clear.
HOW = ("sort", "verbatim")


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is asked for, with the address of the search without it."""

    label: str
    remove_url: str
    kind: str = "filter"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A sense of an ambiguous form; without an address it is the one that was taken."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Meanings:
    """A form as typed with its senses."""

    form: str
    senses: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One group of the page with its heading and the address of all of it."""

    group: Group
    title: str
    all_url: str
    previous_url: str
    next_url: str


def query_of(form: SearchForm, principals: frozenset[str], language: str) -> SearchQuery:
    """What is asked, for this viewer. Values that there are none of are left out of the form too."""
    understood = services.understand(form.text, language, removed=form.removed, verbatim=form.verbatim_words)
    if understood.state:
        form.keep_known(understood.state.stamp)
    asked_near = form.cleaned_data["near"]
    return SearchQuery(
        principals=principals,
        language=language,
        understood=understood,
        kinds=form.kinds,
        facets=form.facets,
        near=services.near(asked_near) if asked_near else None,
        within_km=form.cleaned_data["within"],
        page=form.cleaned_data["page"],
        size=PAGE,
        sort=form.sort_by,
        counted=facets.names_for(form.kinds, tuple(form.facets)),
    )


def search_page(form: SearchForm, principals: frozenset[str], language: str) -> dict[str, Any]:
    """Everything the template needs, worked out once."""
    query = query_of(form, principals, language)
    understood, near = query.understood, query.near
    results = services.search(query)
    more = tuple(name for name, _value in form.pairs() if name not in ("q", *HOW))
    legends = {name: labels.FACETS[name] for name in query.counted}
    stamp = understood.state.stamp if understood.state else 0
    shown = list(facets.shown(results.facets, legends, stamp, total=results.total))
    return {
        "text": form.text,
        "asked": form.address().partition("?")[2] if more or form.text else "",
        "total": results.total,
        "sections": [_section(form, group, results) for group in results.groups],
        "relaxed": results.relaxed,
        "incomplete": results.incomplete,
        "degraded": results.degraded,
        "chips": [*_understood(form, understood, language), *_filters(form, results, near)],
        "clear_url": form.address(drop_all=more) if more else "",
        "filters_on": len(form.kinds) + sum(map(len, form.facets.values())) + (near is not None),
        "facets": shown[:FACETS_AT_ONCE],
        "more_facets": shown[FACETS_AT_ONCE:],
        "more_chosen": any(facet.chosen for facet in shown[FACETS_AT_ONCE:]),
        "near": near,
        "near_unknown": form.cleaned_data["near"] if near is None else "",
        "hidden": _hidden(form, near),
        "sorts": _sorts(form, results),
        "corrected": _corrected(form, understood),
        "meanings": list(_meanings(form, understood, language)),
        "help": _helpful(form, query, results) if not results.total else None,
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


def _understood(form: SearchForm, understood: Understanding, language: str) -> Iterator[Chip]:
    """What was understood, and what was left out, can be taken back."""
    for thing in explained.understood(understood):
        yield Chip(thing.label, form.address(add=[("not", thing.id)]), "understood")
    for away in explained.left_out(understood, language):
        yield Chip(away.label, form.address(drop_all=("q",), add=_words(away.text)), "left-out")


def _filters(form: SearchForm, results: Results, near: PlaceMatch | None) -> Iterator[Chip]:
    named = {(name, each.value): each.label for name, values in results.facets.items() for each in values}
    for name, values in {"kind": form.kinds, **form.facets}.items():
        for value in values:
            yield Chip(named.get((name, value), value), form.address(drop=[(name, value)]))
    if near:
        text = _("within %(km)d km of %(place)s") % {"km": form.cleaned_data["within"], "place": near.name}
        yield Chip(text, form.address(drop_all=("near", "within")))


def _hidden(form: SearchForm, near: PlaceMatch | None) -> dict[str, list[dict[str, str]]]:
    """What each form of the page carries along unseen: what it does not ask itself."""
    asked_by_filters = {*labels.FACETS} | (set() if near else {"near", "within"})
    pairs = [{"name": name, "value": value} for name, value in form.pairs()]
    return {
        "filters": [each for each in pairs if each["name"] not in asked_by_filters],
        "sort": [each for each in pairs if each["name"] != "sort"],
    }


def _sorts(form: SearchForm, results: Results) -> list[dict[str, Any]]:
    """The orders to choose from, where there is something to put in order: people have an order of their own."""
    if form.sort_by is Sort.RELEVANCE and all(group.kind == "person" or group.total < 2 for group in results.groups):
        return []
    return [{"value": sort.value, "label": label, "chosen": sort is form.sort_by} for sort, label in SORTS.items()]


def _corrected(form: SearchForm, understood: Understanding) -> dict[str, str] | None:
    """The words searched for in place of those typed, with the addresses of both searches."""
    found = explained.corrected(understood)
    if found is None:
        return None
    return {
        "text": found.text,
        "url": form.address(drop_all=("q",), add=_words(found.text)),
        "typed": found.typed,
        "typed_url": form.address(add=[("verbatim", "1")]),
    }


def _meanings(form: SearchForm, understood: Understanding, language: str) -> Iterator[Meanings]:
    """What the reader may have meant, each sense but the one taken with its address."""
    for each in explained.ambiguous(understood, language):
        yield Meanings(each.form, tuple(_meaning(form, sense) for sense in each.senses))


def _meaning(form: SearchForm, sense: explained.Sensed) -> Meaning:
    if sense.taken:
        return Meaning(sense.label)
    restored = [("not", identity) for identity in sense.restored]
    wanted = [*_words(sense.text), *(("not", identity) for identity in sense.without)]
    wanted += [("near", sense.near)] if sense.near else []
    replaced = (*(("q",) if sense.text else ()), *(("near", "within") if sense.near else ()))
    return Meaning(sense.label, form.address(drop=restored, drop_all=replaced, add=wanted))


def _words(text: str) -> Pairs:
    return [("q", text)] if text else []


def _helpful(form: SearchForm, query: SearchQuery, results: Results) -> dict[str, Any] | None:
    """The filter to drop when nothing is found, with what is found then."""
    best = services.helpful_removal(query, results)
    if best is None:
        return None
    if best.name == "near":
        label = query.near.name if query.near else ""
        return {"label": label, "count": best.count, "url": form.address(drop_all=("near", "within"))}
    named = {each.value: each.label for each in results.facets.get(best.name, ())}
    label = ", ".join(named.get(value, value) for value in best.values)
    return {"label": label, "count": best.count, "url": form.address(drop_all=(best.name,))}
