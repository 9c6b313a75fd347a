"""Letting somebody in again who has lost a second factor or a mailbox: asking, two voices, waiting, and the way in.

It is slow and loud on purpose. The old address is told at once and again, and can stop it until the very end; stopping
also makes the password useless, because whoever asked knew it.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction

from accounts import counts, email_change, second_factor, sessions
from network import audit, clock, links
from network.daily import daily_task
from network.models import Practitioner, Recovery, RecoveryVoice
from network.policy import as_system
from network.policy.recovery import ENOUGH, Decider, circle
from network.policy.visibility import GONE
from network.services import recovery_mail as letters
from network.services.recovery_mail import FINISH, STOP

State = Recovery.State
# From the second voice until the link is sent.
WAIT = timedelta(hours=72)
# For two coordinators to be found, and for the link to be used.
ASKED_LASTS, LINK_LASTS = timedelta(days=14), timedelta(days=7)


class NotYours(ValueError):
    """The same organisation has spoken already, or it is no longer the time to speak."""


class NeedsCoordinators(PermissionError):
    """Members are let in again by coordinators, not by whoever runs the server."""


class Outcome(StrEnum):
    """What came of pressing the button behind a link."""

    UNKNOWN = "unknown"
    DONE = "done"
    TAKEN = "taken"  # the new address belongs to another account by now


@transaction.atomic
def ask(*, user: Any, lost_factor: bool, new_mailbox: str) -> None:
    """Opens a request where there is something to recover; whoever asks is told the same in every case."""
    entry = _entry_of(user)
    if entry is None:
        return letters.nobody_can_help(user)
    lost_factor = lost_factor and second_factor.is_set_up(user)
    if not (lost_factor or new_mailbox):
        return None
    try:
        with transaction.atomic():
            recovery = Recovery.objects.create(
                entry=entry,
                user=user,
                lost_factor=lost_factor,
                new_mailbox=new_mailbox or None,
                asked=clock.now(),
                ends=clock.now() + ASKED_LASTS,
            )
    except IntegrityError:
        return None  # one is open already, and its notices are out
    audit.record("recovery asked", actor=entry.public_id, subject=entry.public_id, detail=_what(recovery))
    deciders = [each.entry.user for each in circle(entry.pk, user.pk)]
    letters.asked(recovery, too_few=not deciders)
    if new_mailbox:
        # One of another account is refused at the end: what happens until then tells the asker nothing of it.
        (email_change.tell_taken if email_change.is_taken(new_mailbox) else letters.wanted)(new_mailbox)
    return letters.to_coordinators(deciders)


@transaction.atomic
def speak(*, recovery: Recovery, by: Decider, how: str) -> Recovery:
    """A coordinator says after a call-back that it is the person; raises NotYours.

    With the second voice the waiting time begins.
    """
    locked = Recovery.objects.select_for_update().get(pk=recovery.pk)
    if locked.state != State.ASKED:
        raise NotYours(locked.state)
    try:
        with transaction.atomic():
            RecoveryVoice.objects.create(
                recovery=locked,
                coordinator=by.entry,
                organisation_id=by.entry.organisation_id,
                network=by.network,
                how=how,
                at=clock.now(),
            )
    except IntegrityError as error:
        raise NotYours("spoken") from error
    _record("recovery approved", locked, actor=by.entry.public_id, network=by.network.slug, how=how)
    if locked.voices.count() >= ENOUGH:
        locked.ready_from = clock.now() + WAIT
        _close_or_go_on(locked, State.APPROVED, ends=locked.ready_from + LINK_LASTS)
        letters.approved(locked)
    return locked


@transaction.atomic
def refuse(*, recovery: Recovery, by: Decider) -> None:
    """One coordinator who knows that it is not the person is enough; raises NotYours when it is decided already."""
    locked = Recovery.objects.select_for_update().get(pk=recovery.pk)
    if locked.state not in (State.ASKED, State.APPROVED):
        raise NotYours(locked.state)
    _close_or_go_on(locked, State.REFUSED)
    _record("recovery refused", locked, actor=by.entry.public_id, network=by.network.slug)
    letters.refused(locked)


@transaction.atomic
def stop(secret: str) -> links.LinkState:
    """From the old address: “this was not me”. Whoever asked knew the password, so it opens nothing any more."""
    state, public_id = links.spend(STOP, secret)
    if state is not links.LinkState.GOOD:
        return state
    return state if _stop(Recovery.objects.filter(public_id=public_id)) else links.LinkState.UNKNOWN


@transaction.atomic
def stop_own(user: Any) -> bool:
    """The same by somebody who is signed in, and so has shown their second factor."""
    return _stop(Recovery.objects.filter(user=user))


def open_for(user: Any) -> bool:
    """Whether somebody asks to be let into this account."""
    return Recovery.objects.filter(user=user, state__in=Recovery.OPEN).exists()


@daily_task("recoveries moved on")
def pass_the_time() -> int:
    """Sends the links whose waiting time is over, and closes what nobody finished."""
    now, moved = clock.now(), 0
    for recovery in Recovery.objects.filter(state__in=Recovery.OPEN):
        with transaction.atomic():
            locked = Recovery.objects.select_for_update().get(pk=recovery.pk)
            if locked.state in Recovery.OPEN and locked.ends <= now:
                _close_or_go_on(locked, State.LAPSED)
                _record("recovery lapsed", locked, actor=audit.SYSTEM)
                moved += 1
            elif locked.state == State.APPROVED and locked.ready_from and locked.ready_from <= now:
                _close_or_go_on(locked, State.READY, ends=now + LINK_LASTS)
                _record("recovery ready", locked, actor=audit.SYSTEM)
                letters.ready(locked, lasts=LINK_LASTS)
                moved += 1
    return moved


@daily_task("changes of address forgotten")
def forget_addresses() -> int:
    """Changes of address that nobody finished in time."""
    return email_change.forget_old()


def of_link(secret: str) -> Recovery | None:
    """The request whose link in this is, while it works."""
    state, public_id = links.look(FINISH, secret)
    found = Recovery.objects.filter(public_id=public_id, state=State.READY, ends__gt=clock.now())
    return found.select_related("user").first() if state is links.LinkState.GOOD else None


@transaction.atomic
def finish(*, secret: str, user: Any) -> Outcome:
    """Spends the link in: the new address counts, the lost factors are gone, and every session ends.

    `user` has shown the password in the same request, so that nobody else can come in between.
    """
    recovery = of_link(secret)
    if recovery is None or recovery.user_id != user.pk:
        return Outcome.UNKNOWN
    if links.spend(FINISH, secret)[0] is not links.LinkState.GOOD:
        return Outcome.UNKNOWN
    locked = Recovery.objects.select_for_update().get(pk=recovery.pk)
    if locked.state != State.READY:  # stopped a moment ago
        return Outcome.UNKNOWN
    links.withdraw(STOP, locked.public_id)
    if locked.new_mailbox:
        try:
            email_change.move(user=user, new_email=locked.new_mailbox)
        except email_change.AddressTaken:
            _close_or_go_on(locked, State.LAPSED)
            return Outcome.TAKEN
    if locked.lost_factor:
        second_factor.remove_all(user)
    _close_or_go_on(locked, State.DONE)
    _record("recovery done", locked, actor=locked.entry.public_id)
    letters.done(user)
    return Outcome.DONE


@transaction.atomic
def reset_by_operator(user: Any, *, although_a_member: bool) -> None:
    """Whoever runs the server removes the factors of an account that no coordinator can help, and it is told."""
    entry = _entry_of(user)
    if entry is not None and not although_a_member:
        raise NeedsCoordinators
    second_factor.remove_all(user)
    audit.record("second factor reset", actor=audit.OPERATOR, subject=entry.public_id if entry else "")
    letters.reset(user)


@daily_task("ended sessions forgotten")
def forget_sessions() -> int:
    """Sessions whose time is over, and their lines in people's lists."""
    return sessions.forget_ended()


