"""What an applicant does with their own application: send more, withdraw, appeal."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from network import audit, clock
from network.models import Application
from network.policy.vetting import coordinators_in
from network.proofs import MOST_FILES, Proof, keep
from network.services import entries
from network.services.calling_in import call_in_if_nobody_is_left
from network.services.erasing import drop_claims
from network.services.standing import stands_at, step
from network.services.vetting import APPEAL_WITHIN
from network.waiting import tell

UNDER_WAY = ("confirmed", "evidence")


class NotNow(ValueError):
    """The application is not at a point where this can be done."""


class TooManyFiles(ValueError):
    """The application holds as many proof files as it may."""


def _own(user: Any, reference: str) -> Any:
    """The account's open application, or what it asked a further network by its reference, locked; raises NotNow."""
    row = Application.objects.select_for_update(of=("self",)).select_related("network")
    theirs = Q(account=user) | Q(practitioner__user=user) | Q(practitioner__answered_by=user)
    of_this = Q(account=user, stands="") if not reference else theirs & ~Q(stands="") & Q(reference=reference)
    found = row.filter(of_this, closed_at=None).first()
    if found is None:
        raise NotNow
    return found


@transaction.atomic
def send_more(*, user: Any, words: str, proof: Proof | None, reference: str = "") -> None:
    """Adds a proof file, or words to what can be checked; what was missing is then with the coordinators again."""
    row = _own(user, reference)
    entry = entries.entry(row.practitioner_id)
    if stands_at(row) not in UNDER_WAY:
        raise NotNow
    if proof is not None:
        if row.proofs.count() >= MOST_FILES:
            raise TooManyFiles
        keep(row, proof)
    if words:
        row.claim = f"{row.claim or ''}\n{words}".strip()
    row.missing = None
    row.save(update_fields=["claim", "missing"])
    audit.record("sent more", actor=entry.public_id, subject=entry.public_id, network=row.network.slug)
    _tell_desk(row)


@transaction.atomic
def withdraw(*, user: Any, reference: str = "") -> None:
    """Takes the application back: proof and claims go at once, the rest within a day."""
    row = _own(user, reference)
    step(row, "withdrawn", actor=entries.entry(row.practitioner_id).public_id)
    drop_claims(row)
    row.outcome, row.closed_at = Application.Outcome.WITHDRAWN, clock.now()
    row.save(update_fields=["outcome", "closed_at"])


@transaction.atomic
def appeal(*, user: Any, words: str, reference: str = "") -> None:
    """Asks for another coordinator to look, once, within thirty days of the answer."""
    row = _own(user, reference)
    if not may_appeal(row):
        raise NotNow
    entry = entries.entry(row.practitioner_id)
    row.appeal, row.appealed_at = words, clock.now()
    row.save(update_fields=["appeal", "appealed_at"])
    audit.record("appeal made", actor=entry.public_id, subject=entry.public_id, network=row.network.slug)
    call_in_if_nobody_is_left(row)
    _tell_desk(row)


def may_appeal(row: Any) -> bool:
    """Whether an answer of no can still be appealed against."""
    decision = row.decisions.first()
    refused = decision is not None and decision.answer == "refused"
    in_time = refused and decision.decided_at + APPEAL_WITHIN > clock.now()
    return bool(in_time and row.closed_at is None and row.appealed_at is None)


def _tell_desk(row: Any) -> None:
    networks = [each for each in (row.network_id, row.stand_in_id) if each is not None]
    tell(entries.accounts_of_desk(coordinators_in(networks)), reverse("network_account:desk"))
