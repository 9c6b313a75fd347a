"""Writing: documents go in and out by key, many in one request, gently where the server is busy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any

from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Search

from search.document import Index, SearchDocument
from search.engines.elastic.answers import ask
from search.engines.elastic.border import PartialAnswerError, RefusedError, elastic_border
from search.engines.elastic.breaker import Breaker
from search.engines.elastic.queries import terms
from search.engines.elastic.schema import INDEXES, id_of, to_engine
from search.engines.marks import Marks

CHUNK, CHUNK_BYTES = 1000, 8 * 1024 * 1024
# 0.5 + 1 + 2 + 4 seconds; then the changes go on waiting in the outbox.
TRIES, FIRST_PAUSE, LONGEST_PAUSE = 4, 0.5, 4.0
BUSY = (429, 503)
# Keys looked up at once, each of two to six views, and how many views one answer may hold.
KEYS, MOST_VIEWS = 200, 10_000
GONE = 404

Action = dict[str, Any]


class Writer:
    """Both indexes of one generation, by the alias that each is written through."""

    def __init__(self, client: Elasticsearch, breaker: Breaker, aliases: Mapping[Index, str], marks: Marks) -> None:
        self._client = client
        self._breaker = breaker
        self._aliases = aliases
        self._marks = marks

    def add(self, documents: Sequence[SearchDocument]) -> None:
        """Adds documents whose keys are new. They are seen after `finish`."""
        actions = self._puts(documents)
        with elastic_border(self._breaker):
            self._send(actions)

    def replace(self, documents: Mapping[str, Sequence[SearchDocument]]) -> None:
        """For each key: its old documents go, these come. A view that stays is written over."""
        self.finish()  # what a killed writer has left unseen is to be found
        for keys in batched(documents, KEYS):
            new = [document for key in keys for document in documents[key]]
            puts, staying = self._puts(new), {(document.index, id_of(document)) for document in new}
            with elastic_border(self._breaker):
                self._send([*self._deletions(keys, staying), *puts])
        self.finish()

    def finish(self) -> None:
        """Makes all that was written visible; it was lasting before."""
        with elastic_border(self._breaker):
            answer = self._client.indices.refresh(index=list(self._aliases.values()))
            if answer["_shards"]["failed"]:
                raise PartialAnswerError("some shards could not show what was written")

    def _puts(self, documents: Iterable[SearchDocument]) -> list[Action]:
        return [
            {
                "_op_type": "index",
                "_index": self._aliases[document.index],
                "_id": id_of(document),
                "_source": to_engine(document, self._marks),
            }
            for document in documents
        ]

    def _deletions(self, keys: Sequence[str], staying: set[tuple[Index, str]]) -> Iterator[Action]:
        """What the index holds under these keys and is not written again."""
        held = [
            Search(index=self._aliases[index])
            .query(terms("key", keys))
            .source(False)
            .extra(size=MOST_VIEWS, track_total_hits=True)
            for index in INDEXES
        ]
        for index, answer in zip(INDEXES, ask(self._client, held), strict=True):
            hits = answer["hits"]["hits"]
            if len(hits) < answer["hits"]["total"]["value"]:
                raise RefusedError(f"more than {MOST_VIEWS} documents of {len(keys)} keys")
            for hit in hits:
                if (index, hit["_id"]) not in staying:
                    yield {
                        "_op_type": "delete",
                        "_index": self._aliases[index],
                        "_id": hit["_id"],
                    }

    def _send(self, actions: Iterable[Action]) -> None:
        """Raises RefusedError for the first document that the server will not have."""
        sent = helpers.streaming_bulk(
            self._client,
            actions,
            chunk_size=CHUNK,
            max_chunk_bytes=CHUNK_BYTES,
            max_retries=TRIES,
            initial_backoff=FIRST_PAUSE,
            max_backoff=LONGEST_PAUSE,
            retry_on_status=BUSY,
            raise_on_error=False,
            yield_ok=False,
            require_alias=True,  # where the index is gone, nothing is made in its place
        )
        for _, told in sent:
            ((done, told_of),) = told.items()
            if done == "delete" and told_of.get("status") == GONE and "error" not in told_of:
                continue
            if told_of.get("status") in BUSY:
                raise PartialAnswerError("the server was too busy to take every document")
            kind = told_of.get("error", {})
            reason = kind.get("type", "") if isinstance(kind, dict) else ""
            raise RefusedError(f"{done} of {told_of.get('_id')} refused: {told_of.get('status')} {reason}".strip())
