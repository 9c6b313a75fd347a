"""What an attack comes back with, the same for all of them."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """What was tried, counted by kind; what was measured; and what was found wrong, in sentences."""

    tried: Counter[str] = field(default_factory=Counter)
    figures: dict[str, float] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.found
