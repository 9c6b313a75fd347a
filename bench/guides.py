"""Making a hundred thousand guides again from the database, with searches going on, and what the indexer takes."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.engines import library_query
from bench.indexes import FOLDER
from bench.measure import Spread, memory_of, say, spread
from bench.queries import library_searches
from bench.servers import ROOT, environment
from bench.site_folder import copy_of_base, run_in
from search.engines.embedded.engine import EmbeddedEngine
from search.relaxing import ask

SECONDS_BETWEEN_SEARCHES = 0.05


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How long it took, the searches that were answered meanwhile, and the most memory of the indexer."""

    guides: int
    seconds: float
    searches: Spread
    own_megabytes: float
    peak_megabytes: float


def rebuild(guides: int) -> Rebuilt:
    """Runs `manage.py index --rebuild` twice: the second time an index is there to be searched meanwhile."""
    var = FOLDER / f"guides-{guides}"
    if not (var / "ready").exists():
        copy_of_base(var)
        say(f"making {guides:,} guides in a database")
        run_in(var, "-m", "bench.make_guides", str(guides))
        run_in(var, "manage.py", "index", "--rebuild")
        (var / "ready").touch()
    queries = [library_query(asked) for asked in library_searches()]
    engine, times, own, peak = EmbeddedEngine(var / "search"), list[float](), 0.0, 0.0
    with _indexer(var) as indexer:
        started = time.perf_counter()
        while indexer.poll() is None:
            query = queries[len(times) % len(queries)]
            asked = time.perf_counter()
            ask(engine, "library", query)
            times.append(time.perf_counter() - asked)
            memory = memory_of(indexer.pid)
            own, peak = max(own, memory.own), max(peak, memory.peak)
            time.sleep(SECONDS_BETWEEN_SEARCHES)
        seconds = time.perf_counter() - started
    if indexer.returncode:
        raise SystemExit("The rebuild failed.")
    return Rebuilt(guides, seconds, spread(times), own, peak)


@contextmanager
def _indexer(var: Path) -> Iterator[subprocess.Popen[bytes]]:
    say("making the index of the guides again")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "index", "--rebuild"], cwd=ROOT, env=environment(var), stdout=sys.stderr
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
