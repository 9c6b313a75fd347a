"""The folder of the index may be missing, broken or of an older version: search says so and mends it."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from search import engines, indexer, outbox
from search.engines import get_engine
from search.engines.base import Condition
from search.engines.embedded.generations import ABOUT, POINTER
from search.health import search_state
from search.models import OutboxEntry
from search.query import SearchQuery
from search.results import Results
from search.services import search, understand
from tests.search.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def folder(world: World, settings) -> Path:
    """An index with one guide."""
    Group.objects.create(name="Lantern method")
    outbox.drain()
    return Path(settings.SEARCH_INDEX_FOLDER)


def generation(folder: Path) -> Path:
    return folder / (folder / POINTER).read_text()


def lantern() -> Results:
    return search(SearchQuery(principals=frozenset({"public"}), language="en", understood=understand("lantern", "en")))


def lose_the_folder(folder: Path) -> None:
    (folder / POINTER).unlink()


def lose_a_generation(folder: Path) -> None:
    generation(folder).rename(folder.parent / "elsewhere")


def be_older(folder: Path) -> None:
    (generation(folder) / ABOUT).write_text(json.dumps({"shape": "of last year"}))


def spoil_the_description(folder: Path) -> None:
    (generation(folder) / ABOUT).write_text("{")


def spoil_the_index(folder: Path) -> None:
    (generation(folder) / "library" / "meta.json").write_text("not an index")
    engines.forget()  # a process that has it open already goes on reading


def point_outside(folder: Path) -> None:
    (folder / POINTER).write_text("../../etc")


DAMAGES = [lose_the_folder, lose_a_generation, be_older, spoil_the_description, spoil_the_index, point_outside]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_gives_incomplete_results_not_an_error(folder: Path, damage: Callable[[Path], None]):
    assert lantern().total == 1
    assert search_state() == ""

    damage(folder)

    assert lantern().incomplete
    assert "degraded" in search_state()


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_index_command_builds_a_damaged_index_anew(folder: Path, damage: Callable[[Path], None]):
    damage(folder)

    call_command("index", stdout=StringIO())

    assert get_engine().condition() is Condition.READY
    assert lantern().total == 1
    assert not lantern().incomplete


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_next_change_mends_a_damaged_index(folder: Path, damage: Callable[[Path], None]):
    damage(folder)
    Group.objects.create(name="Harbour method")

    outbox.drain()

    assert lantern().total == 1


def test_torn_segments_are_an_error_of_the_engine_not_of_the_page(folder: Path):
    for part in (generation(folder) / "library").glob("*.*"):
        if part.name != "meta.json" and not part.name.startswith("."):
            part.write_bytes(b"\x00" * 10)
    engines.forget()

    assert lantern().incomplete


def test_a_rebuild_leaves_one_generation_and_no_rows(folder: Path):
    Group.objects.create(name="Harbour method")

    assert indexer.rebuild() == 2

    assert len([each for each in folder.iterdir() if each.is_dir()]) == 1
    assert not OutboxEntry.objects.exists()


def test_what_changes_during_a_rebuild_is_in_the_new_index(folder: Path):
    def change(count: int) -> None:
        Group.objects.filter(name="Lantern method").update(name="Harbour method")
        outbox.add([f"practice:{Group.objects.get().pk}"])

    indexer.rebuild(change)

    assert lantern().total == 0
    assert not OutboxEntry.objects.exists()


def test_a_failed_rebuild_leaves_the_old_index_in_use(folder: Path):
    def fail(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexer.rebuild(fail)

    assert lantern().total == 1
    assert not lantern().incomplete


def test_check_finds_agreement(folder: Path):
    said = StringIO()

    call_command("index", "--check", stdout=said)

    assert "agree" in said.getvalue()


def test_check_names_what_is_missing_outdated_or_left_over(folder: Path):
    kept = Group.objects.get()
    gone = Group.objects.create(name="Harbour method")
    outbox.drain()
    Group.objects.filter(pk=kept.pk).update(name="Renamed unseen")
    Group.objects.filter(pk=gone.pk)._raw_delete("default")
    (new,) = Group.objects.bulk_create([Group(name="Made unseen")])
    said = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("index", "--check", stdout=said)

    assert error.value.returncode == 1
    assert f"practice:{new.pk}: missing" in said.getvalue()
    assert f"practice:{kept.pk}: outdated" in said.getvalue()
    assert f"practice:{gone.pk}: left over" in said.getvalue()
