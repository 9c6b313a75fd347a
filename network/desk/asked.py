"""What members are asked, and what they have asked others: vouching and invitations."""

from typing import Any

from network import clock
from network.forms.joining import VoucherForm
from network.models import Practitioner
from network.policy.applications import card_of_applicant
from network.services.vouching import asked_of, invitations_left


def vouching_page(user: Any, forms: dict[str, Any]) -> dict[str, Any]:
    """Applicants who named this member, each with a form; `forms` are those that were sent and are wrong."""
    return {
        "asked": [
            {
                "application": each.application,
                "card": card_of_applicant(each.application),
                "form": forms.get(each.application.reference)
                or VoucherForm(auto_id=f"{each.application.reference}_%s"),
            }
            for each in asked_of(user)
        ]
    }


def invitations_page(member: Practitioner) -> dict[str, Any]:
    """What was sent, and what became of it; addresses are not kept."""
    moment = clock.now()
    rows = member.invitations.select_related("network")[:20]
    return {
        "sent": [{"row": row, "over": row.used_at is None and row.expires < moment} for row in rows],
        "left": invitations_left(member),
    }
