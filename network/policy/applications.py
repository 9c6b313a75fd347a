"""Applications as those who vet them, and those who sent them, read them: the facts for the rules, and the cards.

However many applications are read at once, the number of queries is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Q

from network.policy.audiences import GROUPS
from network.policy.card import EntryCard
from network.policy.redaction import card
from network.policy.system import as_system
from network.policy.vetting import Act, Case, Coordinator, Step, on_desk

# Field groups that an application has filled in; contact and the rest are their owner's from the first day on.
APPLIED_WITH = frozenset(GROUPS) & {"listing", "name", "profession", "post", "area", "languages", "advice"}
# Who is vetted already shows, by asking, also where and how: it stands in for evidence of who they are.
ASKED_WITH = APPLIED_WITH | {"networks", "badge", "verification"}
# In force: their own confirmation has not run out. What they ask for rests while it has.
IN_FORCE = frozenset({"verified", "due"})


def case_of(application: Any) -> Case:
    """The facts of an application as the database has them now; four queries."""
    return cases_of([application])[0]


def cases_of(applications: Sequence[Any]) -> list[Case]:
    """The facts of each of these, in their order; four queries however many there are."""
    pks = [each.pk for each in applications]
    people = {each.practitioner_id for each in applications} | {each.inviter_id for each in applications}
    rows = as_system("applications").filter(pk__in=people - {None})
    entries = {pk: (status, body) for pk, status, body in rows.values_list("pk", "status", "organisation_id")}
    recorded = _steps("Evidence", "seen_by", Q(application__in=pks))  # the latest
    decided = _steps("Decision", "decided_by", Q(application__in=pks))  # the first: an appeal closes
    named: dict[int, set[int]] = {}
    for pk, member in _model("Voucher").objects.filter(application__in=pks).values_list("application", "member"):
        named.setdefault(pk, set()).add(member)
    return [
        _case(each, entries, recorded.get(each.pk), decided.get(each.pk), frozenset(named.get(each.pk, ())))
        for each in applications
    ]


def _case(
    application: Any,
    entries: Mapping[int, tuple[str, int | None]],
    recorded: Step | None,
    decided: Step | None,
    vouchers: frozenset[int],
) -> Case:
    status, organisation = entries[application.practitioner_id]
    return Case(
        network=application.network_id,
        stand_in=application.stand_in_id,
        status=application.stands if application.further and status in IN_FORCE else status,
        closed=application.closed_at is not None,
        appealed=application.appealed_at is not None,
        applicant=application.practitioner_id,
        organisation=organisation,
        inviter=application.inviter_id,
        inviter_organisation=entries[application.inviter_id][1] if application.inviter_id in entries else None,
        vouchers=vouchers,
        recorded=recorded,
        decided=decided,
    )


def _steps(model: str, by: str, condition: Q) -> dict[int, Step]:
    """Application → the first step in the model's own order, with the organisations of then and of now."""
    columns = ("application_id", f"{by}_id", "organisation_id", f"{by}__organisation_id")
    found: dict[int, Step] = {}
    for application, person, *organisations in _model(model).objects.filter(condition).values_list(*columns):
        found.setdefault(application, Step(person, frozenset(each for each in organisations if each is not None)))
    return found


def _model(name: str) -> Any:
    return apps.get_model("network", name)


def applications_for(desk: Sequence[Coordinator]) -> list[tuple[Any, Case]]:
    """Everything that lies on this desk, oldest first: what may not be opened too, so that its waiting is known."""
    networks = {network for coordinator in desk for network in coordinator.networks}
    rows = _model("Application").objects.filter(closed_at=None, confirmed_at__isnull=False)
    rows = rows.filter(Q(network__in=networks) | Q(stand_in__in=networks)).select_related("network", "stand_in")
    found = list(rows)
    return [(row, case) for row, case in zip(found, cases_of(found), strict=True) if case.next_act is not Act.NONE]


def open_application(reference: str, desk: Sequence[Coordinator]) -> tuple[Any, Case, Coordinator] | None:
    """One application with its facts and with whom one acts; None for absent and forbidden alike."""
    row = _model("Application").objects.filter(reference=reference, confirmed_at__isnull=False, closed_at=None)
    row = row.select_related("network", "stand_in", "account").first()
    if row is None:
        return None
    case = case_of(row)
    acting = on_desk(case, desk) if case.next_act is not Act.NONE else None
    return (row, case, acting) if acting else None


def card_of_applicant(application: Any) -> EntryCard:
    """What vetting coordinators, and members who are asked to vouch, read of an applicant."""
    return cards_of_applicants([application])[application.pk]


def cards_of_applicants(applications: Iterable[Any]) -> dict[int, EntryCard]:
    """The same for each of these, by the application; one query."""
    rows = list(applications)
    people = as_system("applications").for_cards().in_bulk({each.practitioner_id for each in rows})
    return {each.pk: card(people[each.practitioner_id], ASKED_WITH if each.further else APPLIED_WITH) for each in rows}


def own_application(user: Any) -> tuple[Any, Case] | None:
    """The latest application by which an account asked to become a member, for its applicant."""
    row = user.applications.filter(stands="").select_related("network").order_by("-made_at").first()
    return (row, case_of(row)) if row else None


def asked_further(entry: Any) -> list[tuple[Any, Case]]:
    """What a member asked of further networks, newest first, for themselves."""
    rows = list(entry.applications.exclude(stands="").select_related("network", "stand_in").order_by("-made_at"))
    return list(zip(rows, cases_of(rows), strict=True))
