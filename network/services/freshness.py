"""An entry stays true only as long as its owner says so: reminders, and the steps that follow when nobody answers."""

from datetime import timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import audit, clock, lifecycle, links
from network.daily import daily_task
from network.lifecycle import ERASED_AFTER, REMIND_BEFORE, StepRefused
from network.mailboxes import accounts_of
from network.models import Reminder, Snapshot
from network.policy import as_system
from network.services.erasure import erase
from network.snapshot import take
from network.waiting import absolute

RENEWAL = "renewal"
RENEWAL_LASTS = timedelta(days=75)
# Who may renew, in the order in which an entry fades. Steps are taken one after another, so that each is in the log,
# also when nobody ran the command for months.
RENEWABLE = ("verified", "due", "stale", "dormant")


@daily_task("entries moved on")
def pass_the_day() -> int:
    """Moves every entry to where it stands today."""
    moved = 0
    entries = as_system("freshness").filter(status__in=RENEWABLE, decoy=False).exclude(next_due=None).order_by("pk")
    for entry in entries.iterator():
        moved += _move_on(entry)
    return moved


def _move_on(entry: Any) -> int:
    steps = RENEWABLE[RENEWABLE.index(entry.status) + 1 : RENEWABLE.index(lifecycle.status_by_date(entry.next_due)) + 1]
    for step in steps:
        # A step may have been overtaken by its owner's or a coordinator's act a moment ago.
        try:
            lifecycle.move(entry, step, actor=audit.SYSTEM)
        except StepRefused:
            return 0
    return len(steps)


@daily_task("forgotten entries erased")
def erase_the_forgotten() -> int:
    """Entries that nobody confirmed for so long are erased, whatever state they ended in."""
    limit = clock.today() - ERASED_AFTER
    ended = ("dormant", "paused", "left", "withdrawn", "suspended", "refused")
    forgotten = list(as_system("freshness").filter(status__in=ended, next_due__lte=limit))
    for entry in forgotten:
        erase(entry=entry, actor=audit.SYSTEM)
    return len(forgotten)


@daily_task("reminders sent")
def remind() -> int:
    """Asks owners to confirm, thirty and seven days before it runs out; each once."""
    sent = 0
    for before in REMIND_BEFORE:
        last = clock.today() + before
        due = as_system("freshness").filter(status__in=("verified", "due"), next_due__lte=last)
        for entry in due.filter(next_due__gt=clock.today()).order_by("pk"):
            sent += _remind(entry, before.days)
    return sent


def _remind(entry: Any, days: int) -> int:
    nearer = [each.days for each in REMIND_BEFORE if each.days < days]
    if any(entry.next_due <= clock.today() + timedelta(days=each) for each in nearer):
        return 0  # the nearer reminder goes out instead
    owners = accounts_of([entry.pk])
    if not owners:
        return 0  # who can sign in again in time is still reminded
    try:
        with transaction.atomic():
            Reminder.objects.create(practitioner=entry, next_due=entry.next_due, days_before=days, sent=clock.now())
            for user in owners:
                ask_to_confirm(entry, user)
    except IntegrityError:
        return 0
    return 1


def ask_to_confirm(entry: Any, user: Any) -> None:
    """A mail with a link that works once, without signing in; it says nothing of the entry."""
    secret = links.issue(RENEWAL, entry.public_id, lasts=RENEWAL_LASTS)
    with override(user.language or "en"):
        path = reverse("network_account:renew", args=[secret])
        text = _(
            "Is what your colleagues read about you still true?\n\n"
            "Confirm it with one click, without signing in:\n\n%(link)s\n\n"
            "The link works once. If something has changed, sign in and put it right first:\n\n%(home)s"
        )
        home = absolute(reverse("account_overview"))
        send_mail(_("Please confirm"), text % {"link": absolute(path), "home": home}, None, [user.email])


@transaction.atomic
def confirm(*, entry: Any, actor: str) -> Any:
    """The owner says that all is still true: the only way in which `confirmed_at` is ever set.

    Raises StepRefused for whoever is not vetted, paused or suspended.
    """
    locked = as_system("freshness").select_for_update().get(pk=entry.pk)
    if locked.status not in RENEWABLE:
        raise StepRefused(locked.status, "verified")
    locked.confirmed_at = clock.today()
    locked.save(update_fields=["confirmed_at"])
    audit.record("entry confirmed", actor=actor, subject=locked.public_id)
    links.withdraw(RENEWAL, locked.public_id)
    return lifecycle.move(locked, "verified", actor=actor)


@transaction.atomic
def renew(secret: str) -> links.LinkState:
    """Spends a renewal link. An entry that is suspended, erased or gone takes no step: the link is then unknown."""
    state, public_id = links.spend(RENEWAL, secret)
    if state is not links.LinkState.GOOD:
        return state
    entry = as_system("freshness").filter(public_id=public_id, status__in=RENEWABLE).first()
    if entry is None:
        return links.LinkState.UNKNOWN
    confirm(entry=entry, actor=entry.public_id)
    return state


@daily_task("published counts taken")
def publish_counts() -> int:
    """The published bands are taken once a month."""
    last = Snapshot.objects.order_by("-taken_at").first()
    today = clock.today()
    if last is not None and (last.taken_at.year, last.taken_at.month) >= (today.year, today.month):
        return 0
    take(clock.now())
    return 1


@daily_task("old links forgotten")
def forget_old_links() -> int:
    """Links that expired a month ago."""
    return links.forget_old()
