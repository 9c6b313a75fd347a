"""The people page: a question in, what the template shows out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from network.country_map import country_map
from network.forms import FACETS, MOST_SHOWN, PAGE, RADII, PeopleQuestion
from network.reading import organisations_by_country
from search import explained, facets, labels
from search.query import SearchQuery, Understanding
from search.registry import PlaceMatch
from search.results import Group, Results
from search.services import helpful_removal, search, understand
from search.services import near as place_near


def legends() -> dict[str, str]:
    """What each facet is called above its values."""
    return {
        "profession": _("Profession"),
        "language": _("Language spoken"),
        "country": _("Country"),
        "method": _("Method"),
        "target_group": _("Works with"),
        "network": _("Network"),
        "availability": _("Availability"),
        "firewall": _("Firewall"),
        "undocumented": _("Undocumented persons"),
    }


def query_of(question: PeopleQuestion, principals: frozenset[str], language: str) -> SearchQuery:
    """What is asked, for this viewer; values that there are none of are left out."""
    understood = understand(question.text, language, removed=question.removed, verbatim=question.verbatim)
    stamp = understood.state.stamp if understood.state else 0
    known = {name: labels.known(name, values, stamp) for name, values in question.facets.items()}
    return SearchQuery(
        principals=principals,
        language=language,
        understood=understood,
        kinds=("person",),
        facets={name: values for name, values in known.items() if values},
        near=place_near(question.near) if question.near else None,
        within_km=question.within,
        page=question.page,
        size=PAGE,
        counted=FACETS,
    )


def people_page(question: PeopleQuestion, principals: frozenset[str], language: str) -> dict[str, Any]:
    """Facets always; a list only for a question with a criterion; without one the map and the ways to organisations."""
    query = query_of(question, principals, language)
    question = replace(question, facets=query.facets)
    understood, near = query.understood, query.near
    results = search(query)
    group = next((each for each in results.groups if each.kind == "person"), Group("person", 0))
    listed = query.has_criterion
    stamp = understood.state.stamp if understood.state else 0
    return {
        "question": question,
        "asked": question.address().removeprefix("?") if listed else "",
        "listed": listed,
        "cards": group.cards if listed else (),
        "total": group.total,
        "capped": group.total > MOST_SHOWN,
        "incomplete": results.incomplete,
        "degraded": results.degraded,
        "relaxed": group.relaxed,
        "chips": list(_chips(question, understood, results, near, language)),
        "corrected": _corrected(question, understood),
        "meanings": list(_meanings(question, understood, language)),
        "clear_url": reverse("network:people"),
        "facets": list(facets.shown(results.facets, legends(), stamp, total=group.total if listed else None)),
        "filters_on": sum(map(len, question.facets.values())) + bool(near),
        "radii": RADII,
        "near": near,
        "near_unknown": bool(question.near and near is None),
        "pages": _pages(question, group),
        "helpful": _helpful(question, query, results) if listed and not group.total else None,
        "map": None if listed else country_map(),
        "organisations": [] if listed else organisations_by_country(),
    }


def _pages(question: PeopleQuestion, group: Group) -> dict[str, Any]:
    page = group.page
    return {
        "page": page,
        "pages": group.pages,
        "previous_url": question.address(page=page - 1) if page > 1 else "",
        "next_url": question.address(page=page + 1) if page < group.pages else "",
    }


def _helpful(question: PeopleQuestion, query: SearchQuery, results: Results) -> dict[str, Any] | None:
    """The filter to drop, with what is found then."""
    removal = helpful_removal(query, results)
    if removal is None or removal.name == "kind":
        return None
    others = {name: values for name, values in question.facets.items() if name != removal.name}
    without = replace(question, facets=others, near="" if removal.name == "near" else question.near)
    return {"url": without.address(), "count": removal.count}


def _chips(
    question: PeopleQuestion, understood: Understanding, results: Results, near: PlaceMatch | None, language: str
) -> Iterator[dict[str, str]]:
    """One a filter and one a thing understood or left out, each with the address of the question without it."""
    named = {(name, each.value): each.label for name, values in results.facets.items() for each in values}
    for name, values in question.facets.items():
        for value in values:
            yield {
                "label": named.get((name, value), value),
                "remove_url": question.address(without=(name, value)),
                "kind": "filter",
            }
    if near:
        label = _("within %(km)d km of %(place)s") % {"km": question.within, "place": near.name}
        yield {"label": label, "remove_url": question.address(without=("near", question.near)), "kind": "filter"}
    for thing in explained.understood(understood):
        yield {"label": thing.label, "remove_url": question.address(less=thing.id), "kind": "understood"}
    for away in explained.left_out(understood, language):
        without = replace(question, text=away.text)
        yield {"label": away.label, "remove_url": without.address(), "kind": "left-out"}


def _corrected(question: PeopleQuestion, understood: Understanding) -> dict[str, str] | None:
    """The words searched for in place of those typed, with the addresses of both questions."""
    found = explained.corrected(understood)
    if found is None:
        return None
    return {
        "text": found.text,
        "url": replace(question, text=found.text).address(),
        "typed": found.typed,
        "typed_url": replace(question, verbatim=True).address(),
    }


def _meanings(question: PeopleQuestion, understood: Understanding, language: str) -> Iterator[dict[str, Any]]:
    """What the reader may have meant, each sense but the one taken with its address."""
    for each in explained.ambiguous(understood, language):
        senses = [{"label": sense.label, "url": _sense_url(question, sense)} for sense in each.senses]
        yield {"form": each.form, "senses": senses}


def _sense_url(question: PeopleQuestion, sense: explained.Sensed) -> str:
    if sense.taken:
        return ""
    removed = tuple(each for each in question.removed if each not in sense.restored)
    return replace(
        question,
        text=sense.text or question.text,
        removed=(*removed, *sense.without),
        near=sense.near or question.near,
    ).address()
