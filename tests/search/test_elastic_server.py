"""On a real server: it accepts every question, refuses what it does not know, and keeps what belongs to others."""

import itertools
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from search import engines
from search.engines import get_engine
from search.engines.base import Condition, EngineError, Match
from search.engines.elastic import generations
from search.engines.elastic.connection import Timeouts
from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.generations import Names, filling_alias
from search.engines.elastic.schema import INDEXES
from search.engines.elastic.writer import Writer
from search.engines.marks import Marks
from search.query import Clause, Concept, SearchQuery, Sort, Understanding
from tests.conftest import lacking
from tests.contract.conftest import PUBLIC, TIRANA, about, ask, emptied, guide, keys, person, words

ALBANIA = replace(TIRANA, id="AL", kind="country", name="Albania", form="albania")
LANTERN = Understanding(rest=("lantern",))


@pytest.fixture
def engine(elastic: ElasticEngine) -> ElasticEngine:
    """Empty indexes of this run."""
    return emptied(elastic)


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url, request_timeout=60) as client:
        yield client


@pytest.fixture
def site(elastic: ElasticEngine) -> Iterator[ElasticEngine]:
    """Another site on the same server, whose indexes this test may break."""
    address = replace(elastic.address, prefix=f"{elastic.address.prefix}-other")
    made = ElasticEngine(address, Timeouts(reading=30, asking=30, writing=60))
    yield made
    made.remove()


def filled(engine: ElasticEngine, *titles: str) -> None:
    with engine.rebuilding() as filling:
        filling.add([guide(number, title) for number, title in enumerate(titles)])


def aliases(engine: ElasticEngine, client: Elasticsearch) -> dict[str, str]:
    """Alias → index of one site."""
    found = client.indices.get_alias(index=f"{engine.address.prefix}-*")
    return {alias: name for name, has in found.items() for alias in has["aliases"]}


UNDERSTOOD = {
    "nothing": Understanding(),
    "words": Understanding(rest=("lantern", "harbour"), phrases=("best interests of the child",)),
    "concepts": Understanding(
        concepts=(
            Concept("a", "old lantern", "", (("fr", "vieille lanterne"), ("el", "φαναρι"), ("ru", "фонарь"))),
            Concept("b", "old lantern", ""),
        )
    ),
    "places": Understanding(places=(TIRANA, ALBANIA), languages=(Concept("language:sq", "albanian", "Albanian"),)),
    "left out": Understanding(rest=("lantern",), excluded=(Clause(concepts=("a",)), Clause(place=TIRANA))),
    "only left out": Understanding(excluded=(Clause(texts=(("", ("lantern",)),)),)),
    "a beginning": Understanding(beginning="old lan"),
    "a letter": Understanding(beginning="l"),
    "more than is required": Understanding(rest=tuple(f"word{number}" for number in range(40))),
    "an empty form": Understanding(concepts=(Concept("a", "", ""),)),
}
LIMITS: dict[str, dict[str, object]] = {
    "no limit": {},
    "one kind": {"kinds": ("practice",), "page": 3},
    "people": {"kinds": ("person",), "page": 2, "facets": {"language": ("sq",), "country": ("AL", "GR")}},
    "kinds and facets": {"kinds": ("event", "person"), "facets": {"method": ("m",), "evidence": ("E4", "NR")}},
    "near": {"near": TIRANA, "within_km": 60, "counted": ("country",)},
    "uncounted": {"near": ALBANIA, "counted": (), "kinds": ("page",)},
}


