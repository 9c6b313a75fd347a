"""All that is stored about a person, for themselves. Each room brings its part; this one knows no higher room.

It holds what is about its owner or by them and what they may read. What others were promised stays out of it, and
nothing is opened by taking it along.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from network.models import Practitioner


class Owner(NamedTuple):
    """Whose data it is: the entry, the account that owns or answers it, and what that account may see of others."""

    entry: Practitioner
    account: Any
    principals: frozenset[str]


# What can be written as JSON.
Tell = Callable[[Owner], Any]


class Part(NamedTuple):
    """One part: its title, the models that it tells of, by label, and what tells it."""

    title: str
    models: tuple[str, ...]
    tell: Tell


parts: list[Part] = []


def part(title: str, *models: str) -> Callable[[Tell], Tell]:
    """Function decorator: adds a part to everybody's own data, in the order of registration."""

    def register(function: Tell) -> Tell:
        parts.append(Part(title, models, function))
        return function

    return register


def export(entry: Practitioner, account: Any, principals: frozenset[str]) -> Mapping[str, Any]:
    """The parts by their titles; ask for it only for who owns or answers the entry."""
    owner = Owner(entry, account, principals)
    return {each.title: each.tell(owner) for each in parts}
