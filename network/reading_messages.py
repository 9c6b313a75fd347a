"""What the pages of messages show to one account: conversations of the entries it acts for, never anybody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from network import clock
from network.models import Block, Conversation, Membership, Message, Practitioner
from network.policy import EntryCard, redact
from network.policy.audiences import ids
from network.policy.visibility import LISTED
from network.services import relay

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list; `as_entry` names the entry it is held by where the account acts for several."""

    public_id: str
    title: str
    waiting: int
    last: datetime
    blocked: bool
    as_entry: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `state`, of one's own: waiting, opened, expired; of the other's: waiting, open, gone."""

    public_id: str
    mine: bool
    text: str
    state: str
    sent: datetime
    reported: bool


def acting_for(principals: frozenset[str]) -> list[Practitioner]:
    """The listed entries that these principals act for; none without membership, and then the relay is off for them."""
    if "member" not in principals:
        return []
    owned = Practitioner.objects.visible_to(principals).filter(pk__in=ids(principals, "owner"), status__in=LISTED)
    return list(owned.order_by("role_mailbox", "pk"))


def coordinating(principals: frozenset[str]) -> tuple[Practitioner | None, list[int]]:
    """The entry by which these principals coordinate, and the networks they coordinate; (None, []) for all others."""
    networks = ids(principals, "coordinator")
    mine = acting_for(principals) if networks else []
    seats = Membership.objects.filter(practitioner__in=[entry.pk for entry in mine], network__in=networks)
    seated = set(seats.filter(role="coordinator", ended=None).values_list("practitioner", flat=True))
    first = next((entry for entry in mine if entry.pk in seated), None)
    return (first, networks) if first else (None, [])


def conversations(principals: frozenset[str]) -> list[Line]:
    """The newest conversations, those with something waiting first."""
    mine = {entry.pk: entry for entry in acting_for(principals)}
    known = Q(messages__withheld=False) | Q(messages__sender__in=mine)
    newest = _held(mine).annotate(last=Max("messages__sent_at", filter=known)).exclude(last=None)
    found = list(newest.order_by("-last", "-pk")[:MOST_LISTED])
    ends = [_ends(conversation, mine) for conversation in found]
    titles = titles_of([other for _own, other in ends], principals)
    waiting = _unopened(mine)
    blocked = set(Block.objects.filter(by__in=mine).values_list("by", "against"))
    lines = [
        Line(
            public_id=conversation.public_id,
            title=titles[other],
            waiting=waiting.get((conversation.pk, own), 0),
            last=conversation.last,
            blocked=(own, other) in blocked,
            as_entry=mine[own].display_name if len(mine) > 1 else "",
        )
        for conversation, (own, other) in zip(found, ends, strict=True)
    ]
    return sorted(lines, key=lambda line: not line.waiting)


def waiting_for(principals: frozenset[str]) -> int:
    """How many messages wait to be opened, over all entries that these principals act for; two queries."""
    mine = {entry.pk for entry in acting_for(principals)}
    return sum(_unopened(mine).values()) if mine else 0


class Held(NamedTuple):
    """A conversation, one's own entry in it, and the row number of the other."""

    conversation: Conversation
    own: Practitioner
    other: int


def conversation_of(public_id: str, principals: frozenset[str]) -> Held | None:
    """A conversation of one of one's entries, or None."""
    mine = {entry.pk: entry for entry in acting_for(principals)}
    found = _held(mine).filter(public_id=public_id).first()
    if found is None or not relay.delivered(found.messages.all(), _ends(found, mine)[0]).exists():
        return None
    own, other = _ends(found, mine)
    return Held(found, mine[own], other)


def conversation_page(held: Held, principals: frozenset[str]) -> dict[str, Any]:
    """A conversation as this viewer sees it, and why the next message would be refused (None when it would not)."""
    conversation, own, other = held
    card = cards_of([other], principals).get(other)
    blocked = Block.objects.filter(by=own, against=other).exists()
    answering = relay.is_answer(conversation, own.pk)
    return {
        "conversation": conversation.public_id,
        "card": card,
        "title": card.title if card else _("a practitioner"),
        "own_title": own.display_name if own.role_mailbox else "",
        "said": said(conversation, own.pk),
        "blocked": blocked,
        "why": relay.why_not(sender=own, to=other, principals=principals, answering=answering),
    }


