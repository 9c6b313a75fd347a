"""The desk's lists of people: members with their freshness, suspensions, reports, coordinators, and the log."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q

from network.audit_words import said
from network.desk.queue import applicants
from network.lifecycle import status_by_date
from network.models import AuditRow, CoordinatorProposal, Membership, Network, Practitioner, Suspension
from network.names import warnings_of
from network.policy import EntryCard, redact_all
from network.policy.log import kept_from
from network.policy.vetting import Coordinator, entries_behind
from network.services.coordinating import coordinators_of
from network.services.entries import networks_answering_for
from network.services.reporting import reports_for

ROWS_A_PAGE = 50


def networks_of(desk: Sequence[Coordinator]) -> list[Network]:
    """The networks that this desk coordinates."""
    return list(Network.objects.filter(pk__in={network for each in desk for network in each.networks}))


def cards_of(principals: frozenset[str], condition: Q) -> dict[str, EntryCard]:
    """Entries that this viewer may open, as cards by random id."""
    rows = Practitioner.objects.visible_to(principals).filter(condition).distinct()
    return {card.public_id: card for card in redact_all(rows, principals)}


def members_page(desk: Sequence[Coordinator], principals: frozenset[str]) -> dict[str, Any]:
    """Each network's members as its coordinator sees them, those whose confirmation runs out first on top."""
    mine = {each.public_id for each in desk}
    groups = []
    for network in networks_of(desk):
        cards = cards_of(principals, Q(memberships__network=network, memberships__ended=None)).values()
        changed = _changed(network)
        rows = [
            {
                "card": card,
                "changed_on": changed.get(card.public_id),
                "due": _due(card),
                "own": card.public_id in mine,
                "name_warnings": warnings_of(card.name),
                "state": "" if card.hidden_state else status_by_date(_due(card)),
            }
            for card in sorted(cards, key=_by_due)
        ]
        groups.append({"network": network, "rows": rows})
    return {"groups": groups}


def _changed(network: Network) -> dict[str, date | None]:
    """By random id, who calls themselves otherwise than they were vetted, and since when."""
    rows = Membership.objects.filter(network=network, ended=None, practitioner__changed_on__isnull=False)
    return dict(rows.values_list("practitioner__public_id", "practitioner__changed_on"))


def _by_due(card: EntryCard) -> tuple[bool, date, str]:
    due = _due(card)
    return due is None, due or date.max, card.title.casefold()


def _due(card: EntryCard) -> date | None:
    return card.verification.next_due if card.verification else None


def suspensions_page(desk: Sequence[Coordinator], principals: frozenset[str]) -> dict[str, Any]:
    """What is suspended now in these networks, and whether this desk may lift it."""
    networks, mine = networks_of(desk), entries_behind(desk)
    rows = Suspension.objects.filter(network__in=networks, part_of=None, lifted_at=None).select_related("network")
    cards = cards_of(principals, Q(suspensions__in=rows))
    entry_ids = dict(rows.exclude(entry=None).values_list("pk", "entry__public_id"))
    stopped = {row.network_id for row in rows if row.entry_id is None}
    return {
        "rows": [
            {
                "row": row,
                "card": cards.get(entry_ids.get(row.pk, "")),
                "may_lift": row.suspended_by_id not in mine and row.entry_id not in mine,
            }
            for row in rows
        ],
        "networks": [network for network in networks if network.pk not in stopped],
    }


def reports_page(desk: Sequence[Coordinator], principals: frozenset[str]) -> dict[str, Any]:
    """Reports of entries of these networks, open ones first."""
    rows = list(reports_for(list(desk))[:ROWS_A_PAGE])
    people = {each.entry_id for each in rows} | {each.reporter_id for each in rows if each.reporter_id}
    cards = cards_of(principals, Q(pk__in=people))
    ids = dict(Practitioner.objects.visible_to(principals).filter(pk__in=people).values_list("pk", "public_id"))
    members = Membership.objects.filter(practitioner__in=people, ended=None).values_list("practitioner", flat=True)
    in_none = people - set(members)
    return {
        "rows": [
            {
                "row": row,
                "card": cards.get(ids.get(row.entry_id, "")),
                "reporter": cards.get(ids.get(row.reporter_id, "")),
                "stops": _who_stops(row.entry_id, desk) if row.entry_id in in_none else None,
            }
            for row in rows
        ]
    }


def _who_stops(entry: int, desk: Sequence[Coordinator]) -> Network | None:
    """By which network an entry can be suspended that stands in no list of members."""
    ours = networks_of(desk)
    return next((each for each in networks_answering_for(entry) if each in ours), None)


def coordinators_page(desk: Sequence[Coordinator], principals: frozenset[str]) -> dict[str, Any]:
    """Who coordinates, who is proposed, who could be."""
    mine = entries_behind(desk)
    groups = []
    for network in networks_of(desk):
        memberships = list(
            Membership.objects.filter(network=network, ended=None).values("pk", "role", "practitioner_id",
                                                                          "practitioner__public_id")
        )  # fmt: skip
        cards = cards_of(principals, Q(memberships__network=network, memberships__ended=None))
        proposals = {
            each.membership_id: each for each in CoordinatorProposal.objects.filter(membership__network=network)
        }
        rows: list[dict[str, Any]] = [
            {
                "membership": row["pk"],
                "card": cards.get(row["practitioner__public_id"]),
                "coordinates": row["role"] == Membership.Role.COORDINATOR,
                "own": row["practitioner_id"] in mine,
                "proposed": row["pk"] in proposals,
                "may_agree": row["pk"] in proposals
                and proposals[row["pk"]].proposed_by_id not in mine
                and row["practitioner_id"] not in mine,
            }
            for row in memberships
        ]
        rows.sort(key=lambda row: (not row["coordinates"], row["card"].title.casefold() if row["card"] else ""))
        groups.append({"network": network, "rows": rows, "fewer": coordinators_of(network.pk).count() < 2})
    return {"groups": groups}


def audit_page(desk: Sequence[Coordinator], principals: frozenset[str], number: str) -> dict[str, Any]:
    """What was done in these networks, newest first; people by name where they may be opened, else by random id.

    Of themselves coordinators read what every owner may: who is reported does not learn it here either.
    """
    rows = AuditRow.objects.filter(network__in=[network.slug for network in networks_of(desk)])
    rows = rows.exclude(kept_from(entries_behind(desk)))
    page = Paginator(rows, ROWS_A_PAGE).get_page(number)
    people = {public_id for row in page for public_id in (row.actor, row.subject)}
    named = {**applicants(desk), **cards_of(principals, Q(public_id__in=people))}
    return {
        "page": page,
        "rows": [
            {"row": row, "act": said(row.action), "actor": named.get(row.actor), "subject": named.get(row.subject)}
            for row in page
        ],
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
