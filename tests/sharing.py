"""How the tests are shared out among processes: what needs the same costly thing stays together, in one process."""

from pathlib import PurePath

from xdist.scheduler import LoadScopeScheduling

# Each of one process: the search server, which some of its tests stall and kill; the site that `make run` starts and
# its Chromium; all starter content, loaded once.
SEARCH_SERVER = "search server"
TOGETHER = {
    "tests/contract": SEARCH_SERVER,
    "tests/search/test_elastic_server.py": SEARCH_SERVER,
    "tests/attack/test_kills.py": SEARCH_SERVER,
    "tests/attack/test_two_worlds.py": SEARCH_SERVER,
    "tests/attack/test_erasure.py": SEARCH_SERVER,
    "tests/browser": "browser",
    "tests/starter": "starter content",
}
# What lasts longest is begun first, so that no process is left with it when the others have finished.
FIRST = (SEARCH_SERVER, "browser", "starter content", "tests/attack/")


def share(nodeid: str) -> str:
    """The share a test belongs to, by its node id: one of TOGETHER's, else its file, whose fixtures it shares."""
    path = nodeid.partition("::")[0]
    return next((name for place, name in TOGETHER.items() if PurePath(path).is_relative_to(place)), path)


def turn(nodeid: str) -> int:
    """When a test's share is begun, the lowest number first."""
    name = share(nodeid)
    return next((number for number, first in enumerate(FIRST) if name.startswith(first)), len(FIRST))


class Sharing(LoadScopeScheduling):
    """Gives each process one share after the other, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)
