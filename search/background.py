"""Mending an index while pages are served: in a thread of this process, one at a time, never in a reader's request."""

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from search import outbox
from search.engines.base import EngineError

log = logging.getLogger(__name__)
# An engine that is down is not tried more often than this, in seconds.
AGAIN_AFTER = 10.0


class _Mending:
    thread: threading.Thread | None = None
    began = float("-inf")


def mend_later() -> None:
    """Empties the outbox and rebuilds what cannot be used, after the current transaction.

    Where web processes do not write indexes, `manage.py index --follow` does.
    """
    if settings.SEARCH_INDEX_IN_WEB_PROCESS:
        transaction.on_commit(_start)


def _start() -> None:
    busy = _Mending.thread is not None and _Mending.thread.is_alive()
    if not busy and time.monotonic() - _Mending.began > AGAIN_AFTER:
        _Mending.began = time.monotonic()
        _Mending.thread = threading.Thread(target=_mend, name="search-mending", daemon=True)
        _Mending.thread.start()


def _mend() -> None:
    try:
        outbox.mend()
        outbox.drain()
    except EngineError as error:
        log.warning("The search index could not be mended: %s", error)
    except DatabaseError:
        log.exception("The search index could not be mended.")
    finally:
        connection.close()
