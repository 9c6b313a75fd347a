"""A server on 127.0.0.1 that fails as it is told: the network's edge, the only thing these tests fake."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from search.engines.elastic.address import PREFIX
from search.engines.elastic.generations import Names
from search.engines.elastic.marks import packed
from search.engines.elastic.schema import SHAPE

WHOLE = {"total": 1, "successful": 1, "skipped": 0, "failed": 0}


class FakeElasticsearch(ThreadingHTTPServer):
    """Answers every request by `behaviour`; `asked` are the paths in their order."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, behaviour: Callable[["Handler"], None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.asked: list[str] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeElasticsearch

    def do_any(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.asked.append(self.path)
        self.server.behaviour(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_any

    def reply(self, status: int, body: object, *, promised: int | None = None, product: str = "Elasticsearch") -> None:
        """`promised` more bytes than are sent leave the client waiting."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json" if not isinstance(body, bytes) else "text/html")
        if product:
            self.send_header("x-elastic-product", product)
        self.send_header("content-length", str(promised or len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def serving(behaviour: Callable[[Handler], None]) -> Iterator[FakeElasticsearch]:
    server = FakeElasticsearch(behaviour)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def dead_port() -> int:
    """A port of this machine at which nothing listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def saying(status: int, body: object = b"<html>no</html>") -> Callable[[Handler], None]:
    return lambda handler: handler.reply(status, body)


def never(handler: Handler) -> None:
    """Accepts the request and does not answer."""
    handler.server.over.wait(10)


def half(handler: Handler) -> None:
    """Begins to answer and stops."""
    handler.reply(200, {"responses": []}, promised=10_000)
    handler.server.over.wait(10)


def hang_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def no_elasticsearch(handler: Handler) -> None:
    handler.reply(200, {"responses": []}, product="")


def each_search(part: dict[str, Any]) -> Callable[[Handler], None]:
    """The indexes are there, a request as a whole is fine, and every search in it is answered by `part`."""

    def answer(handler: Handler) -> None:
        if not handler.path.endswith("_msearch"):
            handler.reply(200, indexes())
            return
        searches = handler.body.count(b"\n") // 2
        handler.reply(200, {"took": 1, "responses": [part] * searches})

    return answer


def but_for_writing(handler: Handler) -> bool:
    """Answers whatever a writer asks beside what it writes, as a server does that is well; else says False."""
    name, end = "an-index", handler.path.rpartition("/")[2]
    if end == "_msearch":
        each_search(found())(handler)
    elif end == "_refresh":
        handler.reply(200, {"_shards": WHOLE})
    elif end == "_mapping":
        handler.reply(200, {name: {"mappings": {"_meta": {"marks": packed(())}}}})
    elif handler.path.startswith("/_alias/"):
        handler.reply(200, {name: {"aliases": {end: {}}}})
    else:
        return False
    return True


def indexes() -> dict[str, Any]:
    """Both as they should be."""
    names = Names(PREFIX)
    described = {"_meta": {"shape": SHAPE}}
    return {name: {"aliases": {names.alias(index): {}}, "mappings": described} for index, name in names.fresh().items()}


def refused(status: int, kind: str, reason: str = "lantern is quoted") -> dict[str, Any]:
    cause = {"type": kind, "reason": reason}
    return {"error": {**cause, "root_cause": [cause]}, "status": status}


def found(**more: Any) -> dict[str, Any]:
    """An answer that found nothing."""
    counts = {"kind": {"buckets": []}}
    hits = {"total": {"value": 0, "relation": "eq"}, "hits": []}
    return {
        "took": 1,
        "timed_out": False,
        "_shards": WHOLE,
        "hits": hits,
        "aggregations": counts,
        "status": 200,
        **more,
    }
