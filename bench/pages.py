"""Through HTTP: the main pages of a site with the starter content, and the search page on a synthetic index."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from bench.measure import Memory, Spread, memory_of, shown, spread
from bench.queries import Asked
from bench.servers import ask, site

MAIN_PAGES = {
    "home": "/en/",
    "guide": "/en/practices/street-work-with-children/",
    "search": "/en/search/?q=kid+begging+at+traffic+lights",
    "people": "/en/people/?q=teacher&near=AL",
}
REQUESTS, CLIENTS, MIXED = 200, 4, 1000


@dataclass(frozen=True, slots=True)
class PageMeasure:
    """One main page under four clients at once."""

    name: str
    a_second: float
    times: Spread


@dataclass(frozen=True, slots=True)
class SearchPages:
    """The search page, one reader at a time: everything found by kind, and one kind's page of twenty."""

    everything: Spread
    one_kind: Spread
    memory: Memory


def main_pages(var: Path) -> tuple[list[PageMeasure], Memory]:
    """Requests a second of the main pages, and the server's memory after a thousand mixed requests."""
    with site(var) as server, ThreadPoolExecutor(CLIENTS) as clients:
        for path in MAIN_PAGES.values():
            ask(server.address + path)
        found = []
        for name, path in shown(MAIN_PAGES.items(), "main pages"):
            started = perf_counter()
            times = list(clients.map(ask, [server.address + path] * REQUESTS))
            found.append(PageMeasure(name, REQUESTS / (perf_counter() - started), spread(times)))
        list(clients.map(ask, [server.address + path for path in MAIN_PAGES.values()] * (MIXED // len(MAIN_PAGES))))
        return found, memory_of(server.pid)


def search_pages(var: Path, searches: Sequence[Asked]) -> SearchPages:
    """Each search twice, the first time unmeasured: files are read in, labels and words are learnt."""
    with site(var) as server:
        every = _times(lambda asked: server.address + address(asked), searches, "search page")
        kind = _times(lambda asked: server.address + address(asked, "practice"), searches, "search page, guides")
        return SearchPages(every, kind, memory_of(server.pid))


def _times(where: Callable[[Asked], str], searches: Sequence[Asked], what: str) -> Spread:
    for asked in shown(searches, f"{what}, warming up", len(searches)):
        ask(where(asked))
    return spread([ask(where(asked)) for asked in shown(searches, what, len(searches))])


def address(asked: Asked, kind: str = "") -> str:
    """The page of one search."""
    pairs = [("q", asked.text), *(("kind", each) for each in [kind] if each)]
    pairs += [(name, value) for name, values in asked.facets.items() for value in values]
    return f"/{asked.language}/search/?{urlencode(pairs)}"
