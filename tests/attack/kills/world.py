"""A small site of its own for the kills: people and guides whose tokens tell them apart, and what is compared."""

import json
import random
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from network.services.erasure import erase
from search import indexer, outbox, state, targets
from search.engines.base import EngineError
from search.models import OutboxEntry
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, term
from tests.practices.factories import make_guide, make_term
from tests.site_tree import make_tree
from tests.vocabulary.factories import PlaceFactory

OPEN = {f"{group}_for": "public" for group in ("listing", "name", "profession", "area", "networks", "languages")}
PEOPLE, GUIDES, NETWORKS, TERMS = 40, 6, 4, 8
# Tokens of what was hidden for good, one a line, written after the commit that hid it: nobody may find them again.
HIDDEN, SEEN, CRASHES = "hidden", "seen", "crashes"
CANARY = "Qzxcanaryzxq"
# An outbox that is not empty after so many seconds is wedged: nothing of this world takes longer.
EMPTY_WITHIN = 60.0


def prepare(folder: Path, dice: random.Random) -> None:
    """Migrates, fills the database, and builds the first index."""
    call_command("migrate", verbosity=0)
    with outbox.paused():
        make_tree()
        above = [make_term("method", f"above-{number}") for number in range(2)]
        terms = [make_term("method", f"method-{number}") for number in range(TERMS)]
        for each in terms[: TERMS // 2]:
            each.broader = dice.choice(above)
            each.save()
        country = PlaceFactory(id="AL", kind="country", name="Albania", population=3_000_000)
        places = [PlaceFactory(id=f"g{number}", parent=country) for number in range(3)]
        networks = [NetworkFactory() for _ in range(NETWORKS)]
        body = OrganisationFactory()
        for number in range(PEOPLE):
            add_person(f"z{number:04d}z", dice.choice(networks), dice.choice(terms), dice.choice(places), body)
        for number in range(GUIDES):
            make_guide(title=f"Guide y{number:04d}y", slug=f"guide-{number}")
    for name in (HIDDEN, SEEN, CRASHES):
        (folder / name).touch()
    indexer.rebuild()


def add_person(token: str, network: Any, method: Any, place: Any, body: Any) -> Any:
    """An open entry that alone has its profession, so that a count of it tells whether it is seen."""
    return PractitionerFactory(
        display_name=token,
        networks=[network],
        terms=[method],
        areas=[place],
        organisation=body,
        profession=term(f"profession-{token}"),
        speaks=["sq"],
        **OPEN,
    )


def compare(folder: Path) -> dict[str, Any]:
    """Waits until the outbox is empty, then compares every document: `lost`, `phantom`, `stale`, `wedged`."""
    # What a killed loader left would be due some hours later.
    OutboxEntry.objects.filter(key=indexer.EVERYTHING).update(retry_at=timezone.now())
    until = time.monotonic() + EMPTY_WITHIN
    while (OutboxEntry.objects.exists() or not _all_ready()) and time.monotonic() < until:
        time.sleep(0.05)
    found: dict[str, Any] = {"lost": [], "phantom": [], "stale": [], "documents": 0}
    found["wedged"] = list(OutboxEntry.objects.values_list("key", flat=True)) or ([] if _all_ready() else ["an index"])
    for target in targets.every() if not found["wedged"] else ():
        drift = indexer.drift(target)
        found["lost"] += drift.missing
        found["phantom"] += drift.left_over
        found["stale"] += drift.outdated
        found["documents"] += sum(1 for _ in target.engine.fingerprints())
    found["seen"] = (folder / SEEN).read_text().splitlines()
    found["crashes"] = (folder / CRASHES).read_text().splitlines()
    return found


def erase_and_purge(var: Path) -> dict[str, Any]:
    """Somebody comes, is found and is erased; in which files their name stands before, after, and after the purge."""
    entry = PractitionerFactory(display_name=CANARY, networks=[NetworkFactory()], **OPEN)
    outbox.drain()
    stands = {"before": _holding(var, CANARY)}
    erase(entry=entry, actor="test")
    outbox.drain()
    stands["erased"] = _holding(var, CANARY)
    call_command("index", purge=True)
    stands["purged"] = _holding(var, CANARY)
    return stands


def _holding(var: Path, text: str) -> list[str]:
    """Files that hold a text as it stands or as it is indexed."""
    forms = {form.encode() for form in (text, text.casefold())}
    files = [path for path in sorted(var.rglob("*")) if path.is_file()]
    return [str(path.relative_to(var)) for path in files if any(form in path.read_bytes() for form in forms)]


def _all_ready() -> bool:
    try:
        return not any(target.needs_rebuild(state.read()) for target in targets.every())
    except (EngineError, OperationalError):
        return False


def note(path: Path, line: str) -> None:
    """One line at the end of a file, in one write: two processes may do it at once."""
    with path.open("a") as file:
        file.write(f"{line}\n")


def answer(path: Path, value: object) -> None:
    """Written whole or not at all."""
    fresh = path.with_suffix(".part")
    fresh.write_text(json.dumps(value))
    fresh.replace(path)
