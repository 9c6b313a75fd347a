"""When the engine fails, readers are answered by what stands in for it, and writers notice nothing.

Afterwards all is in step again.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from search import alike, health, indexer, lock, outbox, state, targets
from search.document import SearchDocument
from search.engines.base import Condition
from search.models import OutboxEntry
from search.query import SearchQuery
from search.results import Results
from search.services import helpful_removal, search, understand
from tests.search.conftest import World
from tests.search.server import Server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
PUBLIC = frozenset({"public"})


@pytest.fixture
def server(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Server:
    """A server with two guides and two people, one of them for members only, and a stand-in beside it."""
    made = Server(tmp_path / "server")
    settings.ELASTICSEARCH_URL = "http://search.example:9200/waymark"
    monkeypatch.setattr(targets, "get_engine", lambda: made)
    Group.objects.create(name="Lantern method")
    Group.objects.create(name="Harbour lantern")
    world.people.add("person:1", "Mira Lantern", facets={"country": ("AL",)})
    world.people.add("person:2", "Nora Lantern", facets={"country": ("AL", "GR")}, principals=("member",))
    outbox.mend()
    outbox.drain()
    made.asked.clear()
    connection.run_on_commit.clear()  # what the test saves is emptied after its own commit
    return made


def ask(words: str = "", **fields: object) -> Results:
    given = {"principals": PUBLIC, "language": "en", "understood": understand(words, "en"), **fields}
    return search(SearchQuery(**given))  # type: ignore[arg-type]


def titles(results: Results, kind: str) -> list[str]:
    return [card.title for group in results.groups if group.kind == kind for card in group.cards]


def waiting(target: str) -> list[str]:
    return list(OutboxEntry.objects.filter(target=target).values_list("key", flat=True))


def stand_in() -> targets.Target:
    found = targets.stand_in()
    assert found is not None
    return found


def lose_the_stand_in() -> None:
    (Path(stand_in().engine.folder) / "CURRENT").unlink()  # type: ignore[attr-defined]


def test_beside_a_server_the_library_stands_in_an_index_of_this_machine_and_people_do_not(server: Server):
    assert sorted(key.partition(":")[0] for key, _ in stand_in().engine.fingerprints()) == ["practice", "practice"]
    assert not indexer.drift()
    assert not indexer.drift(stand_in())


def test_a_dead_server_is_answered_for_by_the_stand_in_and_the_database(server: Server):
    before = ask("lantern")
    server.dead = True

    results = ask("lantern")

    # Both guides fit equally well, and the order of equals is no engine's promise.
    assert sorted(titles(results, "practice")) == sorted(titles(before, "practice"))
    assert titles(results, "person") == ["Mira Lantern"]
    assert results.facets == before.facets
    assert results.degraded
    assert not results.incomplete


def test_people_from_the_database_are_those_whom_the_viewer_may_see(server: Server):
    server.dead = True
    member = frozenset({"public", "member"})

    results = ask("lantern", principals=member)

    assert set(titles(results, "person")) == {"Mira Lantern", "Nora Lantern"}
    assert {value.value: value.count for value in results.facets["country"]} == {"AL": 2, "GR": 1}


def test_a_dead_server_is_asked_once_in_a_request(server: Server):
    server.dead = True
    asked = understand("lantern street work", "en")
    query = SearchQuery(principals=PUBLIC, language="en", understood=asked, facets={"country": ("XX",)})

    results = search(query)
    assert helpful_removal(query, results) is None

    assert len(server.asked) == 1


def test_without_a_stand_in_the_library_is_found_by_its_titles(server: Server):
    lose_the_stand_in()
    server.dead = True

    results = ask("the harbour lantern")

    assert titles(results, "practice") == ["Harbour lantern", "Lantern method"]
    assert titles(results, "person") == []
    assert results.degraded
    assert results.incomplete


def test_titles_are_filtered_by_what_was_chosen_and_left_out(server: Server):
    lose_the_stand_in()
    server.dead = True

    assert titles(ask("lantern", facets={"language": ("en",)}), "practice") == ["Lantern method", "Harbour lantern"]
    assert titles(ask("lantern", facets={"language": ("sq",)}), "practice") == []
    assert titles(ask("lantern", kinds=("person",)), "practice") == []
    assert titles(ask(kinds=("practice",)), "practice") == ["Lantern method", "Harbour lantern"]


def test_what_is_hidden_is_not_found_by_its_title(server: Server):
    Group.objects.create(name="hidden lantern")
    lose_the_stand_in()
    server.dead = True

    assert len(titles(ask("lantern"), "practice")) == 2


def test_saves_succeed_while_the_server_is_dead_and_reach_it_afterwards(
    server: Server, django_capture_on_commit_callbacks
):
    server.dead = True

    with django_capture_on_commit_callbacks(execute=True):
        made = Group.objects.create(name="Beacon method")

    assert titles(ask("beacon"), "practice") == ["Beacon method"]
    assert waiting("stand-in") == []
    assert waiting("engine") == [f"practice:{made.pk}"]
    server.dead = False
    outbox.drain()
    assert waiting("engine") == []
    assert titles(ask("beacon"), "practice") == ["Beacon method"]
    assert not indexer.drift()


def test_a_person_who_is_hidden_while_the_server_is_dead_is_hidden_at_once_and_when_it_is_back(
    server: Server, world: World
):
    server.dead = True
    del world.people.views["person:1"]
    outbox.add(["person:1"])

    assert ask("mira").total == 0
    server.dead = False
    assert ask("mira").total == 0
    assert "country" not in ask("lantern").facets

    outbox.drain()
    assert not state.read().narrowing
    assert ask("mira").total == 0


def test_a_dead_server_is_not_rebuilt_and_a_lost_index_is(server: Server, world: World):
    server.dead = True
    Group.objects.create(name="Beacon method")
    with pytest.raises(targets.EngineError):
        outbox.drain()
    with pytest.raises(targets.EngineError):
        outbox.mend()
    assert "rebuilding" not in server.asked

    server.dead = False
    (server._kept.folder / "CURRENT").unlink()  # type: ignore[attr-defined]
    assert titles(ask("beacon"), "practice") == ["Beacon method"]  # by the stand-in
    outbox.mend()

    assert not indexer.drift()
    assert not ask("beacon").degraded


def test_another_server_is_not_believed_before_it_is_built(server: Server, settings):
    settings.ELASTICSEARCH_URL = "http://elsewhere.example:9200/waymark"

    assert ask("lantern").degraded
    outbox.mend()

    assert "rebuilding" in server.asked
    assert not ask("lantern").degraded


def test_a_stand_in_that_another_machine_writes_is_not_believed_nor_written(server: Server):
    state.change(stand_in="other-machine/1234")
    Group.objects.create(name="Beacon method")
    outbox.drain()
    server.dead = True

    results = ask("beacon")

    assert results.incomplete
    assert titles(results, "practice") == ["Beacon method"]
    assert waiting("stand-in")


def test_the_stand_in_of_a_machine_that_is_gone_is_built_here(server: Server):
    state.change(stand_in="other-machine/1234")
    Group.objects.create(name="Beacon method")
    OutboxEntry.objects.update(created=targets.timezone.now() - targets.GONE_AFTER * 2)

    outbox.drain()

    server.dead = True
    assert not ask("beacon").incomplete
    assert titles(ask("beacon"), "practice") == ["Beacon method"]


def test_a_busy_server_holds_up_the_stand_in_no_longer_than_its_own_rows(server: Server):
    Group.objects.create(name="Beacon method")

    with lock.writing("engine", wait=True):
        outbox.drain()

    assert waiting("stand-in") == []
    assert len(waiting("engine")) == 1


def test_what_is_alike_comes_from_the_stand_in(server: Server, world: World):
    def with_concept(keys: Sequence[str]) -> dict[str, list[SearchDocument]]:
        return {
            key: [SearchDocument(key=key, index="library", kind="practice", title=key, concepts=("a",))] for key in keys
        }

    world.guides.to_documents = with_concept  # type: ignore[method-assign,assignment]
    indexer.rebuild()
    first, second = (f"practice:{group.pk}" for group in Group.objects.order_by("pk"))
    server.dead = True

    found = alike.alike(with_concept([first])[first][0], PUBLIC, "en")

    assert found == (second,)


def test_health_says_what_is_degraded_and_how_much_waits(server: Server, client: Client):
    assert health.search_state() == ""

    server.dead = True
    Group.objects.create(name="Beacon method")
    OutboxEntry.objects.update(created=targets.timezone.now() - health.LONG * 2)
    said = health.search_state()

    assert "the index is unreachable" in said
    assert "2 changes wait to be indexed, the oldest for 12" in said
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert b"unreachable" in answer.content


def test_health_names_changes_that_cannot_be_indexed(server: Server):
    outbox.add(["practice:nonsense"])
    outbox.drain()

    assert health.search_state() == "2 changes cannot be indexed"


def test_the_page_says_that_search_is_reduced(server: Server, client: Client):
    assert b"reduced form" not in client.get("/en/search/?q=lantern").content
    server.dead = True

    html = client.get("/en/search/?q=lantern").content.decode()

    assert "Search is working in a reduced form for the moment." in html
    assert ">Harbour " in html
    lose_the_stand_in()
    assert "results may be incomplete" in client.get("/en/search/?q=lantern").content.decode()


def test_an_embedded_index_that_is_lost_leaves_titles_and_people(world: World, settings):
    Group.objects.create(name="Lantern method")
    world.people.add("person:1", "Mira Lantern")
    assert targets.of_engine().engine.condition() is Condition.MISSING

    results = ask("lantern")

    assert titles(results, "practice") == ["Lantern method"]
    assert titles(results, "person") == ["Mira Lantern"]
    assert results.incomplete
