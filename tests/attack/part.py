"""What every long attack is: a function from settings to a record. It imports nothing of the product.

A part sets up its own site or database, so each runs in a process of its own; see tests/attack/torture.py.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

SAYS_EVERY = 10.0


@dataclass(slots=True)
class Settings:
    """How much of an attack: `number` in the attack's own measure, all drawn from `seed`.

    `seconds` bound its time; a part asks `over()` after each step and ends with what it has done until then.
    """

    number: int
    seed: int
    variant: str = ""
    seconds: float = float("inf")
    tell: Callable[[str], None] = lambda line: None
    stopped: bool = False
    began: float = field(default_factory=time.monotonic)
    _said: float = float("-inf")

    def over(self) -> bool:
        """Whether the time is up or somebody wants it to end."""
        return self.stopped or time.monotonic() - self.began > self.seconds

    def say(self, line: str) -> None:
        """Progress, printed now and then."""
        if time.monotonic() - self._said > SAYS_EVERY:
            self._said = time.monotonic()
            self.tell(line)


@dataclass(frozen=True, slots=True)
class Record:
    """What came of it: how many were done, what is worth telling, and examples by what was wrong."""

    done: int
    told: str
    found: Mapping[str, Sequence[str]]

    @property
    def clean(self) -> bool:
        return not any(self.found.values())


Attack = Callable[[Settings], Record]
