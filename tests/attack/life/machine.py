"""A life drawn from a seed, step by step; of one that fails the shortest list of steps is found.

    python -m tests.attack.torture --only life_cycle=1 --seed 7

Each step has a dice of its own, of the seed and its number, so that leaving others out changes nothing in it.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from network import clock
from search import indexer
from search.models import OutboxEntry
from tests.attack.life import acts, index_events, joining
from tests.attack.life.checks import all_holds, drained
from tests.attack.life.deeds import ACTS
from tests.attack.life.town import Town, built

__all__ = ["Failure", "acts", "index_events", "joining", "lived", "shortest"]
# Where there is nobody to do a thing to, another is drawn.
MOST_DRAWN = 20
# Tries to leave steps out of a failing life.
MOST_TRIES = 60


@dataclass(frozen=True)
class Failure:
    """What did not hold, and after which steps: (number, what was done)."""

    seed: int
    broken: str
    steps: Sequence[tuple[int, str]]

    def __str__(self) -> str:
        lines = "\n".join(f"  {number}. {told}" for number, told in self.steps)
        return f"seed {self.seed}: {self.broken}\n{lines}"


def lived(seed: int, numbers: Sequence[int]) -> Failure | None:
    """Takes these steps of a seed's life in a town of its own, of which nothing stays; None when all held."""
    told: list[tuple[int, str]] = []
    doing = ["drained at the end"]
    with town_of(seed) as town:
        try:
            for number in numbers:
                told.append((number, "…"))
                told[-1] = (number, step(town, seed, number, doing))
            drained(town)
        except Exception as error:
            # Whatever it is: the steps that led to it are worth more than where it came up.
            told[-1:] = [(number, doing[-1] if said == "…" else said) for number, said in told[-1:]]
            return Failure(seed, f"{type(error).__name__}: {error}", told)
    return None


def step(town: Town, seed: int, number: int, doing: list[str]) -> str:
    """Does one thing and looks whether all holds; returns what was done in words. `doing` knows before."""
    dice = random.Random(f"{seed}/{number}")
    for name in dice.choices(list(ACTS), [weight for weight, _act in ACTS.values()], k=MOST_DRAWN):
        doing.append(name.replace("_", " "))
        if (deed := ACTS[name][1](town, dice)) is not None:
            touched, said = deed
            doing.append(f"{doing[-1]}{f': {said}' if said else ''}")
            all_holds(town, touched, dice)
            return doing[-1]
    return "nothing"


@contextmanager
def town_of(seed: int) -> Iterator[Town]:
    """A new town, indexed; its database and the clock are given back at the end."""
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        stack.callback(transaction.set_rollback, True)
        moment = timezone.now()
        stack.enter_context(clock.standing_at(moment))
        town = built(random.Random(f"town/{seed}"), moment, _set(stack))
        indexer.rebuild()
        OutboxEntry.objects.all().delete()
        yield town


def _set(stack: ExitStack) -> Callable[[datetime], None]:
    def to(moment: datetime) -> None:
        stack.enter_context(clock.standing_at(moment))

    return to


def shortest(failure: Failure) -> Failure:
    """The same life with every step left out that it does not need to fail, as far as so many tries find them."""
    size, tries = max(1, len(failure.steps) // 2), 0
    while size:
        start = 0
        while start < len(failure.steps) and tries < MOST_TRIES:
            numbers = [number for number, _told in failure.steps]
            tries += 1
            shorter = lived(failure.seed, numbers[:start] + numbers[start + size :])
            if shorter is None:
                start += size
            else:
                failure = shorter
        size //= 2
    return failure
