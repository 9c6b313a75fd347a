"""The database's own files, on a database whose commits are real."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from search import database_files
from search.database_files import wait_for_older_readers
from search.models import OutboxEntry

ROWS, ONE_IN = 6_000, 10
LETTERS = "bcdfghjklmnpq"


@pytest.fixture
def table(really_committed: None) -> Iterator[str]:
    """A table of this test's own, with two indexes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE crowded (id integer PRIMARY KEY, words text, mark text)")
        cursor.execute("CREATE INDEX crowded_words ON crowded (words)")
        cursor.execute("CREATE UNIQUE INDEX crowded_mark ON crowded (mark)")
        yield "crowded"
        cursor.execute("DROP TABLE crowded")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the files of a server are not ours to read")
def test_no_copy_of_a_deleted_row_is_left_in_the_files(table: str) -> None:
    """Every tenth of many rows is deleted; pages were split and joined before, and the log is emptied of it all."""
    secrets = filled(random.Random(1))
    database_files.empty_database_log()
    assert left(secrets), "This SQLite leaves no copies: writing anew may no longer be needed."

    database_files.write_database_anew()

    assert left(secrets) == []


def filled(dice: random.Random) -> list[str]:
    """Puts rows in, lengthens some, deletes some and at last those whose words are returned."""
    secrets: dict[int, str] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(ROWS):
            words = "".join(dice.choice(LETTERS) for _ in range(14))
            row = [number, words + "x" * dice.randrange(200), words[::-1]]
            cursor.execute("INSERT INTO crowded (id, words, mark) VALUES (%s, %s, %s)", row)
            if number % ONE_IN == 0:
                secrets[number] = words
            if dice.random() < 0.2:
                longer = ["y" * dice.randrange(100), dice.randrange(number + 1)]
                cursor.execute("UPDATE crowded SET words = words || %s WHERE id = %s", longer)
    with transaction.atomic(), connection.cursor() as cursor:
        for number in secrets:
            cursor.execute("DELETE FROM crowded WHERE id = %s", [number])
    return list(secrets.values())


def left(secrets: list[str]) -> list[str]:
    """Those that stand in the database, its log or the index of the log."""
    name = Path(connection.settings_dict["NAME"])
    held = b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
    return [secret for secret in secrets if secret.encode() in held]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes nothing anew while somebody reads")
@pytest.mark.parametrize("begins", ["SELECT count(*) FROM crowded", "INSERT INTO crowded (id) VALUES (-1)"])
def test_nothing_is_kept_for_whoever_began_before(table: str, begins: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dump that goes on would have every deleted row copied into the new files."""
    monkeypatch.setattr(database_files, "PATIENCE", 1)
    older = connection.copy()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO crowded (id) VALUES (1)")
    try:
        with older.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(begins)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM crowded")
        with pytest.raises(database_files.StillRead, match=r"client backend \d+\."):
            wait_for_older_readers()
    finally:
        older.close()

    wait_for_older_readers()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes nothing anew while somebody reads")
def test_whoever_writes_another_database_of_the_server_is_waited_for(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_files, "PATIENCE", 1)
    elsewhere = connection.copy()
    elsewhere.settings_dict = {**connection.settings_dict, "NAME": "postgres"}
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_current_xact_id()")
        with pytest.raises(database_files.StillRead):
            wait_for_older_readers()
    finally:
        elsewhere.close()

    wait_for_older_readers()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no samples")
@pytest.mark.parametrize("left", [0, 50])
def test_the_planner_keeps_no_sample_of_what_was_deleted(table: str, left: int) -> None:
    """Of an empty table it would keep the last one for good."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX crowded_upper ON crowded (upper(words))")
        for number in range(200):
            words = f"canary{number}" if number >= left else f"sparrow{number}"
            cursor.execute("INSERT INTO crowded (id, words) VALUES (%s, %s)", [number, words])
        cursor.execute("ANALYZE crowded")
        assert "canary199" in sampled("crowded")
        assert "CANARY199" in sampled("crowded_upper")
        cursor.execute("DELETE FROM crowded WHERE id >= %s", [left])

    database_files.write_database_anew()

    assert "canary" not in sampled("crowded", "crowded_upper").lower()
    assert bool(left) == ("sparrow" in sampled("crowded"))


def sampled(*tables: str) -> str:
    """All that PostgreSQL keeps of the values of these tables and indexes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = ANY(%s)", [[*tables]])
        return str(cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's file is its owner's")
def test_a_role_that_may_not_clean_the_database_is_told(really_committed: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE waymark_tenant")
        cursor.execute("SET ROLE waymark_tenant")
        try:
            with pytest.raises(database_files.StillRead, match="must own the database"):
                database_files.may_write_anew()
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP ROLE waymark_tenant")


@pytest.mark.usefixtures("really_committed")
def test_what_is_not_deleted_stays() -> None:
    OutboxEntry.objects.create(key="person:kept", target="nowhere")

    database_files.write_database_anew()

    assert OutboxEntry.objects.filter(key="person:kept").exists()
