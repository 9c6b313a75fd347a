"""docs/benchmarks.md from what was measured; figures of other runs stay, each with its date."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bench import targets
from bench.indexes import FOLDER
from bench.servers import ROOT

NOTES = FOLDER / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
NAMES = {"embedded": "embedded", "elastic": "Elasticsearch"}
Results = dict[str, dict[str, Any]]


def results() -> Results:
    """What was measured until now, by part."""
    return json.loads(NOTES.read_text()) if NOTES.exists() else {}


def note(part: str, measured: dict[str, Any]) -> None:
    """Keeps what one part measured."""
    NOTES.parent.mkdir(parents=True, exist_ok=True)
    known = results() | {part: {"on": time.strftime("%Y-%m-%d"), **measured}}
    NOTES.write_text(json.dumps(known, indent=1))


def write() -> None:
    """The whole page anew."""
    known = results()
    parts = [_head(known), _section("Targets", targets.table(known))]
    for title, text, section in SECTIONS:
        if section in known:
            parts.append(_section(title, f"{text}\n\n{_dated(known[section])}\n\n{TABLES[section](known[section])}"))
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _section(title: str, body: str) -> str:
    return f"## {title}\n\n{body}"


def _dated(part: dict[str, Any]) -> str:
    return f"Measured on {part['on']}."


def _head(known: Results) -> str:
    machine = known.get("machine", {})
    versions = ", ".join(f"{name} {version}" for name, version in machine.get("versions", {}).items())
    return (
        "# Benchmarks\n\n"
        "Written by `make bench`; do not edit. How each figure comes about stands above it, what was tried to better "
        "it in decisions [26](decisions/0026-speed-of-the-embedded-engine.md) and [32](decisions/0032-marks.md).\n\n"
        f"{machine.get('processor', '?')}, {machine.get('cores', '?')} cores, {machine.get('gigabytes', '?')} GB; "
        f"Python {machine.get('python', '?')}, {versions}; {machine.get('on', '?')}, load average of the last quarter "
        f"of an hour before the start {machine.get('load', 0):.1f}."
    )


def rows(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A table."""
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ms(spread: dict[str, float]) -> str:
    return f"{spread['p50']:.1f} / {spread['p95']:.1f}"


def _asking(part: dict[str, Any]) -> str:
    def lines() -> Iterator[list[str]]:
        for size, indexes in _sizes(part):
            for index, by_engine in indexes.items():
                for name, measured in by_engine.items():
                    ratio = measured["best"]["p95"] / by_engine["embedded"]["best"]["p95"]
                    yield [
                        f"{size:,}", index, NAMES[name], _ms(measured["best"]), _ms(measured["all"]), f"{ratio:.2f}",
                        f"{measured['relaxed']}", f"{measured['empty']}",
                    ]  # fmt: skip

    head = ["documents", "index", "engine", "best of three, p50 / p95 ms", "all, p50 / p95 ms", "p95, × embedded",
            "relaxed", "nothing found"]  # fmt: skip
    return rows(head, lines())


def _sizes(part: dict[str, Any]) -> list[tuple[int, Any]]:
    return sorted((int(size), value) for size, value in part.items() if size.isdigit())


def _filling(part: dict[str, Any]) -> str:
    def lines() -> Iterator[list[str]]:
        for size, engines in _sizes(part["sizes"]):
            for name, built in engines.items():
                disk = f"{built['megabytes']:,.0f}" if built["megabytes"] else "–"
                yield [
                    f"{size:,}", f"{built['entries']:,}", NAMES[name], f"{built['library_rate']:,.0f}",
                    f"{built['directory_rate']:,.0f}", disk,
                ]  # fmt: skip

    long = ", ".join(f"{NAMES[name]} {rate:,.0f}" for name, rate in part["long"].items())
    head = ["documents of each kind", "entries of people", "engine", "library, documents/s", "directory, documents/s",
            "MB on disk"]  # fmt: skip
    return (
        f"{rows(head, lines())}\n\nDocuments of 300 words into an empty index, until they are found: {long} a second."
    )


