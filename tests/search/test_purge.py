"""What was erased leaves the files too: at most daily, by a clock that a test may set."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from search import database_files, indexer, outbox, purge, registry
from search.models import SearchState
from tests.search.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
NOW = timezone.now()


@pytest.fixture
def written_anew(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A database is written anew outside a transaction only, and a test is one."""
    emptied: list[bool] = []
    monkeypatch.setattr(database_files, "write_database_anew", lambda: emptied.append(True))
    return emptied


def test_deleting_a_guide_leaves_nothing_to_purge(world: World):
    Group.objects.create(name="Lantern method").delete()

    assert purge.due_at() is None
    assert not purge.if_due()


def test_deleting_what_people_are_made_of_does(world: World, monkeypatch):
    monkeypatch.setattr(registry, "dependents", {Group: [lambda group: [f"person:{group.pk}"]]})

    Group.objects.create(name="Mira Example").delete()

    assert purge.due_at() is not None


def test_a_purge_builds_the_index_anew_and_the_database_once(world: World, written_anew: list[bool]):
    Group.objects.create(name="Lantern method")
    outbox.mend()
    before = SearchState.objects.get().rebuilt_at
    purge.note(NOW)

    assert purge.if_due(NOW + timedelta(minutes=1))
    assert not purge.if_due(NOW + timedelta(days=3))

    assert SearchState.objects.get().rebuilt_at != before
    assert written_anew == [True]
    assert not indexer.drift()


def test_a_second_one_waits_for_the_next_day(world: World, written_anew: list[bool]):
    purge.note(NOW)
    assert purge.if_due(NOW)

    purge.note(NOW + timedelta(hours=1))

    assert purge.due_at() == NOW + timedelta(days=1)
    assert not purge.if_due(NOW + timedelta(hours=23))
    assert purge.if_due(NOW + timedelta(hours=24))


def test_a_purge_that_fails_is_due_still(world: World, monkeypatch):
    purge.note(NOW)

    def busy() -> None:
        raise database_files.StillRead("somebody reads")

    monkeypatch.setattr(database_files, "write_database_anew", busy)
    with pytest.raises(database_files.StillRead):
        purge.if_due(NOW)

    assert purge.due_at() == NOW


def test_nothing_is_begun_where_it_could_not_be_ended(world: World, monkeypatch):
    purge.note(NOW)

    def never() -> None:
        raise database_files.StillRead("not its owner")

    monkeypatch.setattr(database_files, "may_write_anew", never)
    monkeypatch.setattr(indexer, "rebuild", lambda: pytest.fail("the index is built anew for nothing"))
    with pytest.raises(database_files.StillRead):
        purge.if_due(NOW)


def test_what_is_erased_during_a_purge_is_due_again(world: World, monkeypatch):
    purge.note(NOW)
    monkeypatch.setattr(database_files, "write_database_anew", lambda: purge.note(NOW + timedelta(minutes=1)))

    assert purge.if_due(NOW)

    assert purge.due_at() == NOW + timedelta(days=1)


def test_the_command_purges_when_it_is_time(world: World, written_anew: list[bool], capsys):
    call_command("index", "--purge")
    purge.note(NOW)
    call_command("index", "--purge")

    assert capsys.readouterr().out.splitlines() == ["Nothing is to be purged now.", "Files were written anew."]


def test_the_command_says_why_it_could_not(world: World):
    purge.note(NOW)

    with pytest.raises(CommandError, match=r"within a transaction.*stays due"):
        call_command("index", "--purge")


def test_inside_a_transaction_nothing_can_be_written_anew():
    with pytest.raises(database_files.StillRead):
        database_files.write_database_anew()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sees to its own log")
def test_inside_a_transaction_the_log_cannot_be_emptied():
    with pytest.raises(database_files.StillRead):
        database_files.empty_database_log()
