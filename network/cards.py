"""The public faces of organisations and networks, as lists and searches show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from network.models import Hotline, Network, Organisation
from network.policy.card import Labelled
from network.policy.faces import named_place, named_term
from network.querysets import Rows
from search.results import Card
from vocabulary.languages import country_name, language_name


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCard(Card):
    """An organisation in a list; `hotlines` are (number, for whom)."""

    type: Labelled | None = None
    country: Labelled | None = None
    city: str = ""
    languages: tuple[str, ...] = ()
    hotlines: tuple[tuple[str, str], ...] = ()
    name_only: bool = False
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCard(Card):
    """A network in a list."""

    network_kind: str = ""
    areas: tuple[Labelled, ...] = ()
    professions_wanted: tuple[Labelled, ...] = ()
    sample: bool = False
    ask_url: str = ""


def organisations_for_cards() -> QuerySet[Organisation]:
    """Organisations with all that a card needs, in one query."""
    hotlines = Hotline.objects.filter(organisation=OuterRef("pk")).order_by("pk")
    rows = hotlines.values(row=JSONObject(number=F("number"), audience=F("audience")))
    return Organisation.objects.select_related("type").annotate(hotline_rows=Rows(rows))


def organisation_card(body: Organisation) -> OrganisationCard:
    """The card of an organisation read with `organisations_for_cards()`, in the current language."""
    audiences = dict(Hotline.Audience.choices)
    return OrganisationCard(
        key=f"organisation:{body.pk}",
        kind="organisation",
        title=body.name,
        url=body.get_absolute_url(),
        template="components/organisation_card.html",
        summary=body.summary,
        type=Labelled(body.type.pk, body.type.label()) if body.type else None,
        country=Labelled(body.country, country_name(body.country)) if body.country else None,
        city=body.city,
        languages=tuple(language_name(code) for code in body.languages),
        hotlines=tuple((row["number"], str(audiences[row["audience"]])) for row in _rows(body, "hotline_rows")),
        name_only=body.name_only,
        sample=body.sample,
    )


def networks_for_cards() -> QuerySet[Network]:
    """Networks with all that a card needs, in one query."""
    place = JSONObject(id="place_id", name="place__name", labels="place__labels", country="place__country")
    term = JSONObject(id="term_id", scheme="term__scheme", labels="term__labels")
    areas = Network.areas.through.objects.filter(network=OuterRef("pk")).order_by("place__name")
    wanted = Network.professions_wanted.through.objects.filter(network=OuterRef("pk")).order_by("term__position")
    return Network.objects.annotate(area_rows=Rows(areas.values(row=place)), wanted_rows=Rows(wanted.values(row=term)))


def network_card(network: Network) -> NetworkCard:
    """The card of a network read with `networks_for_cards()`, in the current language."""
    return NetworkCard(
        key=f"network:{network.pk}",
        kind="network",
        title=network.name,
        url=network.get_absolute_url(),
        template="components/network_card.html",
        summary=network.purpose,
        network_kind=network.get_kind_display(),
        areas=tuple(named_place(row) for row in _rows(network, "area_rows")),
        professions_wanted=tuple(named_term(row) for row in _rows(network, "wanted_rows")),
        sample=network.sample,
        ask_url=reverse("network:write_to_network", args=[network.slug]),
    )


def _rows(record: Any, name: str) -> list[Mapping[str, Any]]:
    return getattr(record, name)
