"""The relay: a message stays on the site, its e-mail says only that one waits, and its text is soon gone.

Verified and due members write to whom they find; a stale one reads and answers, for a colleague may need the answer
today. An answer to somebody who wrote last needs neither a quota nor to find them: they asked for it.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Least

from network import audit, clock, lifecycle, once, quota, waiting
from network.daily import daily_task
from network.mailboxes import accounts_of, coordinators_of, networks_of
from network.models import Block, Conversation, Message, Practitioner
from network.policy import as_system
from network.policy.visibility import LISTED

TEXT_LASTS = timedelta(days=14)
TEXT_LASTS_OPENED = timedelta(hours=24)
# That a message was sent, and whether it was opened, can be seen a while longer than its text.
SHELL_LASTS = timedelta(days=14)
BEGINS = ("verified", "due")
LEAVES = ("left", "withdrawn", "erased")


class Refused(Exception):
    """The message was not sent, and nothing of it is kept."""


class NotReachable(Refused):
    """Nobody of that kind, not shown to the sender, or not reached at the moment: never said which."""


class MayNotBegin(Refused):
    """Only verified and due members write first."""


class BlockedByYou(Refused):
    """The sender has blocked whom they write to."""


def recipients_of(entry: Any) -> list[Any]:
    """The accounts that are told of a message to this entry, and open it.

    An entry that nobody signs in for (a decoy, a mailbox without an officer) is read by its networks' coordinators.
    """
    if entry.user_id is None and not entry.answered_by.exists():
        return coordinators_of(networks_of([entry.pk]))
    return accounts_of([entry.pk])


@transaction.atomic
def send(
    *, account: Any, sender: Practitioner, to: int, principals: frozenset[str], text: str, mark: str = ""
) -> Message:
    """Sends from an entry that the account acts for to another; raises Refused or OverQuota.

    `principals` are the account's: whom they cannot find, they cannot write to. `mark` is the form's: the same text
    with the same mark is the message that was sent already.
    """
    other = _reached(sender, to, principals)
    conversation = _between(sender.pk, other.pk)
    public_id = once.digest(mark, account.pk, sender.pk, other.pk, text)[:20]
    already = conversation.messages.filter(public_id=public_id).first()
    if already is not None:
        return already
    if not is_answer(conversation, sender.pk):
        _may_begin(sender, other.pk, principals)
        quota.take(account, quota.MESSAGES, halved=lifecycle.on_probation(sender))
    moment = clock.now()
    message = Message.objects.create(
        public_id=public_id,
        conversation=conversation,
        sender=sender,
        body=text,
        sent_at=moment,
        goes_at=moment + TEXT_LASTS,
        withheld=Block.objects.filter(by=other, against=sender).exists(),
    )
    if not message.withheld:
        waiting.send(waiting.MESSAGE, recipients_of(other))
    _audit_mailbox("role mailbox wrote", sender, account)
    return message


def why_not(*, sender: Practitioner, to: int, principals: frozenset[str], answering: bool) -> type[Refused] | None:
    """What would refuse the next message before any quota, for the page that offers to write it."""
    try:
        _reached(sender, to, principals)
        if not answering:
            _may_begin(sender, to, principals)
    except Refused as refused:
        return type(refused)
    return None


def is_answer(conversation: Conversation, entry: int) -> bool:
    """Whether the last message that this entry knows of came from the other one."""
    last = delivered(conversation.messages.all(), entry).order_by("-sent_at", "-pk").first()
    return last is not None and last.sender_id != entry


def delivered(messages: QuerySet[Message], entry: int) -> QuerySet[Message]:
    """Messages that this entry knows of: its own, and what was not withheld from it."""
    return messages.filter(Q(withheld=False) | Q(sender=entry))


@transaction.atomic
def open_message(*, account: Any, entry: Practitioner, message: str) -> bool:
    """Starts the clock of a message to this entry; False when there is none that can be opened. Opens once."""
    moment = clock.now()
    found = Message.objects.filter(_to(entry.pk), public_id=message).first()
    if found is None:
        return False
    # On its own table only: PostgreSQL does not look into a joined table again after waiting for who was faster.
    unopened = Message.objects.filter(pk=found.pk, opened_at=None, goes_at__gt=moment)
    if not unopened.update(opened_at=moment, goes_at=Least("goes_at", Value(moment + TEXT_LASTS_OPENED))):
        return False
    _audit_mailbox("role mailbox opened", entry, account)
    return True


@transaction.atomic
def open_unclaimed(*, coordinator: Practitioner, networks: list[int], message: str) -> Message | None:
    """A message to an entry that nobody signs in for, opened by a coordinator of its network, which is audited."""
    found = unclaimed(networks).filter(public_id=message).first()
    if found is None:
        return None
    entry = as_system("relay").get(pk=found.conversation.other(found.sender_id))
    audit.record("unclaimed message opened", actor=coordinator.public_id, subject=entry.public_id)
    open_message(account=None, entry=entry, message=message)
    return found


def unclaimed(networks: list[int]) -> QuerySet[Message]:
    """Messages with a text, to entries of these networks that nobody signs in for."""
    nobodys = as_system("relay").filter(user=None, answered_by=None, status__in=LISTED)
    entries = nobodys.filter(memberships__network__in=networks, memberships__ended=None).values("pk")
    to_first = Q(conversation__first__in=entries, sender=F("conversation__second"))
    to_second = Q(conversation__second__in=entries, sender=F("conversation__first"))
    there = Message.objects.filter(to_first | to_second, goes_at__gt=clock.now(), withheld=False)
    return there.select_related("conversation")


@transaction.atomic
def block(*, by: int, against: int) -> None:
    """Nothing more of theirs arrives; they are not told and cannot tell."""
    Block.objects.get_or_create(by_id=by, against_id=against)


@transaction.atomic
def unblock(*, by: int, against: int) -> None:
    """What they write from now on arrives again; what was withheld stays so."""
    Block.objects.filter(by=by, against=against).delete()


@daily_task("messages")
def delete_old() -> int:
    """Deletes texts whose time is over, later that they were sent, and then the empty conversation."""
    moment = clock.now()
    texts = Message.objects.filter(goes_at__lte=moment).exclude(body=None).update(body=None)
    shells = Message.objects.filter(goes_at__lte=moment - SHELL_LASTS).delete()[0]
    gone = Q(first__status__in=LEAVES) | Q(second__status__in=LEAVES)
    empty = Q(messages=None)
    return texts + shells + Conversation.objects.filter(gone | empty).delete()[0]


@lifecycle.consequence
def forget(entry: Any, before: str = "") -> None:
    """Who leaves takes their conversations along, for both sides; who is erased also the blocks."""
    if entry.status in LEAVES:
        Conversation.objects.filter(Q(first=entry.pk) | Q(second=entry.pk)).delete()
    if entry.status == "erased":
        Block.objects.filter(Q(by=entry.pk) | Q(against=entry.pk)).delete()


def _reached(sender: Practitioner, to: int, principals: frozenset[str]) -> Any:
    """The other one, when their relay is on and the sender's too."""
    if Block.objects.filter(by=sender, against=to).exists():
        raise BlockedByYou
    other = as_system("relay").filter(pk=to, status__in=LISTED).first()
    if other is None or f"owner:{to}" in principals or sender.status not in LISTED or not recipients_of(other):
        raise NotReachable
    return other


def _may_begin(sender: Practitioner, to: int, principals: frozenset[str]) -> None:
    if not Practitioner.objects.visible_to(principals).filter(pk=to, status__in=LISTED).exists():
        raise NotReachable
    if sender.status not in BEGINS:
        raise MayNotBegin


def _between(one: int, other: int) -> Conversation:
    """Their conversation, made when absent, locked: of two answers at one moment the second is none."""
    first, second = sorted((one, other))
    conversation, _made = Conversation.objects.get_or_create(first_id=first, second_id=second)
    return Conversation.objects.select_for_update().get(pk=conversation.pk)


def _to(entry: int) -> Q:
    """Messages to this entry that it knows of."""
    ours = Q(conversation__first=entry) | Q(conversation__second=entry)
    return ours & ~Q(sender=entry) & Q(withheld=False)


def _audit_mailbox(action: str, entry: Practitioner, account: Any) -> None:
    """A post is answered by named accounts: who it was stands in the log, by number, and never whom they answered."""
    if entry.role_mailbox and account is not None:
        audit.record(action, actor=entry.public_id, detail={"account": account.pk})
