"""The audit log: every act has its row, and no row can be changed unnoticed."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from network import audit
from network.models import AuditHead, AuditRow
from network.models.audit import AppendOnly

pytestmark = pytest.mark.django_db


def three_rows() -> None:
    for action in ("entry verified", "entry paused", "entry verified"):
        audit.record(action, actor="a" * 20, subject="b" * 20, network="tirana", detail={"from": "due"})


def test_a_log_that_nobody_touched_is_whole() -> None:
    three_rows()

    call_command("audit", verbosity=0)

    assert audit.first_broken() is None
    assert [row.number for row in AuditRow.objects.all()] == [3, 2, 1]


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        ("UPDATE network_auditrow SET actor = 'c' WHERE number = 2", 2),
        ("UPDATE network_auditrow SET detail = '{}' WHERE number = 1", 1),
        ("DELETE FROM network_auditrow WHERE number = 2", 2),
        ("DELETE FROM network_auditrow WHERE number = 3", 3),
        ("UPDATE network_auditrow SET number = 9 WHERE number = 3", 3),
    ],
    ids=["another actor", "other details", "one gone", "the last one gone", "another number"],
)
def test_a_changed_row_is_found_in_the_database(sql: str, row: int) -> None:
    three_rows()
    with connection.cursor() as cursor:
        cursor.execute(sql)

    assert audit.first_broken() == row
    with pytest.raises(CommandError, match=f"row {row}"):
        call_command("audit")


def test_whoever_cuts_off_the_end_and_sets_the_head_back_lacks_the_key(settings) -> None:
    three_rows()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM network_auditrow WHERE number = 3")
    settings.AUDIT_KEY = "guessed"
    forged = audit.digest_of(AuditRow.objects.get(number=2), AuditRow.objects.get(number=1).digest)
    AuditHead.objects.update(number=2, digest=forged)
    settings.AUDIT_KEY = "the real one is another"

    assert audit.first_broken() is not None


def test_rows_cannot_be_changed_or_deleted_by_our_own_code() -> None:
    three_rows()
    row = AuditRow.objects.get(number=1)

    for act in (row.save, row.delete, AuditRow.objects.all().delete, lambda: AuditRow.objects.update(actor="x")):
        with pytest.raises(AppendOnly):
            act()
