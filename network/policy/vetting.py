"""Who may see an application, and who may do what with it: the rules of vetting, on plain facts.

Two acts by two coordinators of different organisations; nobody acts on their own application, their own
organisation's, or that of somebody whom they or their organisation invited. Coordinators of another network stand in
where too few are left, and see that application only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import Q

from network.policy.audiences import ids
from network.policy.system import as_system
from network.policy.visibility import LISTED


class Act(StrEnum):
    """What a coordinator can do next with an application."""

    RECORD = "record"
    DECIDE = "decide"
    HEAR_APPEAL = "hear appeal"
    NONE = ""


class Objection(StrEnum):
    """Why this coordinator may not do it."""

    OWN = "own"
    OWN_ORGANISATION = "own organisation"
    INVITED = "invited"
    INVITED_BY_ORGANISATION = "invited by organisation"
    VOUCHED = "vouched"
    NO_ORGANISATION = "no organisation"
    ACTED_BEFORE = "acted before"
    SAME_ORGANISATION = "same organisation"
    NOT_NOW = "not now"


# These keep a coordinator from reading the application at all, not only from deciding.
BARS = frozenset(
    {
        Objection.OWN,
        Objection.OWN_ORGANISATION,
        Objection.INVITED,
        Objection.INVITED_BY_ORGANISATION,
        Objection.VOUCHED,
    }
)


@dataclass(frozen=True, slots=True)
class Coordinator:
    """An entry that coordinates networks, and where it works.

    `same` are the entries behind which the same account stands, itself included: nobody passes a rule by acting once
    as themselves and once as the role mailbox that they answer.
    """

    entry: int
    public_id: str
    organisation: int | None
    networks: frozenset[int]
    same: frozenset[int]


@dataclass(frozen=True, slots=True)
class Step:
    """Who did an earlier act, and for which organisations they stood then and stand now."""

    by: int | None
    organisations: frozenset[int]


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one application that decide who may touch it."""

    network: int
    stand_in: int | None
    status: str
    closed: bool
    appealed: bool
    applicant: int
    organisation: int | None
    inviter: int | None
    inviter_organisation: int | None
    vouchers: frozenset[int]
    recorded: Step | None
    decided: Step | None

    @property
    def next_act(self) -> Act:
        """What has to be done next."""
        if self.closed:
            return Act.NONE
        if self.status == "refused":
            return Act.HEAR_APPEAL if self.appealed else Act.NONE
        return {"confirmed": Act.RECORD, "evidence": Act.DECIDE}.get(self.status, Act.NONE)


def reaches(case: Case, coordinator: Coordinator) -> bool:
    """Whether the application lies on this coordinator's desk."""
    return case.network in coordinator.networks or (case.stand_in is not None and case.stand_in in coordinator.networks)


def bar(case: Case, coordinator: Coordinator) -> Objection | None:
    """What keeps a coordinator away from this person's application whatever the step."""
    ours = coordinator.organisation
    if case.applicant in coordinator.same:
        return Objection.OWN
    if case.inviter in coordinator.same:
        return Objection.INVITED
    if case.vouchers & coordinator.same:
        return Objection.VOUCHED
    if ours is not None and ours == case.organisation:
        return Objection.OWN_ORGANISATION
    if ours is not None and ours == case.inviter_organisation:
        return Objection.INVITED_BY_ORGANISATION
    return None


def objection(case: Case, coordinator: Coordinator, act: Act) -> Objection | None:
    """Why this coordinator may not take this step now; None when they may."""
    if found := bar(case, coordinator):
        return found
    if act is Act.NONE or case.next_act is not act:
        return Objection.NOT_NOW
    if coordinator.organisation is None:
        return Objection.NO_ORGANISATION
    before = {Act.RECORD: (), Act.DECIDE: (case.recorded,), Act.HEAR_APPEAL: (case.recorded, case.decided)}[act]
    if any(step is not None and step.by in coordinator.same for step in before):
        return Objection.ACTED_BEFORE
    # On appeal it is the first decision that another organisation looks at.
    last = before[-1] if before else None
    if before and (last is None or not last.organisations or coordinator.organisation in last.organisations):
        return Objection.SAME_ORGANISATION
    return None


def able(case: Case, coordinators: Iterable[Coordinator]) -> list[Coordinator]:
    """Those of them who may take the next step."""
    return [each for each in coordinators if reaches(case, each) and objection(case, each, case.next_act) is None]


def on_desk(case: Case, desk: Iterable[Coordinator]) -> Coordinator | None:
    """With which of their entries somebody acts here; None when the application is not theirs to see.

    An account may coordinate with its own entry and with a role mailbox: a bar of one is a bar of all.
    """
    acting = list(desk)
    if any(bar(case, each) for each in acting):
        return None
    return next((each for each in acting if reaches(case, each)), None)


def coordinators_acting(principals: frozenset[str]) -> list[Coordinator]:
    """The entries with which the holder of these principals coordinates; empty for everybody else."""
    owned, coordinated = ids(principals, "owner"), ids(principals, "coordinator")
    if not owned or not coordinated:
        return []
    return _coordinators(Q(practitioner__in=owned, network__in=coordinated))


def coordinators_in(networks: Iterable[int]) -> list[Coordinator]:
    """Everybody who coordinates one of these networks now and could act."""
    return _coordinators(Q(network__in=list(networks), practitioner__status__in=LISTED))


def _coordinators(condition: Q) -> list[Coordinator]:
    membership: Any = apps.get_model("network", "Membership")
    rows = membership.objects.filter(condition, role="coordinator", ended=None).values_list(
        "practitioner_id", "practitioner__public_id", "practitioner__organisation_id", "network_id"
    )
    found: dict[int, Coordinator] = {}
    same = _same_accounts(rows.values_list("practitioner_id", flat=True))
    for entry, public_id, organisation, network in rows.order_by("practitioner_id"):
        networks = found[entry].networks if entry in found else frozenset()
        found[entry] = Coordinator(entry, public_id, organisation, networks | {network}, same[entry])
    return list(found.values())


def _same_accounts(entries: Any) -> dict[int, frozenset[int]]:
    """Entry → the entries of all accounts that answer for it; two queries."""
    answering: dict[int, set[int]] = {}
    held: dict[int, set[int]] = {}
    for pk, *accounts in as_system("vetting").filter(pk__in=entries).values_list("pk", "user", "answered_by"):
        answering.setdefault(pk, set()).update(each for each in accounts if each)
    users = set().union(*answering.values())
    behind = as_system("vetting").filter(Q(user__in=users) | Q(answered_by__in=users))
    for pk, *accounts in behind.values_list("pk", "user", "answered_by"):
        for account in accounts:
            held.setdefault(account, set()).add(pk)
    return {pk: frozenset({pk}.union(*(held.get(each, set()) for each in found))) for pk, found in answering.items()}


def entries_behind(desk: Iterable[Coordinator]) -> frozenset[int]:
    """All entries behind a desk."""
    return frozenset().union(*(each.same for each in desk))
