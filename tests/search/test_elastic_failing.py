"""However the search server fails, a reader knows it within two seconds, and no log learns what was searched for."""

import logging
import time
import traceback
from collections.abc import Callable, Iterator

import pytest

from search.engines.base import Condition, EngineError, Match
from search.engines.elastic.address import Address
from search.engines.elastic.connection import Timeouts
from search.engines.elastic.engine import ElasticEngine
from search.query import SearchQuery, Understanding
from tests.contract.conftest import guide
from tests.search import fake_elasticsearch as fake

QUERY = SearchQuery(
    principals=frozenset({"public"}), language="en", understood=Understanding(rest=("lantern",)), counted=()
)
READS: dict[str, Callable[[ElasticEngine], object]] = {
    "search": lambda engine: engine.search("library", QUERY, Match.ALL),
    "people": lambda engine: engine.search("directory", QUERY, Match.ALL),
    "count": lambda engine: engine.count("library", QUERY, Match.ANY),
    "alike": lambda engine: engine.alike(guide(1, concepts=("a",)), QUERY, 3),
}
LOST = {**fake.WHOLE, "successful": 0, "failed": 1}
FAILURES: dict[str, Callable[[fake.Handler], None]] = {
    "never answers": fake.never,
    "stops in the middle": fake.half,
    "hangs up": fake.hang_up,
    "429": fake.saying(429, fake.refused(429, "es_rejected_execution_exception")),
    "503": fake.saying(503),
    "a proxy's 502": fake.saying(502),
    "500": fake.saying(500, fake.refused(500, "null_pointer_exception")),
    "no right": fake.saying(401, fake.refused(401, "security_exception")),
    "no Elasticsearch": fake.no_elasticsearch,
    "no JSON": lambda handler: handler.reply(200, b"<html>hello</html>"),
    "red": fake.each_search(fake.refused(503, "search_phase_execution_exception")),
    "too busy for one search": fake.each_search(fake.refused(429, "es_rejected_execution_exception")),
    "wrong mapping": fake.each_search(fake.refused(400, "illegal_argument_exception")),
    "no index": fake.each_search(fake.refused(404, "index_not_found_exception")),
    "out of time": fake.each_search(fake.found(timed_out=True)),
    "a lost shard": fake.each_search(fake.found(_shards=LOST)),
    "a missing part": fake.each_search({"took": 1, "status": 200}),
}


@pytest.fixture(params=FAILURES, ids=str)
def failing(request: pytest.FixtureRequest) -> Iterator[fake.FakeElasticsearch]:
    with fake.serving(FAILURES[request.param]) as server:
        yield server


