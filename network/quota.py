"""Quotas that hold exactly, however many try at one moment: counted in the database under a lock.

They are an account's, not an entry's: whoever answers several mailboxes has no more of them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from network import clock
from network.models.reveal import Allowance

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quota:
    """How often within which time; each limit holds by itself. A new member has half, rounded up."""

    name: str
    limits: tuple[tuple[timedelta, int], ...]

    def most(self, limit: int, *, halved: bool) -> int:
        return -(-limit // 2) if halved else limit

    @property
    def longest(self) -> timedelta:
        return max(within for within, _limit in self.limits)


# Source: the table of threats (5 messages a day) and the rules of contact (10 looks a day, 40 in 30 days).
MESSAGES = Quota("message", ((DAY, 5),))
REVEALS = Quota("reveal", ((DAY, 10), (30 * DAY, 40)))
# Organisations whose people are listed, as many as contacts: with fifty people each at most 2,000 in 30 days.
LISTS = Quota("list", ((DAY, 10), (30 * DAY, 40)))


class OverQuota(Exception):
    """Nothing is left of the quota; `until` is when the next try can succeed."""

    def __init__(self, quota: Quota, until: datetime) -> None:
        super().__init__(quota.name)
        self.until = until


@transaction.atomic
def take(account: Any, quota: Quota, *, halved: bool) -> None:
    """Uses one up, or raises OverQuota. Call it in the transaction of the act: what is rolled back was not used."""
    Allowance.objects.get_or_create(account=account, quota=quota.name)
    row = Allowance.objects.select_for_update().get(account=account, quota=quota.name)
    used = _within(row, quota, halved=halved)
    row.used = [each.isoformat() for each in (*used, clock.now())]
    row.save(update_fields=["used"])


def check(account: Any, quota: Quota, *, halved: bool) -> None:
    """Raises OverQuota without a lock, so that whoever is over it cannot keep others waiting; `take` decides."""
    row = Allowance.objects.filter(account=account, quota=quota.name).first()
    if row is not None:
        _within(row, quota, halved=halved)


def _within(row: Allowance, quota: Quota, *, halved: bool) -> list[datetime]:
    """What was used lately, when something is left."""
    moment = clock.now()
    used = _recent(row, quota, moment)
    for within, limit in quota.limits:
        inside = sorted(each for each in used if each > moment - within)
        most = quota.most(limit, halved=halved)
        if len(inside) >= most:
            raise OverQuota(quota, inside[-most] + within)
    return used


def left(account: Any, quota: Quota, *, halved: bool) -> int:
    """How many are left at this moment."""
    row = Allowance.objects.filter(account=account, quota=quota.name).first()
    moment = clock.now()
    used = _recent(row, quota, moment) if row else []
    return min(
        max(0, quota.most(limit, halved=halved) - sum(each > moment - within for each in used))
        for within, limit in quota.limits
    )


def forget_old() -> int:
    """Drops what counts no more; returns how many rows that changed."""
    changed = 0
    for quota in (MESSAGES, REVEALS, LISTS):
        for pk in Allowance.objects.filter(quota=quota.name).values_list("pk", flat=True):
            with transaction.atomic():
                row = Allowance.objects.select_for_update().filter(pk=pk).first()
                if row and len(recent := _recent(row, quota, clock.now())) < len(row.used):
                    row.used = [each.isoformat() for each in recent]
                    row.save(update_fields=["used"])
                    changed += 1
    return changed


def _recent(row: Allowance, quota: Quota, moment: datetime) -> list[datetime]:
    return [each for each in map(datetime.fromisoformat, row.used) if each > moment - quota.longest]
