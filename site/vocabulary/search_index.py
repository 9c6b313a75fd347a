"""What the vocabulary gives to search: wordings of concepts, labels of facet values, and places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from search import registry
from search.normalise import fold
from search.registry import Combination, PlaceMatch, Sense, Wording
from vocabulary.languages import language_wordings, names_of_country, names_of_language
from vocabulary.models import Place, PlaceName, Scheme, Term, TermWording
from vocabulary.starter import BrokenStarterFile, files, read_yaml
from vocabulary.tree import broader_of, read_anew

# Towns of so many people are offered for a misspelt name.
WELL_KNOWN = 50_000
# Schemes whose terms are people.
PEOPLE = (Scheme.TARGET_GROUP, Scheme.PROFESSION)
NAMES_A_PLACE = 12


def wordings() -> Iterable[Wording]:
    """Every form of every term in every language, and the names of languages people speak."""
    schemes = dict(Term.objects.values_list("pk", "scheme"))
    people = {term: scheme for term, scheme in schemes.items() if scheme in PEOPLE}
    rows = TermWording.objects.values_list("text", "term_id", "language", "role")
    for text, term, language, role in rows.iterator(chunk_size=5000):
        yield Wording(text, term, language, role == "label", role == "hidden", people=people.get(term, ""))
    for each in everyday_wordings(settings.CONTENT / "vocabulary" / "everyday"):
        if each.concept in people:
            yield replace(each, people=people[each.concept])
        elif each.concept in schemes:
            yield each
    yield from language_wordings()


def everyday_wordings(folder: Path) -> Sequence[Wording]:
    """What people type who mean a term: one file a language, in each the wordings of a term parted by commas.

    They stay in files: thousands of them would bury the names of a term in the CMS. Raises BrokenStarterFile.
    """
    return _everyday_wordings(folder, tuple((path, path.stat().st_mtime_ns) for path in sorted(folder.iterdir())))


@lru_cache(maxsize=1)
def _everyday_wordings(folder: Path, written: tuple[tuple[Path, int], ...]) -> Sequence[Wording]:
    """Read once for files written at these moments: whoever edits the vocabulary has every process read its words."""
    found = []
    for path, terms in files(folder):
        for term, texts in terms.items():
            if not isinstance(texts, str):
                raise BrokenStarterFile(path, str(term), "the wordings of a term are one text, parted by commas")
            found += [Wording(text.strip(), term, path.stem, everyday=True) for text in texts.split(",")]
    return tuple(found)


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


def well_known_places() -> Iterable[str]:
    """Folded names of countries, and the main names of larger towns; one query."""
    large = Q(main=True, place__population__gte=WELL_KNOWN) | Q(place__kind=Place.Kind.COUNTRY)
    return PlaceName.objects.filter(large).exclude(place__kind=Place.Kind.REGION).values_list("key", flat=True)


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


def combinations() -> Iterable[Combination]:
    """Which concepts together mean another, from the list in content/."""
    for entry in read_yaml(settings.CONTENT / "vocabulary" / "combinations.yaml"):
        yield Combination(entry["concept"], tuple(frozenset(some) for some in entry["parts"]))


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
registry.place_names.append(well_known_places)
registry.places_by_id.append(places_of)
registry.broader.append(broader_of)
registry.combinations.append(combinations)
registry.place_beginnings.append(places_beginning)
registry.changes_words(Term, TermWording)
registry.reading_anew.append(read_anew)
