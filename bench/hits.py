"""The records behind a synthetic index: those that the bench's searches find exist in the database, the others do not.

The search page re-reads every hit; without its row a hit would be dropped. Runs inside a process of the project.
"""

from collections.abc import Iterable

from bench.records import copy_pages, copy_rows
from network.models import Network, Organisation, Practitioner
from pages.search_index import page_kinds

BODIES = {"organisation": Organisation, "network": Network}


def make(keys: Iterable[str]) -> int:
    """Makes the records of these keys; returns how many."""
    by_kind: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        kind, _, number = key.partition(":")
        by_kind.setdefault(kind, []).append(number)
    for kind, numbers in by_kind.items():
        if kind == "person":
            _people(numbers)
        elif kind in BODIES:
            copy_rows(BODIES[kind], list(map(int, numbers)), {"slug": lambda new, old: f"copy-{new}"})
        else:
            copy_pages(page_kinds[kind].model, list(map(int, numbers)))
    return sum(map(len, by_kind.values()))


def _people(public_ids: list[str]) -> None:
    ids = dict(enumerate(public_ids, 1_000_000))
    copy_rows(Practitioner, list(ids), {"public_id": lambda new, old: ids[new], "user_id": lambda new, old: None})
