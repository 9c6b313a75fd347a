"""The long-running indexer: looks into the outbox again and again, and outlives engine and database."""

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import DatabaseError, connection

from search import database_files, outbox, purge
from search.engines.base import EngineError

log = logging.getLogger(__name__)
# In seconds: a change is visible within one, an engine that is down is tried ever more rarely.
LOOKS_EVERY = 0.2
MENDS_EVERY = 10.0
PURGES_EVERY = 600.0
LONGEST_PAUSE = 30.0


class _Ended(Exception):
    """Told to end while an index was being built: the one in use stays."""


class Follower:
    """Drains until told to end; a batch that was begun is finished first."""

    def __init__(self) -> None:
        self.ending = False
        self._mended = self._purged = float("-inf")

    def run(self) -> None:
        """Never raises for what the engine or the database does: it says so, waits, and goes on."""
        pause = 0.0
        while not self.ending:
            try:
                self._look()
            except _Ended:
                return
            except (EngineError, DatabaseError, database_files.StillRead) as error:
                pause = min(LONGEST_PAUSE, max(LOOKS_EVERY, pause * 2))
                log.warning("The indexer waits %.1f s: %s", pause, error)
                connection.close()
            else:
                if pause:
                    log.warning("The indexer goes on.")
                pause = 0.0
            self._rest(pause or LOOKS_EVERY)

    def _look(self) -> None:
        if time.monotonic() - self._mended > MENDS_EVERY:
            outbox.mend(self._go_on)
            self._mended = time.monotonic()
        outbox.drain()
        if time.monotonic() - self._purged > PURGES_EVERY:
            self._purged = time.monotonic()  # what fails costs a new index: no sooner than another look would
            purge.if_due()

    def _go_on(self, count: int) -> None:
        if self.ending:
            raise _Ended

    def _rest(self, seconds: float) -> None:
        """In short naps, so that the end comes soon; an event would have to be set from within a signal's handler."""
        until = time.monotonic() + seconds
        while not self.ending and (left := until - time.monotonic()) > 0:
            time.sleep(min(LOOKS_EVERY, left))


@contextmanager
def ending_on_signals(follower: Follower) -> Iterator[None]:
    """SIGTERM and SIGINT end the follower after its batch."""

    def end(number: int, frame: FrameType | None) -> None:
        follower.ending = True

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
