"""Applying: what is written down when somebody asks to join, before anything is known of them.

Nothing here tells whether an address has an account: the same rows, one mail, the same page. Until the owner of the
address opens the link there is no account either, so that nobody can prepare one for somebody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import audit, clock, consent, links
from network.links import LinkState
from network.models import Application, Invitation, Network, Practitioner, SpokenLanguage
from network.policy import GROUPS
from network.services import entries
from network.services.confirming import CONFIRM, settle
from network.services.organisations import organisation_called
from network.waiting import email_key, something_waits
from vocabulary.models import Place

INVITED = "invitation"
LINK_LASTS = timedelta(hours=72)
# Links that one address is sent without an invitation: more mail than that is a nuisance, and not the owner's doing.
MOST_LINKS, MOST_LINKS_IN = 6, timedelta(days=1)


class AlreadyHere(ValueError):
    """The account that applies has an entry or an application already."""


class InvitationRefused(ValueError):
    """The invitation cannot be used; `state` says whether it is unknown, used or expired, GOOD for another address."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An application as the form understood it."""

    email: str
    name: str
    name_warnings: Sequence[Mapping[str, object]]
    role_mailbox: bool
    profession: str
    function: str
    organisation: str
    areas: Sequence[Place]
    languages: Mapping[str, str]
    offers: str
    network: Network
    method: str
    claim: str
    audiences: Mapping[str, str]


@transaction.atomic
def apply(asked: Asked, *, language: str, account: Any = None, invitation: str = "") -> None:
    """Writes the application down and asks the address to confirm it; one that is signed in needs no mail.

    Where strangers have had six links sent within a day nothing is kept, and the page says so to everybody; an
    invitation was mailed to this very address, so it always goes through.
    Raises AlreadyHere for an account that has an entry, and InvitationRefused; nothing is kept then.
    """
    if account is None and not invitation and _links_sent(asked.email) >= MOST_LINKS:
        return
    inviter = _invited_by(asked, invitation) if invitation else None
    application = _written(asked, account, inviter, language)
    audit.record(
        "application made",
        actor=application.practitioner.public_id,
        subject=application.practitioner.public_id,
        network=asked.network.slug,
        detail={"invited": inviter is not None, "method": asked.method},
    )
    if account is not None:
        settle(application, account)
        return
    secret = links.issue(CONFIRM, str(application.pk), lasts=LINK_LASTS)
    known = get_user_model().objects.filter(email__iexact=asked.email).exists()
    with override(language):
        more = [
            _("The link works once, for 72 hours."),
            _("If you did not ask for anything, do nothing: all is erased."),
        ]
        if known:
            more.insert(0, _("This address has an account here already: sign in first, then open the link."))
        path = reverse("network:confirm_application", args=[secret])
    something_waits(asked.email, path, language=language, more=more)


def _links_sent(email: str) -> int:
    """How many links that nobody has used yet went to an address lately."""
    waiting = Application.objects.filter(email_key=email_key(email), confirmed_at=None, closed_at=None)
    return waiting.filter(made_at__gt=clock.now() - MOST_LINKS_IN).count()


def _invited_by(asked: Asked, secret: str) -> Practitioner:
    """Uses the invitation up; it counts for the address and the network that it was made for only."""
    state, subject = links.look(INVITED, secret)
    invitation = Invitation.objects.filter(pk=subject).first() if state is LinkState.GOOD else None
    if invitation is None:
        raise InvitationRefused(state if state is not LinkState.GOOD else LinkState.UNKNOWN)
    if invitation.email_key != email_key(asked.email) or invitation.network_id != asked.network.pk:
        raise InvitationRefused(LinkState.GOOD)
    if links.spend(INVITED, secret)[0] is not LinkState.GOOD:
        raise InvitationRefused(LinkState.USED)
    invitation.used_at = clock.now()
    invitation.save(update_fields=["used_at"])
    return entries.entry(invitation.inviter_id)


def _written(asked: Asked, account: Any, inviter: Practitioner | None, language: str) -> Application:
    entry = _entry(asked, account)
    entry.areas.set(asked.areas)
    entry.languages.all().delete()
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(practitioner=entry, language=code, level=level) for code, level in asked.languages.items()
    )
    consent.give(entry, asked.audiences, at=clock.now())
    return Application.objects.create(
        practitioner=entry,
        network=asked.network,
        email=None if account else asked.email,
        email_key=email_key(asked.email),
        language=language,
        method=asked.method,
        claim=asked.claim,
        organisation_named=asked.organisation,
        name_warnings=list(asked.name_warnings),
        inviter=inviter,
        made_at=clock.now(),
    )


def may_apply(account: Any) -> bool:
    """Whether an account has no entry, or one whose owner has left the post."""
    return all(each.status in ("left", "erased") for each in entries.entries_of(account)) if account else True


def _entry(asked: Asked, account: Any) -> Practitioner:
    """A new entry, or that of an account whose owner left a post and is vetted anew."""
    fields: dict[str, Any] = {
        "display_name": asked.name,
        "role_mailbox": asked.role_mailbox,
        "profession_id": asked.profession,
        "function": asked.function,
        "organisation": organisation_called(asked.organisation),
        "offers": asked.offers,
        **{f"{group}_for": audience for group, audience in asked.audiences.items() if group in GROUPS},
    }
    mine = [each for each in entries.entries_of(account) if each.status != "erased"] if account else []
    if not may_apply(account) or any(each.role_mailbox != asked.role_mailbox for each in mine):
        raise AlreadyHere
    if mine:
        # Whatever they apply as: the coordinator who records evidence says whether they still work for one.
        fields["authority"] = entries.looks_as_an_authority(mine[0].pk)
        return entries.write(mine[0].pk, fields)
    return Practitioner.objects.create(**fields)
