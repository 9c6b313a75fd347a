"""Reports of entries: a member says that something is wrong, a coordinator looks into it and says what was found."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from network import audit, clock
from network.models import EntryReport, Practitioner
from network.policy.vetting import Coordinator, coordinators_in, entries_behind
from network.services import entries
from network.services.suspending import NotHere, StandsOtherwise
from network.waiting import tell


@transaction.atomic
def report(*, entry: Practitioner, reporter: Practitioner, kind: str, words: str) -> EntryReport:
    """Lays it on the desks that answer for the entry; the subject is told nothing and reads nothing of it."""
    made = EntryReport.objects.create(entry=entry, reporter=reporter, kind=kind, words=words, made_at=clock.now())
    networks = entries.networks_answering_for(entry.pk)
    for network in networks:
        about = {"actor": reporter.public_id, "subject": entry.public_id, "network": network.slug}
        audit.record("entry reported", **about, detail={"kind": kind})
    desks = [each for each in coordinators_in([network.pk for network in networks]) if each.entry != entry.pk]
    tell(entries.accounts_of_desk(desks), reverse("network_account:reports"))
    return made


def reports_for(desk: list[Coordinator]) -> Any:
    """Reports of entries that these networks answer for, open ones first; never of oneself."""
    networks = {network for coordinator in desk for network in coordinator.networks}
    entries_there = entries.answered_for_by(networks).values("pk")
    rows = EntryReport.objects.filter(entry__in=entries_there).exclude(entry__in=entries_behind(desk))
    return rows.order_by(F("closed_at").desc(nulls_first=True), "made_at")


@transaction.atomic
def close(*, reference: str, desk: list[Coordinator], outcome: str) -> None:
    """Says what was found and done; raises NotHere, StandsOtherwise when it was closed meanwhile."""
    found = reports_for(desk).select_for_update().filter(reference=reference).first()
    if found is None:
        raise NotHere
    if found.closed_at is not None:
        raise StandsOtherwise
    answering = entries.networks_answering_for(found.entry_id)
    acting = next(each for each in desk if each.networks & {network.pk for network in answering})
    found.closed_by_id, found.closed_at, found.outcome = acting.entry, clock.now(), outcome
    found.save(update_fields=["closed_by", "closed_at", "outcome"])
    subject = entries.entry(found.entry_id)
    network = next(each for each in answering if each.pk in acting.networks)
    audit.record("report closed", actor=acting.public_id, subject=subject.public_id, network=network.slug)
