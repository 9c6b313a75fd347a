"""Immediate help by country, from the public numbers of organisations."""

import re
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


def by_country(first: str = "") -> list[Country]:
    """Countries by name, shared numbers first, then `first` where it has any; one query."""
    lines = Hotline.objects.filter(organisation__sample=False).select_related("organisation")
    found: dict[str, list[Number]] = {}
    for line in lines:
        found.setdefault(line.country, []).append(
            Number(
                line.number,
                re.sub(r"[^0-9+]", "", line.number),
                line.organisation.name,
                line.get_audience_display(),
                ", ".join(language_name(code) for code in line.languages),
                line.checked,
            )
        )
    countries = [
        Country(code, _("Many European countries") if code == SHARED else country_name(code), tuple(numbers))
        for code, numbers in found.items()
    ]
    return sorted(countries, key=lambda country: (country.code != SHARED, country.code != first, country.name))
