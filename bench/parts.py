"""The parts of the bench in their order, each from the sizes to what was measured, as plain values."""

import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import changes, engines, guides, indexes, pages, site_folder
from bench.measure import say
from bench.queries import library_searches, people_searches
from bench.servers import postgres
from search.engines.base import Engine
from search.engines.embedded.engine import EmbeddedEngine

URL = os.environ.get("WAYMARK_TEST_ELASTICSEARCH_URL", "")
LARGE = 1_000_000


def _engines(size: int) -> dict[str, Engine]:
    found: dict[str, Engine] = {"embedded": indexes.embedded(size)}
    if URL:
        found["elastic"] = indexes.elastic(URL, size)
    return found


def machine(sizes: Sequence[int]) -> dict[str, Any]:
    """What it ran on."""
    about = dict(line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().splitlines() if ":" in line)
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1024**2
    return {
        "processor": next((value.strip() for name, value in about.items() if name.strip() == "model name"), "?"),
        "cores": os.cpu_count(),
        "gigabytes": memory,
        "load": os.getloadavg()[2],
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("Django", "Wagtail", "tantivy", "elasticsearch")},
        "sizes": list(sizes),
    }


def filling(sizes: Sequence[int]) -> dict[str, Any]:
    """Both indexes of every size, and documents of 300 words into an empty index."""
    rates: dict[str, Any] = {}
    for size in sizes:
        for name, engine in _engines(size).items():
            rates.setdefault(str(size), {})[name] = asdict(indexes.build(name, engine, size))
    with TemporaryDirectory(dir=indexes.FOLDER) as folder:
        long = {"embedded": indexes.long_documents(EmbeddedEngine(Path(folder)))}
    if URL:
        long["elastic"] = indexes.long_documents(indexes.elastic(URL, 0))
    return {"sizes": rates, "long": long}


def asking(sizes: Sequence[int]) -> dict[str, Any]:
    """Through the engines, interleaved: library, directory, suggestions."""
    library = [engines.library_query(asked) for asked in library_searches()]
    people = [engines.people_query(asked) for asked in people_searches()]
    found: dict[str, Any] = {}
    for size in sizes:
        both = _engines(size)
        found[str(size)] = {
            "library": _plain(engines.compare(both, "library", library, f"library of {size:,}")),
            "directory": _plain(engines.compare(both, "directory", people, f"directory of {size:,}")),
            "suggestions": _plain(engines.compare(both, "library", engines.suggestions(), f"suggestions, {size:,}")),
        }
    return found


def _plain(measured: dict[str, engines.Measured]) -> dict[str, Any]:
    return {name: asdict(each) for name, each in measured.items()}


def web(sizes: Sequence[int]) -> dict[str, Any]:
    """Through HTTP, on the embedded engine."""
    measures, memory = pages.main_pages(site_folder.base())
    found: dict[str, Any] = {"main": [asdict(each) for each in measures], "memory": asdict(memory), "search": {}}
    asked = library_searches()
    for size in sizes:
        var = indexes.folder_of(size)
        site_folder.copy_of_base(var)
        queries = [("library", engines.library_query(each)) for each in asked]
        queries += [("directory", engines.library_query(each)) for each in asked]
        keys = engines.keys_found(indexes.embedded(size), queries)
        made = int(site_folder.run_in(var, "-m", "bench.make_hits", given=keys))
        say(f"the site of {size:,} has the records of {made:,} hits")
        found["search"][str(size)] = {**asdict(pages.search_pages(var, asked)), "records": made}
    return found


def visible(sizes: Sequence[int]) -> dict[str, Any]:
    """How soon a change is found, at the largest size."""
    size = max(sizes)
    return {"size": size, **{name: asdict(changes.visible(each, size)) for name, each in _engines(size).items()}}


def rebuilding(sizes: Sequence[int]) -> dict[str, Any]:
    """Guides from the database into a new index while searches go on."""
    return asdict(guides.rebuild(100_000 if max(sizes) >= LARGE else 10_000))


def database_search(sizes: Sequence[int]) -> dict[str, Any]:
    """Wagtail's own search of as many pages, on SQLite and on PostgreSQL."""
    found: dict[str, Any] = {}
    for size in [size for size in (10_000, 100_000) if size <= max(sizes) // 10]:
        with ExitStack() as stack:
            var = Path(stack.enter_context(TemporaryDirectory(dir=indexes.FOLDER)))
            site_folder.copy_of_base(var)
            run = ("-m", "bench.wagtail_search", str(size))
            found[str(size)] = {"SQLite": json.loads(site_folder.run_in(var, *run))}
            url = stack.enter_context(postgres(indexes.FOLDER / "postgres"))
            if url:
                found[str(size)]["PostgreSQL"] = json.loads(site_folder.run_in(var, *run, DATABASE_URL=url))
    return found


Part = Callable[[Sequence[int]], dict[str, Any]]
PARTS: dict[str, Part] = {
    "machine": machine,
    "filling": filling,
    "asking": asking,
    "web": web,
    "rebuilding": rebuilding,
    "database": database_search,
    "visible": visible,
}

assert sys.platform == "linux", "The bench reads /proc."
