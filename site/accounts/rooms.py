"""What the account overview leads to: a higher room brings its own, this one knows no higher room."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.http import HttpRequest


class Room(NamedTuple):
    """One line of the overview: where it leads, what it is called, one sentence about it, and how much waits there."""

    url: str
    label: str
    about: str = ""
    waiting: int = 0


Rooms = Callable[[HttpRequest], Iterable[Room]]
registered: list[Rooms] = []


def account_rooms(function: Rooms) -> Rooms:
    """Function decorator: the rooms that this request may enter, in order; none for who may not."""
    registered.append(function)
    return function


def rooms_of(request: HttpRequest) -> list[Room]:
    """All rooms of all apps."""
    return [room for rooms in registered for room in rooms(request)]
