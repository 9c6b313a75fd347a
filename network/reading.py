"""What the pages of one entry, organisation or network show to one viewer."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from network.cards import networks_for_cards, organisation_card, organisations_for_cards
from network.models import Network, Organisation, Practitioner
from network.network_room import members_part
from network.policy import EntryCard, redact, redact_all
from network.reading_reveals import contact_links
from network.sections import sections_for
from network.services.listing import by_title, people_of
from network.snapshot import band, bands
from vocabulary.languages import country_name, language_name
from vocabulary.models import Term

ORGANISATIONS_A_PAGE = 30


def entry_page(public_id: str, principals: frozenset[str], language: str) -> dict[str, Any] | None:
    """One entry as this viewer may see it, or None: absent and forbidden are the same."""
    entry = Practitioner.objects.visible_to(principals).filter(public_id=public_id).for_cards().first()
    if entry is None:
        return None
    card = redact(entry, principals)
    return {
        "card": card,
        "sections": sections_for("entry", card, principals, language),
        "contact": contact_links(entry, principals),
    }


def organisation_page(body: Organisation, principals: frozenset[str], language: str, *, account: Any) -> dict[str, Any]:
    """An organisation and those of its people whose organisation this viewer may see, as far as the quota goes."""
    return {
        "organisation": body,
        "card": organisation_card(body),
        "country": country_name(body.country) if body.country else "",
        "spoken": [language_name(code) for code in body.languages],
        "hotlines": list(body.hotlines.all()),
        "places": list(body.places.all()),
        "people": people_of(body, account=account, principals=principals),
        "sections": sections_for("organisation", body, principals, language),
    }


def network_page(network: Network, principals: frozenset[str], language: str) -> dict[str, Any]:
    """A network's public face with its published bands; the roster is for its own members."""
    areas, wanted = list(network.areas.all()), list(network.professions_wanted.all())
    countries = list(dict.fromkeys(area.country for area in areas))
    cells = {(term.pk, country): f"{term.pk}:{country}" for term in wanted for country in countries}
    covered = bands("profession × country", list(cells.values()))
    return {
        "network": network,
        "areas": areas,
        "band": band("network", network.slug),
        "countries": [country_name(code) for code in countries],
        "coverage": [
            {"label": term.label(), "bands": [covered[cells[term.pk, country]].label for country in countries]}
            for term in wanted
        ],
        "partners": list(network.partners.all()),
        "roster": roster(network, principals),
        "room": members_part(network, principals),
        "sections": sections_for("network", network, principals, language),
    }


def roster(network: Network, principals: frozenset[str]) -> list[EntryCard] | None:
    """People of the network, for its own members only: others search, and are shown fifty at most."""
    if f"network:{network.pk}" not in principals:
        return None
    entries = Practitioner.objects.in_directory(principals).filter(
        memberships__network=network, memberships__ended=None
    )
    return by_title(redact_all(entries, principals, showing="networks"))


def organisations_asked(parameters: QueryDict) -> tuple[QuerySet[Organisation], dict[str, str]]:
    """Organisations by country and type; unknown values find nothing wrong, only nothing."""
    chosen = {name: parameters.get(name, "")[:60] for name in ("country", "type")}
    found = organisations_for_cards().order_by("sample", "name", "pk")
    return found.filter(**{name: value for name, value in chosen.items() if value}), chosen


def organisations_by_country() -> list[dict[str, Any]]:
    """How many organisations each country has, with the address of their list; one query."""
    rows = Organisation.objects.exclude(country="").values_list("country").annotate(Count("pk")).order_by()
    address = reverse("network:organisations")
    found = [{"label": country_name(code), "count": count, "url": f"{address}?country={code}"} for code, count in rows]
    return sorted(found, key=lambda country: str(country["label"]))


def organisation_choices(chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """What organisations can be narrowed by: the countries and types that there are; two queries."""
    countries = Organisation.objects.exclude(country="").values_list("country", flat=True).distinct().order_by()
    types = Term.objects.filter(pk__in=Organisation.objects.exclude(type=None).values("type"))
    by_name = sorted((country_name(code), code) for code in countries)
    found = {"country": (_("Country"), by_name), "type": (_("Type"), [(term.label(), term.pk) for term in types])}
    return [
        {
            "name": name,
            "label": label,
            "options": [{"value": value, "label": each, "chosen": value == chosen[name]} for each, value in options],
        }
        for name, (label, options) in found.items()
    ]


def page_links(page: Page, chosen: Mapping[str, str]) -> dict[str, Any]:
    """A pager's numbers and addresses, the filters kept."""
    kept = {name: value for name, value in chosen.items() if value}
    before = page.previous_page_number() if page.has_previous() else 0
    after = page.next_page_number() if page.has_next() else 0
    return {
        "total": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "previous_url": "?" + urlencode({**kept, "page": before}) if before else "",
        "next_url": "?" + urlencode({**kept, "page": after}) if after else "",
        "narrowed": bool(kept),
    }


def networks_asked(parameters: QueryDict) -> QuerySet[Network]:
    """All networks, or those of a country."""
    country = parameters.get("country", "")[:2]
    found = networks_for_cards().order_by("kind", "name", "pk")
    return found.filter(areas__country=country).distinct() if country else found
