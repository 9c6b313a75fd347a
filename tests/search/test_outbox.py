"""Changes reach the index at least once, whatever happens in between."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.utils import timezone

from search import indexer, lock, outbox, registry, state
from search.engines import get_engine
from search.models import OutboxEntry
from search.query import SearchQuery
from search.services import search, understand
from tests.search.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
PUBLIC = frozenset({"public"})


def found(words: str) -> set[str]:
    """Titles of guides for these words."""
    results = search(SearchQuery(principals=PUBLIC, language="en", understood=understand(words, "en")))
    return {card.title for group in results.groups for card in group.cards}


def waiting() -> list[str]:
    return list(OutboxEntry.objects.values_list("key", flat=True))


def test_a_saved_record_waits_and_is_then_found(world: World):
    group = Group.objects.create(name="Lantern method")

    assert waiting() == [f"practice:{group.pk}"]
    assert outbox.drain() == 1
    assert waiting() == []
    assert found("lantern") == {"Lantern method"}


def test_a_renamed_record_is_found_by_its_new_name_only(world: World):
    group = Group.objects.create(name="Lantern method")
    outbox.drain()

    group.name = "Harbour method"
    group.save()
    outbox.drain()

    assert found("lantern") == set()
    assert found("harbour") == {"Harbour method"}


def test_a_deleted_record_is_gone(world: World):
    group = Group.objects.create(name="Lantern method")
    outbox.drain()

    group.delete()

    outbox.drain()
    assert found("lantern") == set()
    assert list(get_engine().fingerprints()) == []


def test_a_record_that_becomes_hidden_leaves_the_index(world: World):
    group = Group.objects.create(name="Lantern method")
    outbox.drain()

    Group.objects.filter(pk=group.pk).update(name="hidden lantern")
    outbox.add([f"practice:{group.pk}"])
    outbox.drain()

    assert list(get_engine().fingerprints()) == []


@pytest.mark.parametrize("change", ["add", "remove", "clear", "reverse", "reverse clear"])
def test_a_changed_relation_re_indexes_its_owner(world: World, change: str):
    group, permission = Group.objects.create(name="Lantern"), Permission.objects.first()
    if change != "add":
        group.permissions.add(permission)
    OutboxEntry.objects.all().delete()

    acts = {
        "add": lambda: group.permissions.add(permission),
        "remove": lambda: group.permissions.remove(permission),
        "clear": lambda: group.permissions.clear(),
        "reverse": lambda: permission.group_set.remove(group),
        "reverse clear": lambda: permission.group_set.clear(),
    }
    acts[change]()

    assert set(waiting()) == {f"practice:{group.pk}"}


def test_a_rolled_back_change_leaves_no_trace(world: World):
    with transaction.atomic():
        Group.objects.create(name="Lantern method")
        transaction.set_rollback(True)

    assert waiting() == []


def test_a_crash_between_commit_and_deletion_of_the_rows_does_no_harm(world: World):
    group = Group.objects.create(name="Lantern method")
    outbox.drain()
    outbox.add([f"practice:{group.pk}"])

    indexer.index_keys([f"practice:{group.pk}"])  # indexed and committed; killed before the row went
    outbox.drain()

    assert [key for key, _ in get_engine().fingerprints()] == [f"practice:{group.pk}"]


def test_many_changes_of_one_record_are_one_document(world: World):
    group = Group.objects.create(name="Lantern method")
    for _ in range(5):
        group.save()

    assert outbox.drain() == 6
    assert len(list(get_engine().fingerprints())) == 1


def test_another_writer_keeps_the_rows_for_itself(world: World):
    Group.objects.create(name="Lantern method")

    with lock.writing(wait=True):
        assert outbox.drain() == 0

    assert len(waiting()) == 1


def test_a_record_that_cannot_be_read_holds_up_no_other(world: World, caplog):
    good, bad = Group.objects.create(name="Lantern method"), "practice:nonsense"
    outbox.drain()
    good.save()
    outbox.add([bad])

    outbox.drain()

    assert waiting() == [bad]
    assert bad in caplog.text


def test_a_transaction_of_many_changes_is_emptied_once_after_its_commit(
    world: World, django_capture_on_commit_callbacks
):
    outbox.mend()

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for number in range(20):
            Group.objects.create(name=f"Lantern {number}")

    assert len(callbacks) == 1
    assert waiting() == []
    assert len(found("lantern")) == 5


def test_a_record_that_was_saved_again_and_again_meanwhile_is_indexed_once(world: World, monkeypatch):
    outbox.mend()
    monkeypatch.setattr(indexer, "BATCH", 2)
    one, other, third = (Group.objects.create(name=f"Lantern {number}") for number in range(3))
    for _ in range(5):
        one.save()
        other.save()
    batches: list[list[str]] = []
    index_keys = indexer.index_keys
    monkeypatch.setattr(
        indexer, "index_keys", lambda keys, target: batches.append(list(keys)) or index_keys(keys, target)
    )

    assert outbox.drain() == 13

    assert batches == [[f"practice:{one.pk}", f"practice:{other.pk}"], [f"practice:{third.pk}"]]
    assert waiting() == []


def test_a_web_process_that_may_not_index_leaves_the_rows(world: World, settings, django_capture_on_commit_callbacks):
    settings.SEARCH_INDEX_IN_WEB_PROCESS = False

    with django_capture_on_commit_callbacks(execute=True):
        Group.objects.create(name="Lantern method")

    assert len(waiting()) == 1


def test_a_paused_outbox_notes_that_everything_changed(world: World):
    outbox.drain()
    with outbox.paused():
        for number in range(3):
            Group.objects.create(name=f"Lantern {number}")

    assert waiting() == [indexer.EVERYTHING]
    outbox.drain()
    assert found("lantern") == {"Lantern 0", "Lantern 1", "Lantern 2"}
    assert waiting() == []


def test_while_a_change_of_a_person_waits_people_come_from_the_database(world: World):
    world.people.add("person:1", "Mira Example", facets={"country": ("AL",)})
    outbox.add(["person:1"])
    outbox.drain()
    world.people.views.clear()
    outbox.add(["person:1"])

    results = search(SearchQuery(principals=PUBLIC, language="en", understood=understand("Mira", "en")))

    assert results.total == 0
    assert not results.facets
    assert not results.degraded
    assert not results.incomplete


def test_a_change_of_a_guide_waits_without_touching_people(world: World):
    outbox.mend()

    Group.objects.create(name="Lantern method")

    assert state.read().waiting
    assert not state.read().narrowing


def test_a_document_that_the_engine_does_not_take_holds_up_no_other(world: World, caplog):
    outbox.mend()
    world.people.add("person:1", "Mira Example")
    world.people.add("person:2", "Nera Example", points=(("north", "east"),))  # type: ignore[arg-type]
    outbox.add(["person:1", "person:2"])

    outbox.drain()

    assert waiting() == ["person:2"]
    assert "person:2" in caplog.text
    assert found("Mira") == {"Mira Example"}


def test_what_could_not_be_indexed_is_tried_again_later(world: World):
    outbox.mend()
    outbox.add(["practice:nonsense"])
    outbox.drain()
    entry = OutboxEntry.objects.get()
    assert entry.retry_at is not None

    assert outbox.drain() == 0
    OutboxEntry.objects.update(retry_at=timezone.now(), key="practice:7")

    assert outbox.drain() == 1
    assert waiting() == []


def test_a_rebuild_keeps_what_could_not_be_indexed(world: World, monkeypatch):
    kept, broken = Group.objects.create(name="Lantern method"), Group.objects.create(name="Harbour method")
    whole = world.guides.to_documents

    def stumble(keys):
        if f"practice:{broken.pk}" in keys:
            raise ValueError("cannot be read")
        return whole(keys)

    monkeypatch.setattr(world.guides, "to_documents", stumble)

    assert indexer.rebuild() == 1

    assert [key for key, _ in get_engine().fingerprints()] == [f"practice:{kept.pk}"]
    assert set(waiting()) == {f"practice:{broken.pk}"}


def test_a_new_day_brings_what_time_alone_has_changed(world: World, monkeypatch):
    world.people.add("person:1", "Mira Example")
    outbox.mend()
    today = timezone.localdate()
    asked = []

    def back_again(since, until):
        asked.append((since, until))
        return ["person:1"]

    monkeypatch.setattr(registry, "outgrown", [back_again])
    state.change(day=today - timedelta(days=3))

    outbox.drain()
    outbox.drain()

    assert asked == [(today - timedelta(days=3), today)]
    assert found("Mira") == {"Mira Example"}


def test_a_changed_word_makes_every_process_read_its_lexicon_again(world: World):
    before = state.read().stamp

    Group.objects.create(name="a word")

    assert state.read().stamp != before


def test_a_loader_that_is_killed_leaves_word_that_everything_changed(world: World):
    outbox.mend()
    loading = outbox.paused()
    loading.__enter__()
    Group.objects.create(name="Lantern method")

    assert outbox.drain() == 0
    assert state.read().narrowing
    OutboxEntry.objects.update(retry_at=timezone.now())
    outbox.drain()

    assert found("lantern") == {"Lantern method"}
    loading.gen.close()


def test_an_index_built_anew_meanwhile_does_not_take_the_word_of_a_loader_that_is_still_at_it(world: World):
    loading = outbox.paused()
    loading.__enter__()

    indexer.rebuild()
    Group.objects.create(name="Lantern method")  # and then the loader is killed
    OutboxEntry.objects.update(retry_at=timezone.now())
    outbox.drain()

    assert found("lantern") == {"Lantern method"}
    assert waiting() == []
    loading.gen.close()


def test_a_loader_that_ends_while_the_outbox_is_being_emptied_is_not_taken_for_a_key(world: World, monkeypatch):
    outbox.mend()
    Group.objects.create(name="Another method")
    index_keys = indexer.index_keys

    def meanwhile(keys, target):
        monkeypatch.setattr(indexer, "index_keys", index_keys)
        with outbox.paused():
            Group.objects.create(name="Lantern method")
        return index_keys(keys, target)

    monkeypatch.setattr(indexer, "index_keys", meanwhile)
    outbox.drain()

    assert found("lantern") == {"Lantern method"}
    assert waiting() == []


def test_a_save_and_its_row_are_one_transaction(world: World, monkeypatch):
    def fail(keys):
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "add", fail)

    with pytest.raises(KeyboardInterrupt):
        Group.objects.create(name="Lantern method")

    assert connection.needs_rollback, "the row failed outside the transaction of the save"
    transaction.set_rollback(False)