def can_report(held: Held, message: str) -> bool:
    """Whether this is an opened message of the other one whose text is still there."""
    texts = {each.public_id for each in said(held.conversation, held.own.pk) if each.state == "open" and not each.mine}
    return message in texts


class Found(NamedTuple):
    """An entry that somebody wants to write to: how it appears, and its row number."""

    card: EntryCard
    entry: int


def found_by(public_id: str, principals: frozenset[str]) -> Found | None:
    """An entry in the directory that these principals may open, their own apart."""
    shown = Practitioner.objects.visible_to(principals).filter(public_id=public_id, status__in=LISTED)
    entry = shown.for_cards().first()
    if entry is None or f"owner:{entry.pk}" in principals:
        return None
    return Found(redact(entry, principals), entry.pk)


def why_not(mine: list[Practitioner], to: int, principals: frozenset[str]) -> type[relay.Refused] | None:
    """Why no message of one's first entry would be taken; None also for who has no entry to write from."""
    if not mine:
        return None
    between = Conversation.objects.filter(Q(first=mine[0], second=to) | Q(first=to, second=mine[0])).first()
    answering = between is not None and relay.is_answer(between, mine[0].pk)
    return relay.why_not(sender=mine[0], to=to, principals=principals, answering=answering)


def said(conversation: Conversation, own: int) -> list[Said]:
    """The messages that this side knows of, oldest first. Nothing unopened is shown, nothing whose time is over."""
    moment = clock.now()
    messages = relay.delivered(conversation.messages.select_related("report"), own)
    return [_said(message, own, moment) for message in messages]


def told_to_owner(entry: Practitioner, principals: frozenset[str]) -> list[tuple[str, list[Said]]]:
    """All conversations of one's entry: who it is with and the messages, as the page shows them. Opens none.

    While the relay is off for the entry it is one's own messages only: the pages show none of the other's then.
    """
    on = any(each.pk == entry.pk for each in acting_for(principals))
    held = list(_held([entry.pk]))
    titles = titles_of([each.other(entry.pk) for each in held], principals)
    told = [
        (titles[each.other(entry.pk)], [message for message in said(each, entry.pk) if on or message.mine])
        for each in held
    ]
    return [(title, messages) for title, messages in told if messages]


def _said(message: Message, own: int, moment: datetime) -> Said:
    mine, there = message.sender_id == own, message.goes_at > moment
    if mine:
        state = "opened" if message.opened_at else "waiting" if there else "expired"
    else:
        state = "gone" if not there else "open" if message.opened_at else "waiting"
    shown = there and (mine or message.opened_at is not None)
    reported = not mine and getattr(message, "report", None) is not None
    return Said(message.public_id, mine, (message.body or "") if shown else "", state, message.sent_at, reported)


def titles_of(entries: Iterable[int], principals: frozenset[str]) -> dict[int, str]:
    """How each entry appears to this viewer; who may not see it reads “a practitioner”."""
    found = cards_of(entries, principals)
    return {entry: found[entry].title if entry in found else _("a practitioner") for entry in entries}


def cards_of(entries: Iterable[int], principals: frozenset[str]) -> dict[int, EntryCard]:
    """The cards of those entries that this viewer may see; one query."""
    seen = Practitioner.objects.visible_to(principals).filter(pk__in=list(entries)).for_cards()
    return {entry.pk: redact(entry, principals) for entry in seen}


def _held(mine: Iterable[int]) -> QuerySet[Conversation]:
    return Conversation.objects.filter(Q(first__in=mine) | Q(second__in=mine))


def _ends(conversation: Conversation, mine: dict[int, Any]) -> tuple[int, int]:
    own = conversation.first_id if conversation.first_id in mine else conversation.second_id
    return own, conversation.other(own)


def _unopened(mine: Iterable[int]) -> dict[tuple[int, int], int]:
    """By (conversation, own entry): messages to these entries that can still be opened."""
    ours = Q(conversation__first__in=mine) | Q(conversation__second__in=mine)
    unopened = Message.objects.filter(ours, opened_at=None, withheld=False, goes_at__gt=clock.now())
    counts: dict[tuple[int, int], int] = {}
    for conversation, first, second, sender in unopened.values_list(
        "conversation", "conversation__first", "conversation__second", "sender"
    ):
        to = second if sender == first else first
        if to in mine:
            counts[conversation, to] = counts.get((conversation, to), 0) + 1
    return counts
