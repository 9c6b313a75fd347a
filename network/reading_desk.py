"""What waits for coordinators: enquiries of the public, reported messages, messages to entries nobody signs in for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from network import clock
from network.models import Enquiry, MessageReport
from network.policy.audiences import ids
from network.reading_messages import cards_of
from network.services import relay, reports


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as this coordinator may see them; `url` is empty where they may not open the entry."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report without its text."""

    public_id: str
    reported: Named
    reporter: Named
    why: str
    at: datetime
    goes: datetime
    closed: bool


@dataclass(frozen=True, slots=True)
class UnclaimedLine:
    """A message to an entry that nobody signs in for, without its text."""

    public_id: str
    sender: Named
    to: Named
    at: datetime
    opened: bool


def report_lines(principals: frozenset[str], networks: list[int]) -> list[ReportLine]:
    """Reports for these coordinators, open ones first."""
    found = list(reports.for_coordinator(networks, ids(principals, "owner")))
    people = {each for report in found for each in (report.reported_id, report.reporter_id) if each}
    cards = cards_of(people, principals)
    lines = [_report(report, cards) for report in found]
    return sorted(lines, key=lambda line: line.closed)


def report_line(report: MessageReport, principals: frozenset[str]) -> ReportLine:
    """One report as this coordinator sees it."""
    return _report(report, cards_of(filter(None, (report.reported_id, report.reporter_id)), principals))


def unclaimed_lines(principals: frozenset[str], networks: list[int]) -> list[UnclaimedLine]:
    """Messages to entries of these networks that nobody signs in for, the newest first."""
    found = [(each, each.conversation.other(each.sender_id)) for each in relay.unclaimed(networks).order_by("-sent_at")]
    cards = cards_of({entry for each, to in found for entry in (each.sender_id, to)}, principals)
    return [
        UnclaimedLine(
            each.public_id, named(cards, each.sender_id), named(cards, to), each.sent_at, each.opened_at is not None
        )
        for each, to in found
    ]


def named(cards: dict[int, Any], entry: int | None) -> Named:
    """Who may not be seen is said to be so, who has left too."""
    if entry is None:
        return Named(_("somebody who has left"))
    card = cards.get(entry)
    return Named(card.title, card.url) if card else Named(_("a member whose entry you may not see"))


def enquiries_for(networks: list[int]) -> QuerySet[Enquiry]:
    """Enquiries to these networks whose question or answer is still there, those without an answer first."""
    there = Enquiry.objects.filter(network__in=networks, question_goes_at__gt=clock.now()) | Enquiry.objects.filter(
        network__in=networks, answer_goes_at__gt=clock.now()
    )
    return there.select_related("network").order_by("answered_at", "asked_at", "pk")


def enquiry_page(enquiry: Enquiry) -> dict[str, Any]:
    """One enquiry: its question after “Open”, its answer while it is there, and whether it can be answered."""
    moment = clock.now()
    there = enquiry.question_goes_at > moment
    answered = enquiry.answered_at is not None
    answer_there = bool(enquiry.answer_goes_at and enquiry.answer_goes_at > moment)
    return {
        "enquiry": enquiry,
        "question": enquiry.question if there and enquiry.opened_at else "",
        "answer": enquiry.answer if answer_there else "",
        "can_open": there and enquiry.opened_at is None,
        "can_answer": there and enquiry.opened_at is not None and not answered,
    }


def waiting_messages(principals: frozenset[str], networks: list[int]) -> int:
    """How many reports are open and how many messages to nobody were not opened yet."""
    open_reports = reports.for_coordinator(networks, ids(principals, "owner")).filter(closed_at=None).count()
    return open_reports + relay.unclaimed(networks).filter(opened_at=None).count()


def _report(report: MessageReport, cards: dict[int, Any]) -> ReportLine:
    return ReportLine(
        public_id=report.public_id,
        reported=named(cards, report.reported_id),
        reporter=named(cards, report.reporter_id),
        why=report.get_why_display(),
        at=report.reported_at,
        goes=report.goes_at,
        closed=report.closed_at is not None,
    )
