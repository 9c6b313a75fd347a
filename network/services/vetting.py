"""The two acts of vetting, and the appeal. Of two who act at once, one does it and the other is told so.

Each act locks the application, reads its facts anew and asks the policy; what the page showed before does not count.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from network import audit, clock
from network.mailboxes import accounts_of
from network.models import Application, Decision, Evidence, Membership, Organisation, Suspension, Voucher
from network.policy.applications import case_of
from network.policy.vetting import Act, Case, Coordinator, Objection, coordinators_in, objection, on_desk
from network.services import entries
from network.services.calling_in import call_in_if_nobody_is_left
from network.services.erasing import drop_claims, drop_proof
from network.services.organisations import name_only
from network.services.standing import step
from network.waiting import tell

NEEDED_VOUCHERS = 2
APPEAL_WITHIN = timedelta(days=30)


class NotOnDesk(LookupError):
    """To this desk the application does not exist."""


class TooLate(ValueError):
    """Somebody else has taken this step in the meantime."""


class Objected(ValueError):
    """This coordinator may not take this step; `objection` says why."""

    def __init__(self, why: Objection) -> None:
        super().__init__(why)
        self.objection = why


class VouchersLacking(ValueError):
    """Fewer than two members of different organisations have vouched."""


class NetworkSuspended(ValueError):
    """Nobody is taken into a network that is suspended."""


def _locked(reference: str, desk: list[Coordinator], *acts: Act) -> tuple[Any, Case, Coordinator]:
    """The application, its facts and who acts, under a lock until the transaction ends."""
    application = Application.objects.select_for_update(of=("self",)).select_related("network")
    row = application.filter(reference=reference, confirmed_at__isnull=False).first()
    if row is None:
        raise NotOnDesk
    case = case_of(row)
    acting = on_desk(case, desk)
    if acting is None:
        raise NotOnDesk
    if case.next_act not in acts:
        raise TooLate
    if why := objection(case, acting, case.next_act):
        raise Objected(why)
    return row, case, acting


@transaction.atomic
def record_evidence(
    *,
    reference: str,
    desk: list[Coordinator],
    kind: str,
    note: str,
    organisation: Organisation | None = None,
    new_body: str = "",
    authority: bool = False,
) -> None:
    """ "Seen by X on date". The coordinator also says where the applicant works, and whether for an authority.

    `new_body` is the name of an organisation that is not in the list yet.

    Raises NotOnDesk, TooLate, Objected, VouchersLacking.
    """
    row, case, acting = _locked(reference, desk, Act.RECORD)
    if kind == "vouchers" and not vouched(row):
        raise VouchersLacking
    if organisation is not None and organisation.pk == acting.organisation:
        raise Objected(Objection.OWN_ORGANISATION)
    if not row.further:  # where a member works was seen before, and is theirs to change
        organisation = organisation or (name_only(new_body) if new_body else None)
        entries.write(
            case.applicant, {"authority": authority} | ({"organisation": organisation} if organisation else {})
        )
    Evidence.objects.create(
        application=row,
        kind=kind,
        seen_by_id=acting.entry,
        organisation_id=acting.organisation,
        seen_on=clock.today(),
        note=note,
    )
    _nothing_missing(row)
    step(row, "evidence", actor=acting.public_id, detail={"kind": kind, **_from(row, acting)})
    call_in_if_nobody_is_left(row)
    others = [each for each in coordinators_in([row.network_id]) if each.entry != acting.entry]
    tell(entries.accounts_of_desk(others), reverse("network_account:desk"))


@transaction.atomic
def decide(*, reference: str, desk: list[Coordinator], accept: bool, reason: str) -> None:
    """Yes or no, with a reason that the applicant reads; also on appeal. Proof goes in the same moment.

    Raises NotOnDesk, TooLate, Objected, NetworkSuspended.
    """
    row, case, acting = _locked(reference, desk, Act.DECIDE, Act.HEAR_APPEAL)
    on_appeal = case.next_act is Act.HEAR_APPEAL
    if accept and Suspension.objects.filter(network=row.network_id, entry=None, lifted_at=None).exists():
        raise NetworkSuspended
    Decision.objects.create(
        application=row,
        on_appeal=on_appeal,
        answer=Decision.Answer.ACCEPTED if accept else Decision.Answer.REFUSED,
        reason=reason,
        decided_by_id=acting.entry,
        organisation_id=acting.organisation,
        decided_at=clock.now(),
    )
    drop_proof(row)
    detail = {"on appeal": on_appeal, **_from(row, acting)}
    if accept:
        _take_in(row, case, acting, detail)
    else:
        _refuse(row, case, acting, detail)
    _tell_applicant(row)


def _take_in(row: Any, case: Case, acting: Coordinator, detail: dict[str, object]) -> None:
    seen = row.evidence.first()
    Membership.objects.get_or_create(
        practitioner_id=case.applicant, network=row.network, ended=None, defaults={"since": clock.today()}
    )
    if not row.further:
        entries.write(
            case.applicant,
            {
                "verified_by": seen.kind,
                "verified_network": row.network,
                "verified_on": clock.today(),
                "changed_on": None,
            },
        )
        if case.status == "refused":
            step(row, "evidence", actor=acting.public_id, detail=detail)
    step(row, "verified", actor=acting.public_id, detail=detail)
    _close(row, Application.Outcome.ACCEPTED)


def _refuse(row: Any, case: Case, acting: Coordinator, detail: dict[str, object]) -> None:
    if case.status != "refused":  # the application stays open for an appeal
        step(row, "refused", actor=acting.public_id, detail=detail)
        return
    entry = entries.entry(case.applicant)
    audit.record("appeal refused", actor=acting.public_id, subject=entry.public_id, network=row.network.slug)
    _close(row, Application.Outcome.REFUSED)


def _close(row: Any, outcome: str) -> None:
    drop_claims(row)
    row.outcome, row.closed_at = outcome, clock.now()
    row.save(update_fields=["outcome", "closed_at"])


@transaction.atomic
def ask_for_more(*, reference: str, desk: list[Coordinator], missing: str) -> None:
    """Asks the applicant for what is missing; recorded evidence is then looked at anew."""
    row, case, acting = _locked(reference, desk, Act.RECORD, Act.DECIDE)
    entry = entries.entry(case.applicant)
    if case.next_act is Act.DECIDE:
        step(row, "confirmed", actor=acting.public_id, detail=_from(row, acting))
    row.missing = missing
    row.save(update_fields=["missing"])
    audit.record("asked for more", actor=acting.public_id, subject=entry.public_id, network=row.network.slug)
    _tell_applicant(row)


def _tell_applicant(row: Any) -> None:
    tell(accounts_of([row.practitioner_id]), reverse(f"network_account:{'own' if row.further else 'application'}"))


def vouched(row: Any) -> bool:
    """Whether two members of different organisations stand for the applicant, both of them in force today."""
    members = {each.member_id: each for each in row.vouchers.filter(answer=Voucher.Answer.YES)}
    current = [pk for pk in members if entries.entry(pk).status in entries.CURRENT]
    return len({members[pk].organisation_id for pk in current} - {None}) >= NEEDED_VOUCHERS


def _nothing_missing(row: Any) -> None:
    row.missing = None
    row.save(update_fields=["missing"])


def _from(row: Any, acting: Coordinator) -> dict[str, object]:
    """For the audit log: whether somebody of another network stood in."""
    return {} if row.network_id in acting.networks else {"stood in": True}
