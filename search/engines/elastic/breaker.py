"""After a failure the next requests are spared the wait: a page that asks five times waits once."""

import threading
import time
from collections.abc import Callable

from search.engines.base import EngineError

REST_SECONDS = 3.0


class UnreachableError(EngineError):
    """The server does not answer, or cannot now; nothing is known of the index."""


class Breaker:
    """Open for a few seconds after each failure; then one request tries, and when it is answered all may go on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed = False
        self._until = 0.0
        self._turn = threading.Lock()

    def check(self) -> None:
        """Raises UnreachableError while it is open. Whoever comes first after the rest tries for all others."""
        with self._turn:
            if not self._failed:
                return
            if self._clock() < self._until:
                raise UnreachableError("the server failed a moment ago")
            self._until = self._clock() + REST_SECONDS

    def failed(self) -> None:
        with self._turn:
            self._failed, self._until = True, self._clock() + REST_SECONDS

    def answered(self) -> None:
        with self._turn:
            self._failed = False