@daily_task("old counts of sign-ins forgotten")
def forget_counts() -> int:
    """Failed sign-ins that count no more."""
    return counts.forget_expired(clock.now())


def entry_of(recovery: Recovery) -> Practitioner:
    """The person's entry as the site reads it for cards, in any state."""
    return as_system("recovery").for_cards().get(pk=recovery.entry_id)


def _entry_of(user: Any) -> Practitioner | None:
    """The entry by which coordinators know this account: one that belongs to a network."""
    entries = as_system("recovery").answered_by_user(user).exclude(status__in=GONE)
    return entries.filter(memberships__ended=None, memberships__isnull=False).order_by("pk").first()


def _stop(asked: Any) -> bool:
    recovery = asked.select_for_update().filter(state__in=Recovery.OPEN).first()
    if recovery is None:
        return False
    _close_or_go_on(recovery, State.STOPPED)
    recovery.user.set_unusable_password()
    recovery.user.save(update_fields=["password"])
    sessions.sign_out_everywhere(recovery.user)
    _record("recovery stopped", recovery, actor=recovery.entry.public_id)
    return True


def _close_or_go_on(recovery: Recovery, state: str, ends: Any = None) -> None:
    recovery.state, recovery.ends = state, ends or clock.now()
    recovery.save()


def _what(recovery: Recovery) -> dict[str, Any]:
    return {"factor": recovery.lost_factor, "mailbox": bool(recovery.new_mailbox)}


def _record(action: str, recovery: Recovery, *, actor: str, network: str = "", **detail: Any) -> None:
    subject = recovery.entry.public_id
    audit.record(action, actor=actor, subject=subject, network=network, detail={**_what(recovery), **detail})
