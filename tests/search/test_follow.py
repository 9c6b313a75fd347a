"""The indexer that runs for long: it outlives the engine and the database, and ends when it is told to."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import OperationalError

from search import database_files, follow, indexer, outbox, purge, targets
from search.engines.base import EngineError
from search.follow import Follower
from tests.search.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the indexer wanted to wait each time; nobody waits in a test."""
    taken: list[float] = []
    monkeypatch.setattr(Follower, "_rest", lambda self, seconds: taken.append(seconds))
    monkeypatch.setattr(follow.connection, "close", lambda: None)  # a test's transaction lives in it
    return taken


def ends_after(monkeypatch: pytest.MonkeyPatch, follower: Follower, acts: list[Any]) -> None:
    """Each look does the next act, and the last one ends it."""
    look = follower._look

    def act() -> None:
        doing = acts.pop(0)
        if isinstance(doing, Exception):
            raise doing
        doing()
        look()
        follower.ending = not acts

    monkeypatch.setattr(follower, "_look", act)


def test_it_builds_a_missing_index_and_empties_the_outbox(world: World, naps: list[float], monkeypatch):
    follower = Follower()
    ends_after(monkeypatch, follower, [lambda: None, lambda: Group.objects.create(name="Lantern method")])

    follower.run()

    assert not indexer.drift()
    assert [key for key, _ in targets.of_engine().engine.fingerprints()] == [f"practice:{Group.objects.get().pk}"]


def test_it_waits_ever_longer_for_an_engine_or_a_database_and_goes_on(
    world: World, naps: list[float], monkeypatch, caplog
):
    follower = Follower()
    troubles = [EngineError("down"), OperationalError("locked"), *[EngineError("down")] * 9]
    ends_after(monkeypatch, follower, [*troubles, lambda: Group.objects.create(name="Lantern method")])

    follower.run()

    assert naps[:4] == [0.2, 0.4, 0.8, 1.6]
    assert naps[-2:] == [30.0, 0.2]
    assert "down" in caplog.text
    assert "goes on" in caplog.text
    assert not indexer.drift()


def test_it_mends_an_index_that_is_lost_while_it_runs(world: World, naps: list[float], monkeypatch, settings):
    Group.objects.create(name="Lantern method")
    outbox.mend()
    follower = Follower()

    def lose() -> None:
        (Path(settings.SEARCH_INDEX_FOLDER) / "CURRENT").unlink()

    ends_after(monkeypatch, follower, [lambda: None, lose])
    monkeypatch.setattr(follow, "MENDS_EVERY", -1.0)

    follower.run()

    assert not indexer.drift()


def test_it_purges_when_that_is_due(world: World, naps: list[float], monkeypatch):
    monkeypatch.setattr(database_files, "write_database_anew", lambda: None)
    follower = Follower()
    ends_after(monkeypatch, follower, [purge.note])

    follower.run()

    assert purge.due_at() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_its_batch(world: World, monkeypatch, capsys, number: int):
    def told() -> int:
        os.kill(os.getpid(), number)
        Group.objects.create(name="Lantern method")
        return 0

    drain = outbox.drain
    monkeypatch.setattr(follow.outbox, "drain", lambda: told() + drain())

    call_command("index", "--follow")

    assert "Ended" in capsys.readouterr().out
    assert not indexer.drift()


def test_a_signal_while_an_index_is_built_leaves_the_one_in_use(world: World, monkeypatch):
    Group.objects.create(name="Lantern method")
    outbox.mend()
    before = Path(targets.of_engine().engine.folder / "CURRENT").read_text()  # type: ignore[attr-defined]
    follower = Follower()
    follower.ending = True
    monkeypatch.setattr(targets.Target, "torn", lambda self: True)

    with pytest.raises(follow._Ended):
        follower._look()

    assert Path(targets.of_engine().engine.folder / "CURRENT").read_text() == before  # type: ignore[attr-defined]
