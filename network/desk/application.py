"""One application: as the coordinators who vet it read it, and as its applicant does."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format

from network.desk.wording import NEXT, NEXT_FURTHER, WHO, WHO_FURTHER, WHY_NOT
from network.forms.desk import CallInForm, DecisionForm, EvidenceForm, MissingForm, WorkForm
from network.models import Application, Practitioner
from network.names import with_present
from network.policy.applications import asked_further, card_of_applicant, own_application
from network.policy.vetting import Act, Case, Coordinator, objection
from network.services import entries
from network.services.applicants import UNDER_WAY, may_appeal
from network.services.calling_in import networks_that_could, who_can_act
from network.services.vetting import vouched


def application_page(row: Any, case: Case, acting: Coordinator, forms: dict[str, Any]) -> dict[str, Any]:
    """Everything about one application; `forms` are those that were sent and are wrong."""
    why = objection(case, acting, case.next_act)
    able = who_can_act(row)
    could = [] if able else networks_that_could(row)
    act = case.next_act
    made = {
        "evidence": WorkForm() if row.further else _evidence(row, entries.entry(case.applicant)),
        "decision": DecisionForm(),
        "missing": MissingForm(initial={"missing": row.missing}),
        "calling": CallInForm(networks=could),
    }
    card = card_of_applicant(row)
    return {
        "application": row,
        "card": card,
        "name_warnings": with_present(row.name_warnings, card.name),
        "mail_ending": "" if row.further else _ending(row.account),
        "next": (NEXT_FURTHER if row.further else NEXT)[act],
        "why_not": WHY_NOT[why] if why else "",
        "may_record": act is Act.RECORD and why is None,
        "may_decide": act in (Act.DECIDE, Act.HEAR_APPEAL) and why is None,
        "may_ask": act in (Act.RECORD, Act.DECIDE) and why is None,
        "may_call": not able and case.network in acting.networks and bool(could),
        "nobody": not able,
        "on_appeal": act is Act.HEAR_APPEAL,
        "evidence": [(each, _post(each.seen_by_id)) for each in row.evidence.all()],
        "decisions": [(each, _post(each.decided_by_id)) for each in row.decisions.all()],
        "vouchers": [(each, _post(each.member_id), each.organisation) for each in row.vouchers.all()],
        "vouched": vouched(row),
        "inviter": _post(row.inviter_id) if row.inviter_id else "",
        "proofs": list(row.proofs.defer("content")),
        "forms": {**made, **forms},
    }


def evidence_form(reference: str) -> type[EvidenceForm] | type[WorkForm]:
    """What a coordinator fills in who looks at this application first."""
    further = Application.objects.filter(reference=reference).exclude(stands="").exists()
    return WorkForm if further else EvidenceForm


def _evidence(row: Any, entry: Practitioner) -> EvidenceForm:
    body = entry.organisation
    return EvidenceForm(
        initial={
            "kind": row.method,
            "organisation": body.name if body else row.organisation_named,
            "authority": entries.looks_as_an_authority(entry.pk),
        }
    )


def _post(pk: int | None) -> str:
    """Who acted, for the coordinators who go on from there: the name and the organisation."""
    if pk is None:
        return ""
    person = entries.entry(pk)
    body = person.organisation
    return f"{person.display_name or person.function}{f', {body.name}' if body else ''}"


def _ending(account: Any) -> str:
    """What an official address is known by; the rest of a sign-in address is nobody's business."""
    return f"@{account.email.rpartition('@')[2]}" if account else ""


def status_page(user: Any) -> dict[str, Any] | None:
    """Where one's own application stands, who has to act next, and what one can do; None when there is none."""
    found = own_application(user) if not isinstance(user, AnonymousUser) else None
    if found is None:
        return None
    return _status(*found)


def further_page(entry: Practitioner, reference: str) -> dict[str, Any] | None:
    """The same of what a member asked a further network; None when they asked no such thing."""
    found = next((each for each in asked_further(entry) if each[0].reference == reference), None)
    if found is None:
        return None
    row, case = found
    rests = row.closed_at is None and case.status != row.stands
    return {**_status(row, case), "entry": entry, "rests": rests}


def _status(row: Any, case: Case) -> dict[str, Any]:
    act = case.next_act
    decision = row.decisions.last()
    waits = act is not Act.NONE
    return {
        "application": row,
        "card": card_of_applicant(row),
        "steps": _steps(row, case),
        "who": (WHO_FURTHER if row.further else WHO)[act],
        "nobody": waits and not who_can_act(row),
        "stand_in": row.stand_in if waits else None,
        "status": case.status,
        "decision": decision,
        "under_way": row.closed_at is None and case.status in UNDER_WAY,
        "may_appeal": may_appeal(row),
        "may_withdraw": row.closed_at is None,
        "proofs": row.proofs.count(),
    }


def _steps(row: Any, case: Case) -> Sequence[dict[str, Any]]:
    """The steps in order, each with the day it was taken."""
    seen, decided = row.evidence.first(), row.decisions.last()
    has_evidence = seen is not None and case.status != "confirmed"
    confirmed = {"name": "confirmed", "on": date_format(row.confirmed_at) if row.confirmed_at else "", "done": True}
    return [
        {"name": "applied", "on": date_format(row.made_at), "done": True},
        *([] if row.further else [confirmed]),
        {"name": "evidence", "on": date_format(seen.seen_on) if has_evidence else "", "done": has_evidence},
        {"name": "decided", "on": date_format(decided.decided_at) if decided else "", "done": decided is not None},
    ]
