"""What time it is for the life of an entry, so that a year can pass in a test and an operator can look ahead."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("network_clock", default=None)


def now() -> datetime:
    """The moment, aware; the real one unless `standing_at` says otherwise."""
    return _set.get() or timezone.now()


def today() -> date:
    """The day in the site's time zone."""
    return timezone.localtime(now()).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Inside, it is this moment (aware): for tests and for `manage.py daily --on`."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
