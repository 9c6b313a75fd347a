"""Vouching for an applicant, and inviting somebody to apply: what a member in force may do for another."""

from datetime import timedelta
from typing import Any

from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import audit, clock, links
from network.models import Invitation, Membership, Network, Practitioner, Voucher
from network.services import entries
from network.services.applying import INVITED
from network.waiting import email_key, something_waits

INVITATION_LASTS = timedelta(hours=72)
INVITATIONS, INVITATIONS_IN = 5, timedelta(days=30)


class NotYours(LookupError):
    """Nobody asked this member."""


class QuotaReached(ValueError):
    """Five invitations in thirty days."""


def asked_of(user: Any) -> list[Voucher]:
    """Applications whose applicant named this member and that are under way."""
    member = entries.current_entry_of(user)
    if member is None:
        return []
    rows = Voucher.objects.filter(member=member, answer=Voucher.Answer.ASKED, application__closed_at=None)
    return list(rows.select_related("application__network"))


@transaction.atomic
def answer(*, user: Any, reference: str, yes: bool, words: str) -> None:
    """Vouches or declines, once. The organisation counts that the member works for now. Raises NotYours."""
    member = entries.current_entry_of(user)
    voucher = Voucher.objects.select_for_update(of=("self",)).filter(
        member=member, answer=Voucher.Answer.ASKED, application__reference=reference, application__closed_at=None
    )
    found = voucher.select_related("application__network").first() if member else None
    if found is None or member is None:
        raise NotYours
    found.answer = Voucher.Answer.YES if yes else Voucher.Answer.NO
    found.words, found.organisation, found.answered_at = words, member.organisation, clock.now()
    found.save()
    audit.record(
        "vouched" if yes else "did not vouch",
        actor=member.public_id,
        subject=entries.entry(found.application.practitioner_id).public_id,
        network=found.application.network.slug,
    )


def networks_of(member: Practitioner) -> Any:
    """Networks that a member can invite to."""
    return Network.objects.filter(memberships__practitioner=member, memberships__ended=None).order_by("name")


def invitations_left(member: Practitioner) -> int:
    """How many more in these thirty days."""
    since = clock.now() - INVITATIONS_IN
    return max(0, INVITATIONS - Invitation.objects.filter(inviter=member, made_at__gt=since).count())


@transaction.atomic
def invite(*, member: Practitioner, network: Network, email: str, language: str) -> None:
    """Sends one link to one address. The same mail whether it has an account or not. Raises QuotaReached."""
    validate_email(email)
    # Locks one row of the member's, so that two tries at once are counted one after the other.
    list(Membership.objects.select_for_update().filter(practitioner=member))
    if not invitations_left(member):
        raise QuotaReached
    moment = clock.now()
    made = Invitation.objects.create(
        inviter=member, network=network, email_key=email_key(email), made_at=moment, expires=moment + INVITATION_LASTS
    )
    secret = links.issue(INVITED, str(made.pk), lasts=INVITATION_LASTS)
    audit.record("invited", actor=member.public_id, network=network.slug)
    with override(language):
        more = [
            _("You are invited to apply. The link works once, for 72 hours, with this address only."),
            _("If you do not want to, do nothing."),
        ]
        path = reverse("network:invited", args=[secret])
    something_waits(email, path, language=language, more=more)


def invited_to(secret: str) -> Network | None:
    """The network of an invitation that still works; looking uses nothing up."""
    state, subject = links.look(INVITED, secret)
    found = Invitation.objects.filter(pk=subject).select_related("network").first() if subject else None
    return found.network if state is links.LinkState.GOOD and found else None
