"""What an attack comes back with, the same for all of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """How many of the attack's own measure were done; what was tried, counted by kind; figures; and what was wrong."""

    done: int = 0
    tried: Counter[str] = field(default_factory=Counter)
    figures: dict[str, float] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)


# Is shown the outcome so far, after each step; what it answers is whether that is enough.
Enough = Callable[[Outcome], bool]


def never(_outcome: Outcome) -> bool:
    return False
