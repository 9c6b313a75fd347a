"""The long forms of attacks whose short forms share the database of the tests: each in a database of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.attack.own_database import own_database

# isort: split
from django.test.utils import setup_test_environment

from tests.attack import canaries, harvest, snapshots
from tests.attack.life.machine import lived, shortest
from tests.attack.outcome import Enough, Outcome
from tests.attack.part import Record, Settings
from tests.attack.standing import rolled_back, searching_with, standing_world
from tests.attack.two_worlds import compared

# A world is made anew after so many cases: its transaction must not grow without end.
CASES_A_WORLD = 1_000
STEPS_A_LIFE = 60


def two_worlds(settings: Settings) -> Record:
    """Cases of hidden entries and fields, with the engine of the environment."""
    told: list[str] = []
    done = batches = 0
    with own_database():
        for number in count():
            with standing_world(os.environ["SEARCH_ENGINE"]) as world:
                cases = min(CASES_A_WORLD, settings.number - done)
                for outcome in compared(world, cases, f"{settings.seed}/{number}"):
                    done, batches = done + outcome.cases, batches + 1
                    told += map(str, outcome.differences)
                    settings.say(f"{done} of {settings.number} cases, {len(told)} answers differed")
                    if settings.over():
                        break
            if settings.over() or done >= settings.number:
                break
    return Record(
        done,
        f"In {batches:,} batches, each asked in both worlds by one of the viewers.",
        {"answers that differed": told},
    )


def life_cycle(settings: Settings) -> Record:
    """Lives of so many steps, with the engine of the environment; of one that fails, the shortest list of steps."""
    told: list[str] = []
    done = 0
    with (
        _ready(),  # mail stays where the acts can read it
        tempfile.TemporaryDirectory(prefix="waymark-lives-") as folder,
        searching_with(os.environ["SEARCH_ENGINE"], Path(folder)),
    ):
        for number in range(settings.number):
            if (failure := lived(settings.seed + number, range(STEPS_A_LIFE))) is not None:
                told.append(str(shortest(failure)))
            done += 1
            settings.say(f"{done} of {settings.number} lives, {len(told)} failed")
            if settings.over():
                break
    return Record(
        done,
        f"Each of {STEPS_A_LIFE} steps, with seeds from {settings.seed} on; after every step all that must hold held.",
        {"lives in which something did not hold": told},
    )


def crawling(settings: Settings) -> Record:
    """The canaries' crawl of drawn worlds and of the CMS, with the engine of the environment."""
    with _ready():
        outcome = canaries.crawls(
            settings.number, settings.seed, engine=os.environ["SEARCH_ENGINE"], enough=_enough(settings)
        )
    return _recorded(outcome, "tokens that the oracle denies, and pages that failed")


def harvesting(settings: Settings) -> Record:
    """What a stranger and a member who turned get with so many questions each, with the engine of the environment."""
    with _ready():
        outcome = harvest.harvest(
            settings.number, settings.seed, engine=os.environ["SEARCH_ENGINE"], enough=_enough(settings)
        )
    return _recorded(outcome, "more than a rule leaves")


def counting(settings: Settings) -> Record:
    """Histories of published counts, on the database of the environment."""
    with _ready(), rolled_back():
        outcome = snapshots.histories(settings.number, settings.seed, enough=_enough(settings))
    return _recorded(outcome, "counts that tell of one or two people")


@contextmanager
def _ready() -> Iterator[None]:
    """Requests are answered and mail stays, as in tests."""
    setup_test_environment()
    with own_database():
        yield


def _enough(settings: Settings) -> Enough:
    def enough(outcome: Outcome) -> bool:
        settings.say(f"{outcome.done} of {settings.number}, {sum(outcome.tried.values())} tries, {outcome.found[:1]}")
        return settings.over()

    return enough


def _recorded(outcome: Outcome, wrong: str) -> Record:
    tried = "; ".join(f"{what} {count:,}" for what, count in outcome.tried.items())
    figures = "\n".join(f"| {what} | {figure:,} |" for what, figure in outcome.figures.items())
    table = f"\n\n| measured | |\n|---|---|\n{figures}" if figures else ""
    return Record(outcome.done, f"Tried: {tried}.{table}", {wrong: outcome.found})
