"""Files of judged searches: a public test collection, or practitioners' queries and what each must reach."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from search.document import SearchDocument


class BrokenFile(Exception):
    """A file that cannot be measured with: one sentence that names the file, the line or entry, and the reason."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries by id, and for each query the grade (1 and more) of each document that answers it."""

    documents: tuple[SearchDocument, ...]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Question:
    """A practitioner's query, its language, its kind, and the concepts it must reach."""

    id: str
    language: str
    kind: str
    query: str
    expects: tuple[str, ...]


def read_collection(folder: Path, language: str = "en") -> Collection:
    """docs.jsonl (id, title, text), queries.tsv (id, query), qrels.tsv (query, document, grade). Raises BrokenFile."""
    if not folder.is_dir():
        raise BrokenFile(f"{folder} is no folder: name one that holds docs.jsonl, queries.tsv and qrels.tsv.")
    documents = {each.key: each for each in _documents(folder / "docs.jsonl", language)}
    queries = {row[0]: row[1] for _, row in _rows(folder / "queries.tsv", 2)}
    grades: dict[str, dict[str, int]] = {name: {} for name in queries}
    path = folder / "qrels.tsv"
    for number, (query, document, grade) in _rows(path, 3):
        if query not in queries:
            raise BrokenFile(f"{path}, line {number}: there is no query “{query}” in queries.tsv.")
        if not grade.lstrip("-").isdecimal():
            raise BrokenFile(f"{path}, line {number}: the grade “{grade}” is no whole number.")
        if int(grade) > 0:
            grades[query][key_of(document)] = int(grade)
    if not any(grades.values()):
        raise BrokenFile(f"{path}: no document is judged to answer any query, so there is nothing to measure.")
    return Collection(tuple(documents.values()), queries, grades)


def key_of(name: str) -> str:
    """The key that a document of a collection is indexed under."""
    return f"page:{name}"


def _documents(path: Path, language: str) -> Iterator[SearchDocument]:
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            name, title, text = (str(entry[field]) for field in ("id", "title", "text"))
        except (ValueError, TypeError, KeyError) as error:
            raise BrokenFile(f"{path}, line {number}: not a JSON object with id, title and text ({error}).") from error
        yield SearchDocument(key_of(name), "library", "page", title, language=language, body=text)


def _rows(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(_text(path).splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) == columns:
            yield number, [cell.strip() for cell in cells]
        elif line.strip():
            raise BrokenFile(f"{path}, line {number}: {columns} columns parted by tabs are needed, not {len(cells)}.")


def read_queries(path: Path) -> list[Question]:
    """A YAML list of entries with query, lang and expects; id and kind may be missing. Raises BrokenFile."""
    try:
        entries = yaml.load(_text(path), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BrokenFile(f"{path}{f', line {mark.line + 1}' if mark else ''}: this is not YAML.") from error
    if not isinstance(entries, list) or not entries:
        raise BrokenFile(f"{path}: a list of queries is needed, each with query, lang and expects.")
    return [_question(path, number, entry) for number, entry in enumerate(entries, start=1)]


def _question(path: Path, number: int, entry: Any) -> Question:
    where = f"{path}, entry {number}"
    if not isinstance(entry, dict):
        raise BrokenFile(f"{where}: this is no entry with query, lang and expects.")
    for name in ("query", "lang"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise BrokenFile(f"{where}: “{name}” must be a text.")
    expects = entry.get("expects")
    if not isinstance(expects, list) or not expects or not all(isinstance(each, str) for each in expects):
        raise BrokenFile(f"{where}: “expects” must be a list of concept ids.")
    name, kind = str(entry.get("id") or number), str(entry.get("kind") or "")
    return Question(name, entry["lang"], kind, entry["query"], tuple(dict.fromkeys(expects)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BrokenFile(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise BrokenFile(f"{path} is not UTF-8 text.") from error
