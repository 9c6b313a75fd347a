"""Looking at a contact field: counted exactly, audited and told to its owner, all in one transaction with the look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from network import audit, clock, lifecycle, once, quota, waiting
from network.daily import daily_task
from network.mailboxes import accounts_of
from network.models import Contact, Practitioner, Reveal
from network.policy import CONTACT_FIELDS, may_reveal
from network.policy.looks import NOBODY_ANY_MORE, Looker, lookers

# Who looked, and why, can be read by the owner this long; that somebody looked stays in the audit log.
KEPT = timedelta(days=365)
# A form that is sent again within this time is the same look.
SAME_LOOK = timedelta(minutes=2)


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
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for a field: the account, the entry it acts for, all its principals, and the reason it gives.

    `mark` is of the form it was asked with (network/once.py): sent twice it is one look. Without one each is another.
    """

    account: Any
    viewer: Practitioner
    principals: frozenset[str]
    reason: str
    mark: str = ""


def reveal(asked: Asked, *, public_id: str, field: str) -> str:
    """The value of one contact field. Raises NothingToReveal, or OverQuota; then nothing was used up or written."""
    name = once.digest(asked.mark, asked.account.pk, asked.viewer.pk, public_id, field, asked.reason)
    try:
        quota.check(asked.account, quota.REVEALS, halved=lifecycle.on_probation(asked.viewer))
        with transaction.atomic():
            return _granted(asked, public_id, field, name)
    except (quota.OverQuota, IntegrityError):
        if not _just_shown(name):
            raise
        return _readable(asked, public_id, field)[1]


def _granted(asked: Asked, public_id: str, field: str, name: str) -> str:
    found, value = _readable(asked, public_id, field)
    if _just_shown(name):
        return value
    Reveal.objects.filter(name=name).update(name="")  # sent again much later it is another look
    quota.take(asked.account, quota.REVEALS, halved=lifecycle.on_probation(asked.viewer))
    Reveal.objects.create(
        viewer=asked.viewer, viewed_id=found.pk, field=field, reason=asked.reason, at=clock.now(), name=name
    )
    audit.record("contact revealed", actor=asked.viewer.public_id, subject=found.public_id, detail={"field": field})
    waiting.send(waiting.ENTRY, accounts_of([found.pk]))
    return value


def _just_shown(name: str) -> bool:
    return Reveal.objects.filter(name=name, at__gt=clock.now() - SAME_LOOK).exists()


def _readable(asked: Asked, public_id: str, field: str) -> tuple[Practitioner, str]:
    """The entry and the value, where these principals may ask for it now; nothing is counted."""
    found = Practitioner.objects.visible_to(asked.principals).filter(public_id=public_id).for_cards().first()
    if found is None or not may_reveal(found, asked.principals, field):
        raise NothingToReveal
    value = getattr(Contact.objects.filter(pk=found.pk).first(), field, None)
    if not value:
        raise NothingToReveal
    return found, str(value)


def fields_open_to(entry: Practitioner, principals: frozenset[str]) -> list[str]:
    """The filled contact fields of an entry read with `for_cards()` that these principals may ask for; no value."""
    allowed = [field for field in CONTACT_FIELDS if may_reveal(entry, principals, field)]
    if not allowed:
        return []
    contact = Contact.objects.filter(pk=entry.pk).values(*allowed).first() or {}
    return [field for field in allowed if contact.get(field)]


def looks_at(entry: Any) -> Any:
    """The rows of this entry's contact, newest first, for paging; nobody is named in them."""
    return Reveal.objects.filter(viewed=entry.pk)


def looked_at(entry: Any, rows: Iterable[Reveal] | None = None, principals: frozenset[str] = frozenset()) -> list[Look]:
    """Who looked, for the owner's eyes, who holds these principals: all of it, or the rows of one page."""
    looks = list(looks_at(entry) if rows is None else rows)
    who = lookers((look.viewer_id for look in looks if look.viewer_id is not None), principals)
    return [_told(look, who.get(look.viewer_id or 0, NOBODY_ANY_MORE)) for look in looks]


def _told(look: Reveal, looker: Looker) -> Look:
    return Look(
        at=look.at,
        field=look.field,
        label=str(CONTACT_FIELDS[look.field]),
        name=looker.name,
        networks=looker.networks,
        url=looker.url,
        reason=look.reason or "",
    )


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
