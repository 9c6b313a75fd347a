"""One writer at a time: between threads of this process, and between processes by a lock on a file."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

_threads = threading.Lock()


@contextmanager
def writing(*, wait: bool) -> Iterator[bool]:
    """Yields whether the index is ours to write. The system gives the lock back when a process is killed."""
    if not _threads.acquire(blocking=wait):
        yield False
        return
    try:
        folder = Path(settings.SEARCH_INDEX_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
    finally:
        _threads.release()
