"""The life of an entry: which step may follow which. Every change of status passes `move`, and is audited there.

applied → address confirmed → evidence recorded → verified for twelve months → due → stale → dormant → erased, with
side exits. Nobody is brought back from erased.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from network import audit, clock
from network.policy import as_system
from network.policy.visibility import GONE, LISTED

VERIFIED_FOR = timedelta(days=365)
DUE_BEFORE = timedelta(days=30)
REMIND_BEFORE = (timedelta(days=30), timedelta(days=7))
DORMANT_AFTER = timedelta(days=30)
ERASED_AFTER = timedelta(days=180)
# The first days of a new member, with half the quotas.
PROBATION = timedelta(days=30)

_LEAVES = frozenset({"paused", "left", "suspended", "withdrawn", "erased"})
STEPS: Mapping[str, frozenset[str]] = {
    "applied": frozenset({"confirmed", "withdrawn", "erased"}),
    "confirmed": frozenset({"evidence", "refused", "withdrawn", "erased"}),
    "evidence": frozenset({"confirmed", "verified", "refused", "withdrawn", "erased"}),
    "refused": frozenset({"evidence", "withdrawn", "erased"}),  # by appeal
    "verified": _LEAVES | {"verified", "due", "stale"},
    "due": _LEAVES | {"verified", "stale"},
    "stale": _LEAVES | {"verified", "dormant"},
    "dormant": frozenset({"verified", "left", "suspended", "withdrawn", "erased"}),
    "paused": frozenset({"verified", "due", "stale", "dormant", "left", "suspended", "withdrawn", "erased"}),
    "suspended": frozenset({"verified", "due", "stale", "dormant", "withdrawn", "erased"}),
    "left": frozenset({"confirmed", "withdrawn", "erased"}),  # a new post is vetted anew
    "withdrawn": frozenset({"erased"}),
    "erased": frozenset(),
}


# What a step means for other rooms, done in its transaction: (the entry as it stands now, where it stood before).
Consequence = Callable[[Any, str], None]
consequences: list[Consequence] = []


def consequence(function: Consequence) -> Consequence:
    """Function decorator: a room adds what it does when an entry takes a step."""
    consequences.append(function)
    return function


class StepRefused(ValueError):
    """This step does not follow from where the entry stands; `stands` says where that is."""

    def __init__(self, stands: str, wanted: str) -> None:
        super().__init__(f"{stands} → {wanted}")
        self.stands = stands


@transaction.atomic
def move(entry: Any, to: str, *, actor: str, network: str = "", detail: Mapping[str, Any] | None = None) -> Any:
    """Takes the step, audits it, and returns the entry as it stands now; raises StepRefused and changes nothing.

    The row is locked and read anew: of two who decide at once, the second meets what the first has done.
    """
    locked = as_system("lifecycle").select_for_update().get(pk=entry.pk)
    if to not in STEPS[locked.status]:
        raise StepRefused(locked.status, to)
    before, locked.status = locked.status, to
    if to == "verified" and before in ("evidence", "verified", "due", "stale", "dormant"):
        locked.next_due = clock.today() + VERIFIED_FOR
    locked.save()
    _require_second_factor(locked)
    audit.record(
        f"entry {to}", actor=actor, subject=locked.public_id, network=network, detail={"from": before, **(detail or {})}
    )
    for act in consequences:
        act(locked, before)
    return locked


def status_by_date(next_due: date | None) -> str:
    """Where a verified entry stands today, by the day its confirmation runs out."""
    if next_due is None:
        return "verified"
    today = clock.today()
    if today >= next_due + DORMANT_AFTER:
        return "dormant"
    if today >= next_due:
        return "stale"
    return "due" if today >= next_due - DUE_BEFORE else "verified"


def on_probation(entry: Any) -> bool:
    """Whether the entry was verified for the first time so lately that its quotas are halved."""
    return entry.verified_on is not None and clock.today() < entry.verified_on + PROBATION


def _require_second_factor(entry: Any) -> None:
    """Who may see people signs in with a second factor; `accounts` reads no more of membership than this."""
    if entry.status in GONE:
        return
    for account in [entry.user] if entry.user is not None else entry.answered_by.all():
        all_of_theirs = as_system("lifecycle").answered_by_user(account)
        needed = all_of_theirs.filter(
            Q(status__in=LISTED) | Q(memberships__isnull=False, memberships__ended=None)
        ).exists()
        if account.second_factor_required != needed:
            account.second_factor_required = needed
            account.save(update_fields=["second_factor_required"])
