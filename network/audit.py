"""The audit log: adding a row, and proving that none was changed.

A row is written in the transaction of the act that it tells of: no act without its row, no row without its act.
"""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from network import clock
from network.models.audit import AuditHead, AuditRow

# Who acts where no entry does: the daily command, and whoever runs the server.
SYSTEM, OPERATOR = "system", "operator"


@transaction.atomic
def record(
    action: str, *, actor: str, subject: str = "", network: str = "", detail: Mapping[str, Any] | None = None
) -> AuditRow:
    """Adds a row. `actor` and `subject` are public ids, or SYSTEM or OPERATOR; `network` is a slug."""
    AuditHead.objects.get_or_create(pk=AuditHead.ONLY)
    head = AuditHead.objects.select_for_update().get(pk=AuditHead.ONLY)
    row = AuditRow(
        number=head.number + 1,
        at=clock.now(),
        actor=actor,
        action=action,
        subject=subject,
        network=network,
        detail=dict(detail or {}),
    )
    row.digest = digest_of(row, head.digest)
    row.save()
    head.number, head.digest = row.number, row.digest
    head.save()
    return row


def digest_of(row: AuditRow, before: str) -> str:
    """64 hexadecimal digits over the row and the digest of the row before, keyed outside the database."""
    told = [row.number, row.at.isoformat(), row.actor, row.action, row.subject, row.network, row.detail, before]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return salted_hmac("network.audit", text, secret=settings.AUDIT_KEY, algorithm="sha256").hexdigest()


def first_broken() -> int | None:
    """The number of the first row that was changed, is missing or was put in; None when the log is whole."""
    before, expected = "", 1
    for row in AuditRow.objects.order_by("number").iterator():
        if row.number != expected or not hmac.compare_digest(row.digest, digest_of(row, before)):
            return expected
        before, expected = row.digest, expected + 1
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first() or AuditHead()
    return None if (head.number, head.digest) == (expected - 1, before) else expected