def _web(part: dict[str, Any]) -> str:
    def lines() -> Iterator[list[str]]:
        for size, found in _sizes(part["search"]):
            memory = found["memory"]
            yield [
                f"{size:,}", _ms(found["everything"]), _ms(found["one_kind"]),
                f"{memory['own']:.0f} + {memory['mapped']:.0f}", f"{found['records']:,}",
            ]  # fmt: skip

    head = ["documents", "everything, p50 / p95 ms", "one kind, p50 / p95 ms", "MB own + mapped", "records"]
    main = [
        [each["name"], f"{each['a_second']:.1f}", _ms(each["times"])] for each in part["main"]
    ]  # fmt: skip
    memory = part["memory"]
    return (
        f"{rows(head, lines())}\n\nThe main pages with the starter content, four clients at once; the web process then "
        f"holds {memory['own']:.0f} MB of its own and {memory['mapped']:.0f} MB of mapped files.\n\n"
        f"{rows(['page', 'requests/s', 'p50 / p95 ms'], main)}"
    )


def _database(part: dict[str, Any]) -> str:
    body = [
        [f"{size:,}", name, f"{one['p50']:.0f} / {one['p95']:.0f}", f"{one['rate']:,.0f}", f"{one['asked']}"]
        for size, engines in _sizes(part)
        for name, one in engines.items()
    ]
    return rows(["pages", "database", "p50 / p95 ms", "index entries/s", "searches finished"], body)


def _rebuilding(part: dict[str, Any]) -> str:
    return (
        f"{part['guides']:,} guides in {part['seconds']:.0f} s. {part['searches']['many']:,} searches meanwhile, all "
        f"answered: p50 / p95 {_ms(part['searches'])} ms. The indexer held {part['own_megabytes']:.0f} MB of its own, "
        f"{part['peak_megabytes']:.0f} MB with mapped files."
    )


def _visible(part: dict[str, Any]) -> str:
    body = [
        [NAMES[name], f"{part[name]['p50']:.0f}", f"{part[name]['p99']:.0f}", f"{part[name]['worst']:.0f}"]
        for name in NAMES
        if name in part
    ]
    return f"At {part['size']:,} documents.\n\n{rows(['engine', 'p50 ms', 'p99 ms', 'worst ms'], body)}"


TABLES = {
    "asking": _asking, "filling": _filling, "web": _web, "database": _database, "rebuilding": _rebuilding,
    "visible": _visible,
}  # fmt: skip
SECTIONS = (
    (
        "Searches through the engines",
        "Two hundred searches of the library as a visitor (words, concepts, both, two concepts, a concept and a place; "
        "a quarter with a facet chosen) and two hundred of the directory as a member with five principals: twenty hits "
        "of one kind, the exact total, six facets, snippets. Everything asked for first, some of it where that finds "
        "fewer than three, as the product does; the words are understood beforehand. The engines answer each search "
        "one after the other, in turning order. Nothing is cached between equal searches. Suggestions are titles by "
        "the beginning of a word.",
        "asking",
    ),
    (
        "Pages",
        "A real web server with one worker, one reader at a time: the search page on the embedded engine, everything "
        "by kind and one kind alone, both with all facets and with understanding, database and templates. The index "
        "holds all documents; of the database's records only those exist that these searches show on a page (copies "
        "of starter records under other keys), because a page reads no others. Every search ran once before it was "
        "measured.",
        "web",
    ),
    (
        "Filling",
        "Invented texts in seven languages whose words are as frequent as in real ones, 60 to 300 words, with the "
        "project's own vocabulary and gazetteer; people with two to six views of an entry, one document each. The time "
        "is the engine's own, inventing the documents is not counted.",
        "filling",
    ),
    (
        "Making the index again",
        "Copies of the starter guides (about a thousand words and thirty concepts each), read from SQLite and indexed "
        "by `manage.py index --rebuild` while this process searches the old index every 50 ms.",
        "rebuilding",
    ),
    (
        "A change",
        "From the moment that the engine is given a changed document of the library until a search finds it.",
        "visible",
    ),
    (
        "Wagtail's own search",
        "Standard pages with the same titles, summaries and texts, found by Wagtail's database backend with the same "
        "searches: twenty pages, their exact number, counts of one field. It has neither snippets nor facets of "
        "concepts nor words of other languages, so it is asked for less.",
        "database",
    ),
)