class Clock:
    """Goes on only when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def engine_on(url: str, **more: object) -> ElasticEngine:
    return ElasticEngine(Address.of(url), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_failing_server_is_an_error_of_the_engine_within_two_seconds(
    failing: fake.FakeElasticsearch, read: Callable[[ElasticEngine], object]
):
    engine, started = engine_on(failing.url), time.monotonic()

    with pytest.raises(EngineError):
        read(engine)

    assert time.monotonic() - started < 2


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_dead_port_is_an_error_of_the_engine_at_once(read: Callable[[ElasticEngine], object]):
    engine, started = engine_on(f"http://127.0.0.1:{fake.dead_port()}"), time.monotonic()

    with pytest.raises(EngineError):
        read(engine)

    assert time.monotonic() - started < 0.5


def test_the_state_of_a_failing_server_is_told_within_two_seconds(failing: fake.FakeElasticsearch):
    started = time.monotonic()

    assert engine_on(failing.url).condition() is not Condition.READY
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("failure", ["never answers", "hangs up", "429", "503"])
def test_a_server_that_does_not_answer_is_not_called_a_broken_index(failure: str):
    with fake.serving(FAILURES[failure]) as server:
        assert engine_on(server.url).condition() is Condition.UNREACHABLE


@pytest.mark.parametrize("failure", ["never answers", "red", "out of time"])
def test_after_a_failure_the_next_requests_do_not_wait(failure: str):
    with fake.serving(FAILURES[failure]) as server:
        engine = engine_on(server.url)
        with pytest.raises(EngineError):
            READS["search"](engine)
        started, asked = time.monotonic(), len(server.asked)

        for read in READS.values():
            with pytest.raises(EngineError):
                read(engine)
        with pytest.raises(EngineError):
            engine.replace({"practice:1": ()})
        with pytest.raises(EngineError), engine.rebuilding():
            pass

        assert engine.condition() is Condition.UNREACHABLE
        assert len(server.asked) == asked
        assert time.monotonic() - started < 0.5


def test_a_wrong_question_does_not_close_the_way_for_others():
    with fake.serving(FAILURES["wrong mapping"]) as server:
        engine = engine_on(server.url)
        with pytest.raises(EngineError):
            READS["search"](engine)
        server.behaviour = fake.each_search(fake.found())

        assert READS["count"](engine) == 0


def test_after_a_rest_one_request_tries_and_its_answer_lets_all_others_go_on():
    clock = Clock()
    with fake.serving(fake.saying(503)) as server:
        engine = engine_on(server.url, clock=clock)
        with pytest.raises(EngineError):
            READS["search"](engine)
        server.behaviour = fake.each_search(fake.found())
        with pytest.raises(EngineError):
            READS["search"](engine)
        clock.now += 3.1

        assert READS["count"](engine) == 0
        assert READS["count"](engine) == 0


def test_a_second_failure_after_the_rest_begins_another_rest():
    clock = Clock()
    with fake.serving(fake.saying(503)) as server:
        engine = engine_on(server.url, clock=clock)
        for rest in (0, 3.1):
            clock.now += rest
            with pytest.raises(EngineError):
                READS["search"](engine)

        with pytest.raises(EngineError):
            READS["search"](engine)

        assert len(server.asked) == 2


def test_neither_the_words_searched_for_nor_the_password_are_told_to_anybody(
    failing: fake.FakeElasticsearch, caplog: pytest.LogCaptureFixture
):
    url = failing.url.replace("//", "//site:open-sesame@")
    engine = engine_on(url)
    caplog.set_level(logging.WARNING)

    with pytest.raises(EngineError) as raised:
        READS["search"](engine)

    told = "".join(traceback.format_exception(raised.value)) + caplog.text + repr(engine.address)
    assert "lantern" not in told
    assert "open-sesame" not in told


def test_a_busy_server_is_asked_again_more_and_more_slowly(monkeypatch: pytest.MonkeyPatch):
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    busy = [True, True, True]

    def behave(handler: fake.Handler) -> None:
        if fake.but_for_writing(handler):
            return
        if busy:
            busy.pop()
            handler.reply(429, fake.refused(429, "es_rejected_execution_exception"))
        else:
            handler.reply(200, {"took": 1, "errors": False, "items": [{"index": {"_id": "practice:1", "status": 201}}]})

    with fake.serving(behave) as server:
        engine_on(server.url).replace({"practice:1": [guide(1)]})

    assert pauses == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_stays_busy_is_given_up_after_a_few_tries(monkeypatch: pytest.MonkeyPatch, status: int):
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    item = {"index": {"_id": "practice:1", **fake.refused(status, "es_rejected_execution_exception")}}

    def behave(handler: fake.Handler) -> None:
        if not fake.but_for_writing(handler):
            handler.reply(200, {"took": 1, "errors": True, "items": [item]})

    with fake.serving(behave) as server:
        engine = engine_on(server.url)
        with pytest.raises(EngineError):
            engine.replace({"practice:1": [guide(1)]})

        assert sum(path.startswith("/_bulk") for path in server.asked) == 5
        assert engine.condition() is Condition.UNREACHABLE


def test_a_refused_document_is_named_by_its_key_without_its_text():
    title = "".join(("lan", "tern"))
    item = {"index": {"_id": "practice:1", **fake.refused(400, "document_parsing_exception", title)}}

    def behave(handler: fake.Handler) -> None:
        if not fake.but_for_writing(handler):
            handler.reply(200, {"took": 1, "errors": True, "items": [item]})

    with fake.serving(behave) as server, pytest.raises(EngineError) as raised:
        engine_on(server.url).replace({"practice:1": [guide(1, title)]})

    assert "practice:1" in str(raised.value)
    assert title not in "".join(traceback.format_exception(raised.value))


def test_a_write_to_a_server_that_stalls_ends_too():
    with fake.serving(fake.never) as server:
        engine = engine_on(server.url, timeouts=Timeouts(writing=0.5))

        with pytest.raises(EngineError):
            engine.replace({"practice:1": [guide(1)]})
