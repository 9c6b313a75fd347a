"""The people page: a question in, what the template shows out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from network.country_map import country_map
from network.forms import FACETS, MOST_SHOWN, PAGE, RADII, PeopleQuestion
from network.reading import organisations_by_country
from search import labels
from search.query import SearchQuery
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


def people_page(question: PeopleQuestion, principals: frozenset[str], language: str) -> dict[str, Any]:
    """Facets always; a list only for a question with a criterion; without one the map and the ways to organisations."""
    near = place_near(question.near) if question.near else None
    understood = understand(question.text, language, removed=question.removed)
    if understood.state:
        stamp = understood.state.stamp
        known = {name: labels.known(name, values, stamp) for name, values in question.facets.items()}
        question = replace(question, facets={name: values for name, values in known.items() if values})
    query = SearchQuery(
        principals=principals,
        language=language,
        understood=understood,
        kinds=("person",),
        facets=question.facets,
        near=near,
        within_km=question.within,
        page=question.page,
        size=PAGE,
    )
    results = search(query)
    group = next((each for each in results.groups if each.kind == "person"), Group("person", 0))
    listed = query.has_criterion
    return {
        "question": question,
        "listed": listed,
        "cards": group.cards if listed else (),
        "total": group.total,
        "capped": group.total > MOST_SHOWN,
        "incomplete": results.incomplete,
        "relaxed": group.relaxed,
        "chips": _chips(question, understood, results, near),
        "clear_url": reverse("network:people"),
        "facets": _facets(results),
        "filters_on": sum(map(len, question.facets.values())) + bool(near),
        "radii": RADII,
        "near_unknown": bool(question.near and near is None),
        "pages": _pages(question, group),
        "helpful": _helpful(question, query, results) if listed and not group.total else None,
        "map": None if listed else country_map(),
        "organisations": [] if listed else organisations_by_country(),
    }


def _facets(results: Results) -> list[dict[str, Any]]:
    found = legends()
    return [
        {"name": name, "legend": found[name], "values": results.facets[name]}
        for name in FACETS
        if results.facets.get(name)
    ]


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
    name = removal.name, removal.value or question.near
    return {"url": question.address(without=name), "count": removal.count}


def _chips(question: PeopleQuestion, understood: Any, results: Results, near: Any) -> list[dict[str, str]]:
    """One a filter and one a thing understood, each with the address of the question without it."""
    named = {(name, each.value): each.label for name, values in results.facets.items() for each in values}
    chips = [
        {"label": named.get((name, value), value), "remove_url": question.address(without=(name, value))}
        for name, values in question.facets.items()
        for value in values
    ]
    if near:
        label = _("within %(km)d km of %(place)s") % {
            "km": question.within,
            "place": near.name,
        }
        chips.append({"label": label, "remove_url": question.address(without=("near", question.near))})
    for label, concept in _understood(understood):
        chips.append({"label": label, "remove_url": question.address(less=concept), "kind": "understood"})
    return chips


def _understood(understood: Any) -> Sequence[tuple[str, str]]:
    concepts = [(concept.label, concept.id) for concept in (*understood.concepts, *understood.languages)]
    return [*concepts, *((_("near %(place)s") % {"place": place.name}, place.id) for place in understood.places)]
