"""What the texts of the index in use are marked with; it is kept in the index's own description."""

import base64
import json
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from search.engines.elastic.border import UNWELL, PartialAnswerError
from search.engines.marks import Marks, Phrase

# So long after an index was built anew a reader may still look for a wording that only the new one is marked with as
# a phrase, which finds the same.
SECONDS = 2.0


def packed(phrases: Iterable[Phrase]) -> str:
    """Some fifteen thousand phrases in a tenth of a megabyte."""
    return base64.b85encode(zlib.compress(json.dumps(sorted(phrases)).encode())).decode()


def unpacked(kept: str) -> Marks:
    """Raises ValueError for anything but what `packed` gave."""
    listed = json.loads(zlib.decompress(base64.b85decode(kept)))
    return Marks((language, tuple(stems), slop) for language, stems, slop in listed)


class MarksInUse:
    """Those of the index behind an alias; threads may share it."""

    def __init__(self, alias: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._alias, self._clock = alias, clock
        self._lock = threading.Lock()
        self._asked = -SECONDS
        self._of = ""
        self._marks = Marks()

    def for_reading(self, client: Elasticsearch) -> Marks:
        """Asks which index is in use every two seconds, and what it is marked with when it is another.

        None where there is nothing to be asked: the search that follows says what is wrong.
        """
        with self._lock:
            if self._clock() - self._asked >= SECONDS:
                try:
                    self._ask(client)
                except (ApiError, PartialAnswerError) as error:
                    if isinstance(error, ApiError) and error.meta.status in UNWELL:
                        raise
                    self._of, self._marks = "", Marks()
                self._asked = self._clock()
            return self._marks

    def for_writing(self, client: Elasticsearch) -> Marks:
        """Of the index as it is now. Raises ApiError or PartialAnswerError where it does not say them."""
        with self._lock:
            self._ask(client)
            return self._marks

    def _ask(self, client: Elasticsearch) -> None:
        behind = client.indices.get_alias(name=self._alias).body
        if not isinstance(behind, dict) or len(behind) != 1:
            raise PartialAnswerError("an answer of another form")
        (name,) = behind
        if name != self._of:
            self._marks, self._of = _of_index(client, name), name


def _of_index(client: Elasticsearch, name: str) -> Marks:
    said: Any = client.indices.get_mapping(index=name).body
    try:
        return unpacked(said[name]["mappings"]["_meta"]["marks"])
    except (KeyError, TypeError, ValueError, zlib.error):
        raise PartialAnswerError("an index that does not say what its texts are marked with") from None
