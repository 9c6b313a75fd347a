"""The long forms of attacks whose short forms share the database of the tests: each in a database of its own."""

import os
import tempfile
from itertools import count
from pathlib import Path

from tests.attack.own_database import own_database

# isort: split
from django.test.utils import setup_test_environment

from tests.attack.life.machine import lived, shortest
from tests.attack.part import Record, Settings
from tests.attack.standing import searching_with, standing_world
from tests.attack.two_worlds import compared

# A world is made anew after so many cases: its transaction must not grow without end.
CASES_A_WORLD = 1_000
STEPS_A_LIFE = 60


def two_worlds(settings: Settings) -> Record:
    """Cases of hidden entries and fields, with the engine of the environment."""
    told: list[str] = []
    done = batches = 0
    with own_database(), tempfile.TemporaryDirectory(prefix="waymark-worlds-") as folder:
        for number in count():
            with standing_world(os.environ["SEARCH_ENGINE"], Path(folder) / str(number)) as world:
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
    setup_test_environment()  # mail stays where the acts can read it
    with (
        own_database(),
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
