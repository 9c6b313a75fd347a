"""The next step of an application: of an entry's life for who is to become a member, of the request alone for a member.

A member who asks a further network stays what they are, whatever is decided: nothing here touches their status.
"""

from collections.abc import Mapping
from typing import Any

from network import audit, lifecycle
from network.models import Application, Practitioner
from network.policy.applications import IN_FORCE
from network.services import entries

STANDS = Application.Stands
STEPS: Mapping[str, frozenset[str]] = {
    STANDS.ASKED: frozenset({STANDS.SEEN, STANDS.REFUSED, STANDS.WITHDRAWN}),
    STANDS.SEEN: frozenset({STANDS.ASKED, STANDS.ACCEPTED, STANDS.REFUSED, STANDS.WITHDRAWN}),
    STANDS.REFUSED: frozenset({STANDS.ACCEPTED, STANDS.WITHDRAWN}),  # by appeal
}


def step(row: Application, to: str, *, actor: str, detail: Mapping[str, Any] | None = None) -> Practitioner:
    """Takes the step of a locked application, audits it, and returns the entry; raises StepRefused.

    `to` is a status of the lifecycle; a further network's “accepted” stands for “verified”, which its member is.
    """
    entry = entries.entry(row.practitioner_id)
    if not row.further:
        moved: Practitioner = lifecycle.move(entry, to, actor=actor, network=row.network.slug, detail=detail)
        return moved
    stood, row.stands = row.stands, STANDS.ACCEPTED if to == "verified" else to
    if row.stands not in STEPS.get(stood, ()):
        raise lifecycle.StepRefused(stood, row.stands)
    row.save(update_fields=["stands"])
    audit.record(
        f"further network {row.stands}",
        actor=actor,
        subject=entry.public_id,
        network=row.network.slug,
        detail={"from": stood, **(detail or {})},
    )
    return entry


def stands_at(row: Application) -> str:
    """Where an application stands: of a further network's only as long as the member is in force."""
    status = str(entries.entry(row.practitioner_id).status)
    return row.stands if row.further and status in IN_FORCE else status