@pytest.mark.parametrize("understood", UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_the_server_knows_every_key_of_every_question(engine: ElasticEngine, understood: Understanding):
    sorts = itertools.cycle(Sort)
    for limits, match, index in itertools.product(LIMITS.values(), Match, INDEXES):
        sort = next(sorts) if match is Match.ALL else Sort.RELEVANCE
        query = SearchQuery(principals=PUBLIC, language="en", understood=understood, sort=sort, **limits)  # type: ignore[arg-type]

        assert engine.search(index, query, match).found == {}
        assert engine.count(index, query, match) == 0


def test_the_server_refuses_keys_that_it_does_not_know(engine: ElasticEngine, client: Elasticsearch):
    alias = Names(engine.address.prefix).alias("library")

    with pytest.raises(BadRequestError):
        client.search(index=alias, body={"query": {"match_all": {}}, "nonsense": 1})
    with pytest.raises(BadRequestError):
        client.search(index=alias, body={"query": {"term": {"kind": {"value": "x", "nonsense": 1}}}})
    with pytest.raises(BadRequestError):
        client.index(index=alias, document={"nonsense": 1})


@pytest.mark.parametrize(
    "typed",
    ["*", "la*", "lantern~1", "lanter?", "/lan.*/", "title_en:lantern", "names:*", "_exists_:key", "_id:1", "person:*",
     "principals:public", "lantern OR 1", '"lantern', "(lantern", "lantern\x00", "{}", '{"match_all":{}}', "public"],
)  # fmt: skip
def test_what_people_type_is_never_a_field_or_a_syntax(engine: ElasticEngine, typed: str):
    engine.replace(
        {"practice:1": [guide(1, "Lantern", facets={"country": ("AL",)})], "person:2": [person(2, "Lantern")]}
    )
    asked = [
        {"understood": Understanding(rest=(typed,))},
        {"understood": Understanding(phrases=(f"{typed} {typed}",))},
        {"understood": Understanding(beginning=typed)},
        {"understood": about(typed)},
        {"understood": Understanding(languages=(Concept(f"language:{typed}", typed, typed),))},
        {"understood": Understanding(places=(replace(TIRANA, id=typed, form=typed, kind="region", country=""),))},
        {"facets": {"country": (typed,)}},
        {"facets": {typed: ("AL",)}},
        {"kinds": (typed,)},
        {"language": typed},
        {"principals": frozenset({typed}) - PUBLIC},
    ]

    for fields in asked:
        given = {"principals": PUBLIC, "language": "en", **fields}
        for index in INDEXES:
            assert engine.search(index, SearchQuery(**given), Match.ALL).found == {}, fields  # type: ignore[arg-type]


def test_an_index_that_was_never_made_is_missing(site: ElasticEngine):
    assert site.condition() is Condition.MISSING
    with pytest.raises(EngineError):
        ask(site, words("lantern"))
    with pytest.raises(EngineError):
        site.replace({"practice:1": [guide(1)]})


def test_writing_to_a_missing_index_does_not_make_one(site: ElasticEngine, client: Elasticsearch):
    names = Names(site.address.prefix)
    writer = Writer(client, site._breaker, {index: names.alias(index) for index in INDEXES}, Marks())

    with pytest.raises(EngineError):
        writer.add([guide(1)])

    assert aliases(site, client) == {}


def test_an_index_that_another_version_filled_is_outdated_and_never_read(
    site: ElasticEngine, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as last_year:
        last_year.setattr(generations, "SHAPE", "0123456789ab")
        filled(site, "Lantern")

    assert site.condition() is Condition.OUTDATED
    with pytest.raises(EngineError):
        ask(site, words("lantern"))

    filled(site, "Lantern")

    assert site.condition() is Condition.READY
    assert len(aliases(site, client)) == 2


def test_another_index_behind_our_name_is_outdated_and_an_error_not_an_empty_answer(
    site: ElasticEngine, client: Elasticsearch
):
    filled(site, "Lantern")
    behind, strange = aliases(site, client), f"{site.address.prefix}-strange"
    client.indices.create(index=strange, mappings={"properties": {"kind": {"type": "text"}}})
    client.index(index=strange, document={"kind": "practice", "principals": "public", "shown_in": "en"}, refresh=True)
    moves = [{"remove": {"index": name, "alias": alias}} for alias, name in behind.items()]
    client.indices.update_aliases(actions=[*moves, *({"add": {"index": strange, "alias": each}} for each in behind)])

    assert site.condition() is Condition.OUTDATED
    with pytest.raises(EngineError):
        site.search("library", SearchQuery(principals=PUBLIC, language="en", counted=()), Match.ALL)

    filled(site, "Lantern")

    assert site.condition() is Condition.READY
    assert client.indices.exists(index=strange)
    client.indices.delete(index=strange)


def test_half_an_index_is_broken_and_a_rebuild_mends_it(site: ElasticEngine, client: Elasticsearch):
    filled(site, "Lantern")
    client.indices.delete(index=aliases(site, client)[Names(site.address.prefix).alias("directory")])

    assert site.condition() is Condition.BROKEN

    filled(site, "Lantern")

    assert site.condition() is Condition.READY


def test_an_index_that_cannot_be_read_now_may_be_whole(site: ElasticEngine, client: Elasticsearch):
    filled(site, "Lantern")
    name = aliases(site, client)[Names(site.address.prefix).alias("library")]
    client.indices.close(index=name)

    assert site.condition() is Condition.BROKEN
    with pytest.raises(EngineError):
        ask(site, words("lantern"))


def test_what_a_killed_rebuild_left_is_removed_by_the_next(site: ElasticEngine, client: Elasticsearch):
    filled(site, "Lantern")
    left = generations.begin(client, Names(site.address.prefix))
    assert keys(ask(site, words("lantern")), "practice") == ["practice:0"]

    filled(site, "Lantern")

    assert not any(client.indices.exists(index=name) for name in left.values())
    assert len(aliases(site, client)) == 2


def test_a_rebuild_whose_indexes_were_taken_away_fails_and_makes_nothing_of_another_kind(
    site: ElasticEngine, client: Elasticsearch
):
    filled(site, "Lantern")

    with pytest.raises(EngineError), site.rebuilding() as filling:
        for alias, name in aliases(site, client).items():
            if alias == filling_alias(name):
                client.indices.delete(index=name)
        filling.add([guide(1, "Harbour")])

    assert keys(ask(site, words("lantern")), "practice") == ["practice:0"]
    assert len(aliases(site, client)) == 2


def test_a_failed_rebuild_leaves_the_old_index_in_use(site: ElasticEngine):
    filled(site, "Lantern")

    with pytest.raises(KeyboardInterrupt), site.rebuilding() as filling:
        filling.add([guide(1, "Harbour")])
        raise KeyboardInterrupt

    assert keys(ask(site, words("lantern")), "practice") == ["practice:0"]
    assert keys(ask(site, words("harbour")), "practice") == []


def test_sites_on_one_server_do_not_touch_each_other(engine: ElasticEngine, site: ElasticEngine):
    engine.replace({"practice:1": [guide(1, "Lantern")]})
    filled(site, "Harbour")
    filled(site, "Harbour")

    assert keys(ask(engine, words("lantern")), "practice") == ["practice:1"]
    assert keys(ask(site, words("lantern")), "practice") == []


def test_what_a_killed_writer_left_unseen_goes_with_its_key(engine: ElasticEngine):
    engine.replace({"person:1": [person(1, view="public")]})
    names = Names(engine.address.prefix)
    unfinished = Writer(engine._writing, engine._breaker, {index: names.alias(index) for index in INDEXES}, Marks())
    unfinished.add([person(1, "Mira", view="member")])

    engine.replace({"person:1": [person(1, view="public")]})

    assert len(list(engine.fingerprints())) == 1
    assert keys(ask(engine, words("mira")), "person") == []


def test_searches_go_on_while_the_index_is_built_anew(site: ElasticEngine):
    documents = [guide(number, "Lantern") for number in range(50)]
    with site.rebuilding() as filling:
        filling.add(documents)
    totals, over = set(), threading.Event()

    def search() -> None:
        while not over.is_set():
            found = site.search("library", SearchQuery(principals=PUBLIC, language="en", understood=LANTERN), Match.ALL)
            totals.add(found.found["practice"].total)

    searching = threading.Thread(target=search)
    searching.start()
    for _ in range(3):
        with site.rebuilding() as filling:
            filling.add(documents)
    over.set()
    searching.join()

    assert totals == {50}


def test_more_views_than_fit_one_request_are_all_replaced(engine: ElasticEngine):
    many = {f"person:{n}": [person(n, view=str(v), principals=(str(v),)) for v in range(4)] for n in range(450)}
    engine.replace(many)

    engine.replace({key: views[:1] for key, views in many.items()})

    assert len(list(engine.fingerprints())) == 450


def test_two_variables_choose_the_engine(settings, elastic: ElasticEngine):
    engines.forget()
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = f"http://{elastic.address.host}:{elastic.address.port}/{elastic.address.prefix}"

    assert get_engine().condition() is Condition.READY
    assert get_engine() is get_engine()
    engines.forget()


# On a busy machine a stopped process runs on until one of its threads is given a processor.
STOPS_WITHIN = 0.5


@pytest.fixture
def control(elasticsearch_url: str) -> Iterator[Callable[[str], None]]:
    """Stalls, wakes, kills and starts the server; it runs again afterwards, whatever the test did."""
    given = os.environ.get("WAYMARK_TEST_ELASTICSEARCH_CONTROL", "").split()
    if len(given) != 2:
        lacking("Command of the Elasticsearch server", "set WAYMARK_TEST_ELASTICSEARCH_CONTROL='/path/to/serve FOLDER'")
    serve, folder = given
    port = elasticsearch_url.rpartition(":")[2]

    def run(verb: str) -> None:
        told = [serve, verb, port, folder] if verb == "start" else [serve, verb, folder]
        subprocess.run(told, check=True, timeout=150, capture_output=True)
        if verb == "stall":
            time.sleep(STOPS_WITHIN)

    yield run
    run("wake")
    with Elasticsearch(elasticsearch_url, request_timeout=5) as client:
        if not client.ping():
            run("start")


def answered_again(engine: ElasticEngine) -> list[str]:
    """What is found as soon as the server answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            return keys(ask(engine, words("lantern")), "practice")
        except EngineError:
            time.sleep(0.2)
    raise AssertionError("The server did not come back within 60 seconds.")


@pytest.mark.parametrize(("blow", "mend"), [("stall", "wake"), ("kill", "start")])
def test_a_server_that_stalls_or_dies_is_an_error_and_comes_back_with_all_it_had(
    engine: ElasticEngine, control: Callable[[str], None], blow: str, mend: str
):
    engine.replace({"practice:1": [guide(1, "Lantern")]})
    impatient = ElasticEngine(engine.address)
    assert answered_again(impatient) == ["practice:1"]
    control(blow)
    started = time.monotonic()

    with pytest.raises(EngineError):
        ask(impatient, words("lantern"))
    assert time.monotonic() - started < 2
    assert impatient.condition() is Condition.UNREACHABLE
    with pytest.raises(EngineError):
        impatient.replace({"practice:2": [guide(2, "Lantern")]})
    assert time.monotonic() - started < 2

    control(mend)

    assert answered_again(impatient) == ["practice:1"]
    assert impatient.condition() is Condition.READY
