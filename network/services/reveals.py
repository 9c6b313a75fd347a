"""Looking at a contact field: counted exactly, audited and told to its owner, all in one transaction with the look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from network import audit, clock, lifecycle, quota, waiting
from network.daily import daily_task
from network.mailboxes import accounts_of
from network.models import Contact, Membership, Practitioner, Reveal
from network.policy import CONTACT_FIELDS, as_system, may_reveal

# Who looked, and why, can be read by the owner this long; that somebody looked stays in the audit log.
KEPT = timedelta(days=365)


class NothingToReveal(Exception):
    """No such entry, not shown to this viewer, not opened to them, or not filled in: never said which."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one's contact, as its owner is told: by whom and from where, what, when and why."""

    at: datetime
    field: str
    label: str
    name: str
    networks: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for a field: the account, the entry it acts for, all its principals, and the reason it gives."""

    account: Any
    viewer: Practitioner
    principals: frozenset[str]
    reason: str


def reveal(asked: Asked, *, public_id: str, field: str) -> str:
    """The value of one contact field. Raises NothingToReveal, or OverQuota; then nothing was used up or written."""
    quota.check(asked.account, quota.REVEALS, halved=lifecycle.on_probation(asked.viewer))
    with transaction.atomic():
        return _granted(asked, public_id, field)


def _granted(asked: Asked, public_id: str, field: str) -> str:
    found = Practitioner.objects.visible_to(asked.principals).filter(public_id=public_id).for_cards().first()
    if found is None or not may_reveal(found, asked.principals, field):
        raise NothingToReveal
    quota.take(asked.account, quota.REVEALS, halved=lifecycle.on_probation(asked.viewer))
    contact = Contact.objects.filter(pk=found.pk).first()
    value = getattr(contact, field, None)
    if not value:
        raise NothingToReveal
    Reveal.objects.create(viewer=asked.viewer, viewed_id=found.pk, field=field, reason=asked.reason, at=clock.now())
    audit.record("contact revealed", actor=asked.viewer.public_id, subject=found.public_id, detail={"field": field})
    waiting.send(waiting.ENTRY, accounts_of([found.pk]))
    return str(value)


def fields_open_to(entry: Practitioner, principals: frozenset[str]) -> list[str]:
    """The filled contact fields of an entry read with `for_cards()` that these principals may ask for; no value."""
    allowed = [field for field in CONTACT_FIELDS if may_reveal(entry, principals, field)]
    if not allowed:
        return []
    contact = Contact.objects.filter(pk=entry.pk).values(*allowed).first() or {}
    return [field for field in allowed if contact.get(field)]


def looked_at(entry: Any) -> list[Look]:
    """Who looked at this entry's contact, newest first, for its owner's eyes. Whoever has gone is named no more."""
    looks = list(Reveal.objects.filter(viewed=entry.pk))
    viewers = {look.viewer_id for look in looks} - {None}
    names = dict(as_system("reveals").filter(pk__in=viewers).exclude(status="erased").values_list("pk", "display_name"))
    networks = _networks_by_entry(viewers)
    return [
        Look(
            at=look.at,
            field=look.field,
            label=str(CONTACT_FIELDS[look.field]),
            name=names.get(look.viewer_id or 0, ""),
            networks=tuple(networks.get(look.viewer_id or 0, ())),
            reason=look.reason or "",
        )
        for look in looks
    ]


@daily_task("looks at contacts")
def forget_old() -> int:
    """Forgets looks after a year, and what counts in no quota any more."""
    return Reveal.objects.filter(at__lte=clock.now() - KEPT).delete()[0] + quota.forget_old()


@lifecycle.consequence
def forget_erased(entry: Any, before: str) -> None:
    """Who is erased takes along who looked at them, and their own name and reasons where they looked."""
    if entry.status == "erased":
        Reveal.objects.filter(viewed=entry.pk).delete()
        Reveal.objects.filter(viewer=entry.pk).update(viewer=None, reason=None)


def _networks_by_entry(entries: Iterable[int | None]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    memberships = Membership.objects.filter(practitioner__in=entries, ended=None).order_by("network__name")
    for entry, name in memberships.values_list("practitioner", "network__name"):
        found.setdefault(entry, []).append(name)
    return found
