"""Loads the vocabulary and the gazetteer from content/vocabulary."""

import csv
import gzip
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from search.normalise import fold
from vocabulary.languages import names_of_country
from vocabulary.models import Place, PlaceName, Scheme, StarterRecord, Term, TermWording
from vocabulary.starter import BrokenStarterFile, Loader, Report, digest, read_yaml

BATCH = 5000


def load(folder: Path) -> list[Report]:
    """Terms, then places. Raises BrokenStarterFile and loads nothing of the file that is broken."""
    return [load_terms(folder / "terms.yaml"), load_places(folder / "places.tsv.gz")]


@transaction.atomic
def load_terms(path: Path) -> Report:
    """Every term with its wordings; broader terms are tied afterwards, when all exist."""
    report, entries = Report(), list(_checked_terms(path))
    existing = {term.pk: term for term in Term.objects.prefetch_related("wordings")}
    loader = Loader("term", existing.get, _term_fingerprint, report)
    with disable_reference_index_auto_update():
        for position, (scheme, entry) in enumerate(entries):
            data = {**entry, "scheme": scheme, "position": position}
            loader.sync(entry["id"], data, partial(_save_term, data=data))
    return report


def _checked_terms(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    schemes = (read_yaml(path) or {}).get("schemes")
    if not isinstance(schemes, dict):
        raise BrokenStarterFile(path, "schemes", "the file must hold schemes, each with a list of terms")
    seen: set[str] = set()
    found = [(scheme, entry) for scheme, body in schemes.items() for entry in body.get("terms", [])]
    for scheme, entry in found:
        where = f"{scheme}.{entry.get('id', '?')}"
        if scheme not in Scheme.values:
            raise BrokenStarterFile(path, where, f"there is no scheme “{scheme}”")
        if not entry.get("id") or not (entry.get("label") or {}).get("en"):
            raise BrokenStarterFile(path, where, "a term needs an id and an English label")
        if entry["id"] in seen:
            raise BrokenStarterFile(path, where, "this id stands twice")
        seen.add(entry["id"])
    for scheme, entry in found:
        if entry.get("broader") and entry["broader"] not in seen:
            raise BrokenStarterFile(path, f"{scheme}.{entry['id']}.broader", f"no term is called “{entry['broader']}”")
    # Broader terms first, so that each can point at one that stands.
    waiting, done = found, set[str]()
    while waiting:
        ready = [pair for pair in waiting if not pair[1].get("broader") or pair[1]["broader"] in done]
        if not ready:
            raise BrokenStarterFile(path, "broader", "terms point at each other in a circle")
        yield from ready
        done.update(entry["id"] for _, entry in ready)
        waiting = [pair for pair in waiting if pair[1]["id"] not in done]


def _save_term(term: Term | None, data: dict[str, Any]) -> Term:
    if term is not None:
        term.wordings.all().delete()
    term = Term(id=data["id"])
    term.scheme, term.position = data["scheme"], data["position"]
    term.broader_id = data.get("broader")
    term.definition, term.source = data.get("definition") or "", str(data.get("source") or "")
    term.labels = dict(data["label"])
    term.save()
    # In one statement: thousands of forms, one save each, would be most of the loader's time.
    TermWording.objects.bulk_create([*_wordings(term, data)])
    return term


def _wordings(term: Term, data: dict[str, Any]) -> Iterator[TermWording]:
    seen_in_use = {language for language, state in (data.get("confidence") or {}).items() if state == "seen"}
    for language, text in (data.get("label") or {}).items():
        yield TermWording(term=term, language=language, role="label", text=text, reviewed=language in seen_in_use)
    for role, key in (("alternate", "alt"), ("hidden", "hidden")):
        for language, texts in (data.get(key) or {}).items():
            for text in dict.fromkeys(texts):
                yield TermWording(term=term, language=language, role=role, text=text)


def _term_fingerprint(term: Term) -> object:
    wordings = sorted((each.language, each.role, each.text, each.reviewed) for each in term.wordings.all())
    return [term.scheme, term.broader_id, term.definition, term.source, wordings]


@transaction.atomic
def load_places(path: Path) -> Report:
    """The gazetteer, whole: it is nobody's to edit, so a changed file replaces it by id."""
    report, record = Report(), StarterRecord.objects.filter(key="places").first()
    source = digest(path.read_bytes().hex())
    if record is not None and record.source_hash == source and Place.objects.exists():
        report.unchanged = Place.objects.count()
        return report
    rows = list(_checked_places(path))
    inside: dict[str, int] = {}
    for row in rows:
        inside[row["parent"]] = inside.get(row["parent"], 0) + row["population"]
    for row in rows:
        if row["kind"] == Place.Kind.REGION:
            row["population"] = inside.get(row["id"], 0)
    PlaceName.objects.all().delete()
    fields = ["kind", "name", "parent_id", "country", "population", "latitude", "longitude", "labels"]
    for kind in Place.Kind.values:
        Place.objects.bulk_create(
            [_place(row) for row in rows if row["kind"] == kind],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[name.removesuffix("_id") for name in fields],
        )
    _write_names(rows)
    StarterRecord.objects.update_or_create(key="places", defaults={"source_hash": source, "record_hash": source})
    report.loaded = len(rows)
    return report


def _checked_places(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(reader, start=2):
            if row["kind"] not in Place.Kind.values:
                raise BrokenStarterFile(path, f"line {number}: kind", f"“{row['kind']}” is no kind of place")
            try:
                row["population"] = int(row["population"] or 0)
                row["lat"], row["lon"] = float(row["lat"]), float(row["lon"])
            except (TypeError, ValueError) as error:
                raise BrokenStarterFile(path, f"line {number}", f"a number is wrong: {error}") from error
            yield row


def _place(row: dict[str, Any]) -> Place:
    # Only countries have names of their own in the languages of the interface.
    labels = names_of_country().get(row["id"], {}) if row["kind"] == Place.Kind.COUNTRY else {}
    return Place(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        parent_id=row["parent"] or None,
        country=row["country"],
        population=row["population"],
        latitude=row["lat"],
        longitude=row["lon"],
        labels=dict(labels),
    )


def _write_names(rows: list[dict[str, Any]]) -> None:
    """Two hundred thousand small rows: making a model of each would take longer than all other loading."""
    names = [name for row in rows for name in _place_names(row)]
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(PlaceName._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} (place_id, key, main) VALUES (%s, %s, %s)", names)  # noqa: S608


def _place_names(row: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    main = fold(row["name"])
    yield row["id"], main, True
    for key in dict.fromkeys(fold(name) for name in (row["names"] or "").split("|")):
        if len(key) > 3 and key != main:
            yield row["id"], key[:160], False
