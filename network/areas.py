"""Areas as a person writes them: a line for each, found in the gazetteer without a script in the browser."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.normalise import clean, fold
from vocabulary.languages import country_name, names_of_country
from vocabulary.models import Place
from vocabulary.models.place import PlaceName

MOST_AREAS = 8
MOST_OFFERED = 4
LONGEST_NAME = 120


class UnknownArea(ValueError):
    """A line that names nothing, or several places; says so to whoever wrote it."""


def areas_named(text: str) -> list[Place]:
    """The places that the lines of a text name, each once: “Tirana”, or “Tirana, Albania” where several bear the name.

    Raises UnknownArea. Two queries a line.
    """
    lines = [line for line in map(clean, text.splitlines()) if line]
    if len(lines) > MOST_AREAS:
        said = ngettext("At most %(count)d area.", "At most %(count)d areas: name the larger ones.", MOST_AREAS)
        raise UnknownArea(said % {"count": MOST_AREAS})
    return list({place.pk: place for place in map(_area, lines)}.values())


def _area(line: str) -> Place:
    name, _comma, country = line[:LONGEST_NAME].rpartition(",") if "," in line else (line[:LONGEST_NAME], "", "")
    found = _places(fold(name), _country_code(country) if country else "")
    if not found:
        raise UnknownArea(
            _("“%(line)s” is not in the gazetteer: write a town, region or country.") % {"line": line[:60]}
        )
    first = found[0]
    others = {place.country: place for place in reversed(found)}
    # A country, or the one largest of one country, is meant; towns of several countries are asked about.
    if first.kind != Place.Kind.COUNTRY and len(others) > 1:
        offered = "; ".join(f"{place.label()}, {country_name(place.country)}" for place in _first(others.values()))
        said = _("“%(line)s” is in several countries. Write it as one of: %(offered)s.")
        raise UnknownArea(said % {"line": line[:60], "offered": offered})
    return first


def _places(form: str, country: str) -> list[Place]:
    """Places by main name before others, countries first, then the larger."""
    if not form:
        return []
    rows = PlaceName.objects.filter(key=form).select_related("place")
    names = list(rows.filter(place__country=country) if country else rows)
    names = [name for name in names if name.main] or names
    places = {name.place_id: name.place for name in names}.values()
    order = {Place.Kind.COUNTRY: 0, Place.Kind.MUNICIPALITY: 1, Place.Kind.REGION: 2}
    return sorted(places, key=lambda place: (order[Place.Kind(place.kind)], -place.population, place.pk))


def _country_code(written: str) -> str:
    """The code of a country named in any language; “--”, which no place has, when it is none."""
    form = fold(written)
    for code, names in names_of_country().items():
        if form == code.casefold() or form in map(fold, names.values()):
            return code
    return "--"


def _first(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: -place.population)[:MOST_OFFERED]
