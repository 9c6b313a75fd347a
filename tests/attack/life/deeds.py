"""What an act is, and how what the product does is held against what the specification expects."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from tests.attack.life.checks import Broken
from tests.attack.life.people import Person
from tests.attack.life.town import Town

# (who it was done to, what was done in words); None where there was nobody to do it to.
Deed = tuple[Person | None, str]
Act = Callable[[Town, random.Random], Deed | None]
ACTS: dict[str, tuple[int, Act]] = {}


def act(*, weight: int) -> Callable[[Act], Act]:
    """Function decorator: adds an act under its own name; the heavier, the more often it is drawn."""

    def register(function: Act) -> Act:
        ACTS[function.__name__] = (weight, function)
        return function

    return register


@dataclass
class Done:
    """True once the product has done it."""

    done: bool = False

    def __bool__(self) -> bool:
        return self.done


@contextmanager
def expects(may: object, *refusals: type[Exception]) -> Iterator[Done]:
    """Inside, the product is asked; raises Broken where it refuses what may be done, or does what may not be."""
    outcome = Done()
    try:
        with transaction.atomic():
            yield outcome
        outcome.done = True
    except refusals as error:
        if may:
            raise Broken(f"refused, though it may be done: {error!r}") from error
    if outcome and not may:
        raise Broken("done, though it must be refused")


def refused(outcome: Done) -> str:
    return "" if outcome else " and is refused"
