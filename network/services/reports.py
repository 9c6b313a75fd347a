"""Reports of messages: a frozen copy for the coordinators of both sides, for a month, and then gone."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from network import audit, clock, waiting
from network.daily import daily_task
from network.mailboxes import coordinators_of, networks_of
from network.models import Membership, Message, MessageReport, Network, Practitioner
from network.policy import as_system
from network.services import relay

KEPT = timedelta(days=30)


class NothingToReport(Exception):
    """No opened message to this entry, or its text is gone already."""


@transaction.atomic
def report(*, reporter: Practitioner, message: str, why: str, note: str, block: bool) -> MessageReport:
    """Freezes a copy of a message that the reporter has opened; a second report of it changes nothing.

    Raises NothingToReport. `block` also keeps further messages of that sender away.
    """
    found = Message.objects.filter(public_id=message, withheld=False, opened_at__isnull=False)
    to_me = found.filter(Q(conversation__first=reporter) | Q(conversation__second=reporter)).exclude(sender=reporter)
    reported = to_me.filter(goes_at__gt=clock.now()).first()
    if reported is None or not reported.body:
        raise NothingToReport
    if block:
        relay.block(by=reporter.pk, against=reported.sender_id)
    moment = clock.now()
    frozen, made = MessageReport.objects.get_or_create(
        message=reported,
        defaults={
            "reporter": reporter,
            "reported_id": reported.sender_id,
            "why": why,
            "note": note,
            "body": reported.body,
            "sent_at": reported.sent_at,
            "reported_at": moment,
            "goes_at": moment + KEPT,
        },
    )
    if made:
        _hand_over(frozen, reporter, reported.sender_id, why)
    return frozen


def for_coordinator(networks: list[int], entries: list[int]) -> QuerySet[MessageReport]:
    """Reports that coordinators of these networks work on, never those about themselves (`entries`)."""
    theirs = MessageReport.objects.filter(goes_at__gt=clock.now()).exclude(reported__in=entries)
    ours = MessageReport.networks.through.objects.filter(messagereport=OuterRef("pk"), network__in=networks)
    return theirs.filter(Exists(ours))


@transaction.atomic
def open_report(*, coordinator: Practitioner, networks: list[int], entries: list[int], report: str) -> Any:
    """The report with its text, or None; each opening is audited."""
    found = for_coordinator(networks, entries).filter(public_id=report).first()
    if found is not None:
        audit.record("message report opened", actor=coordinator.public_id, detail={"report": found.pk})
    return found


@transaction.atomic
def close_report(*, coordinator: Practitioner, networks: list[int], entries: list[int], report: str) -> bool:
    """Marks a report as dealt with; False when there is none that is open. The copy goes when its month is over."""
    open_ones = for_coordinator(networks, entries).filter(public_id=report, closed_at=None)
    found = open_ones.first()
    if found is None or not MessageReport.objects.filter(pk=found.pk, closed_at=None).update(closed_at=clock.now()):
        return False
    audit.record("message report closed", actor=coordinator.public_id, detail={"report": found.pk})
    return True


@daily_task("message reports")
def delete_old() -> int:
    """Deletes frozen copies after their month."""
    return MessageReport.objects.filter(goes_at__lte=clock.now()).delete()[0]


def _hand_over(frozen: MessageReport, reporter: Practitioner, reported: int, why: str) -> None:
    """To the coordinators of both sides; where only the reported one coordinates, to others who can stand in."""
    networks = networks_of([reporter.pk, reported])
    for candidates in (networks, _partners(networks), list(Network.objects.values_list("pk", flat=True))):
        accounts = coordinators_of(candidates, without=[reported])
        if accounts:
            frozen.networks.set(candidates)
            break
    entry = as_system("message reports").get(pk=reported)
    audit.record("message reported", actor=reporter.public_id, subject=entry.public_id, detail={"why": why})
    waiting.send(waiting.DESK, accounts)


def _partners(networks: list[int]) -> list[int]:
    with_coordinator = Membership.objects.filter(role=Membership.Role.COORDINATOR, ended=None).values("network")
    partners = Network.objects.filter(partners__in=networks, pk__in=with_coordinator)
    return sorted(set(partners.values_list("pk", flat=True)))
