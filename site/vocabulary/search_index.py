"""What the vocabulary gives to search: wordings of concepts, labels of facet values, and places."""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings

from search import registry
from search.normalise import fold
from search.registry import PlaceMatch, Sense, Wording
from vocabulary.languages import language_wordings, names_of_country, names_of_language
from vocabulary.models import Place, PlaceName, Term, TermWording
from vocabulary.starter import read_yaml
from vocabulary.tree import read_anew

NAMES_A_PLACE = 12


def wordings() -> Iterable[Wording]:
    """Every form of every term in every language, and the names of languages people speak."""
    rows = TermWording.objects.values_list("text", "term_id", "language", "role")
    for text, term, language, role in rows.iterator(chunk_size=5000):
        yield Wording(text, term, language, main=role == "label", hidden=role == "hidden")
    yield from language_wordings()


def labels(facet: str) -> Mapping[str, Mapping[str, str]]:
    """Labels by language of every value of a facet; {} for facets that are not the vocabulary's."""
    if facet == "language":
        return names_of_language()
    if facet == "country":
        return names_of_country()
    scheme = {"resource": "resource_type"}.get(facet, facet)
    return dict(Term.objects.filter(scheme=scheme).values_list("pk", "labels"))


def find_places(forms: Sequence[str]) -> Sequence[PlaceMatch]:
    """Gazetteer places whose folded name is one of `forms`; one query."""
    rows = PlaceName.objects.filter(key__in=list(forms)).select_related("place").order_by("-place__population")[:200]
    return [_match(row.place, row.key, main=row.main) for row in rows]


def places_of(ids: Sequence[str]) -> Sequence[PlaceMatch]:
    """Gazetteer places by id; one query."""
    return [_match(place, fold(place.name), main=True) for place in Place.objects.filter(pk__in=list(ids)[:50])]


def places_beginning(beginnings: Sequence[str], most: int) -> Sequence[PlaceMatch]:
    """Gazetteer places with a name that begins so: by the main name first, then the larger; one query."""
    rows = PlaceName.objects.beginning_with(beginnings).select_related("place")
    # A place has many names: more rows than places wanted.
    ordered = rows.order_by("-main", "-place__population", "place_id")[: most * NAMES_A_PLACE]
    found = {row.place_id: _match(row.place, row.key, main=row.main) for row in reversed(ordered)}
    return list(reversed(found.values()))[:most]


def _match(place: Place, form: str, *, main: bool) -> PlaceMatch:
    return PlaceMatch(
        id=place.pk,
        form=form,
        name=place.label(),
        kind=place.kind,
        country=place.country,
        population=place.population,
        latitude=place.latitude,
        longitude=place.longitude,
        main=main,
    )


def senses() -> Iterable[Sense]:
    """What an abbreviation may mean, from the reviewed list in content/: every sense is offered, none is chosen."""
    listed = read_yaml(settings.CONTENT / "vocabulary" / "abbreviations.yaml")
    for entry in listed["entries"]:
        for sense in entry["senses"]:
            languages = tuple(sense.get("langs") or ())
            yield Sense(entry["form"], sense.get("term") or "", sense.get("gloss") or "", languages)


registry.lexicons.append(wordings)
registry.senses.append(senses)
registry.concept_labels.append(labels)
registry.place_finders.append(find_places)
registry.places_by_id.append(places_of)
registry.place_beginnings.append(places_beginning)
registry.changes_words(Term, TermWording)
registry.reading_anew.append(read_anew)
