"""What members are asked, and what they have asked others: vouching and invitations."""

from typing import Any

from network import clock
from network.forms.joining import VoucherForm
from network.models import Application, Practitioner
from network.names import with_present
from network.policy.applications import card_of_applicant
from network.services.vouching import asked_of, invitations_left


def vouching_page(user: Any, forms: dict[str, Any]) -> dict[str, Any]:
    """Applicants who named this member, each with a form; `forms` are those that were sent and are wrong."""
    return {"asked": [_asked(each.application, forms) for each in asked_of(user)]}


def _asked(application: Application, forms: dict[str, Any]) -> dict[str, Any]:
    card = card_of_applicant(application)
    return {
        "application": application,
        "card": card,
        "name_warnings": with_present(application.name_warnings, card.name),
        "form": forms.get(application.reference) or VoucherForm(auto_id=f"{application.reference}_%s"),
    }


def invitations_page(member: Practitioner) -> dict[str, Any]:
    """What was sent, and what became of it; addresses are not kept."""
    moment = clock.now()
    rows = member.invitations.select_related("network")[:20]
    return {
        "sent": [{"row": row, "over": row.used_at is None and row.expires < moment} for row in rows],
        "left": invitations_left(member),
    }
