"""Immediate help by country, from the public numbers of organisations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network.models import Hotline
from vocabulary.languages import country_name, language_name

# The harmonised numbers that national operators answer in many European countries.
SHARED = "EU"


@dataclass(frozen=True, slots=True)
class Number:
    """One line to call: `dial` for a tel: link, `number` as it is written."""

    number: str
    dial: str
    organisation: str
    audience: str
    languages: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Country:
    """The numbers of one country, or those shared by many."""

    code: str
    name: str
    numbers: tuple[Number, ...]


Line = tuple[str, str, str, str, tuple[str, ...], bool]


def lines() -> tuple[Line, ...]:
    """(country, number, organisation, audience, languages, checked) of every public number, in one query."""
    columns = ("country", "number", "organisation__name", "audience", "languages", "checked")
    rows = Hotline.objects.filter(organisation__sample=False).values_list(*columns)
    return tuple((country, *others, tuple(languages), checked) for country, *others, languages, checked in rows)


def by_country(known: Iterable[Line], first: str = "") -> list[Country]:
    """Countries by name, shared numbers first, then `first` where it has any; in the language of the moment."""
    audiences = dict(Hotline.Audience.choices)
    found: dict[str, list[Number]] = {}
    for country, number, organisation, audience, languages, checked in known:
        dial, spoken = re.sub(r"[^0-9+]", "", number), ", ".join(map(language_name, languages))
        line = Number(number, dial, organisation, str(audiences.get(audience, audience)), spoken, checked)
        found.setdefault(country, []).append(line)
    countries = [
        Country(code, _("Many European countries") if code == SHARED else country_name(code), tuple(numbers))
        for code, numbers in found.items()
    ]
    return sorted(countries, key=lambda country: (country.code != SHARED, country.code != first, country.name))
