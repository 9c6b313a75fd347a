"""Confirming an application: the owner of the address says that it is theirs, and has an account from then on."""

from enum import StrEnum
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse

from network import clock, lifecycle, links
from network.links import LinkState
from network.mailboxes import accounts_of
from network.models import Application, Membership, Practitioner, Voucher
from network.policy.vetting import coordinators_in
from network.services import entries
from network.services.calling_in import call_in_if_nobody_is_left
from network.services.erasing import erase_applicant
from network.waiting import email_key, tell

CONFIRM = "application"


class Needs(StrEnum):
    """What the page behind a good link asks of whoever opened it."""

    PASSWORD = "password"  # noqa: S105 - what is asked for, no password
    NOTHING = "nothing"
    SIGN_IN = "sign in"
    OTHER_ACCOUNT = "other account"
    NO_PLACE = "no place"


class LinkRefused(ValueError):
    """The link does not work; `state` says why."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state)
        self.state = state


def looked_at(secret: str, user: Any) -> tuple[LinkState, Needs]:
    """How the link stands and what confirming needs; changes nothing, and a mail scanner learns nothing by it."""
    state, subject = links.look(CONFIRM, secret)
    application = Application.objects.filter(pk=subject, confirmed_at=None).first() if subject else None
    if application is None:
        return (LinkState.USED if state is LinkState.GOOD else state), Needs.NOTHING
    return state, _needs(application, user)


def _needs(application: Application, user: Any) -> Needs:
    account = get_user_model().objects.filter(email__iexact=application.email).first()
    if account is None:
        return Needs.OTHER_ACCOUNT if user.is_authenticated else Needs.PASSWORD
    if not user.is_authenticated:
        return Needs.SIGN_IN
    if user.pk != account.pk:
        return Needs.OTHER_ACCOUNT
    # Who has left a post, or withdrew a moment ago, applies signed in.
    taken = any(each.status != "erased" for each in entries.entries_of(account))
    return Needs.NO_PLACE if taken else Needs.NOTHING


@transaction.atomic
def confirm(secret: str, *, user: Any, password: str = "") -> None:
    """Uses the link up and gives the application its account; raises LinkRefused, and nothing is changed then."""
    state, needs = looked_at(secret, user)
    if state is not LinkState.GOOD or needs not in (Needs.PASSWORD, Needs.NOTHING):
        raise LinkRefused(state if state is not LinkState.GOOD else LinkState.UNKNOWN)
    state, subject = links.spend(CONFIRM, secret)
    if state is not LinkState.GOOD:
        raise LinkRefused(state)
    application = Application.objects.select_for_update(of=("self",)).select_related("network").get(pk=subject)
    if needs is Needs.NOTHING:
        # Of two applications of one account that are confirmed at one moment, the second finds no place.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        if _needs(application, user) is not Needs.NOTHING:
            raise LinkRefused(LinkState.USED)
    settle(application, user if needs is Needs.NOTHING else _account(application, password))


def settle(application: Application, account: Any) -> None:
    """From here on it is an application of this account, on the coordinators' desk."""
    entry = entries.entry(application.practitioner_id)
    if entry.role_mailbox:
        entry.answered_by.add(account)
    elif entry.user_id is None:
        entries.write(entry.pk, {"user": account})
    entries.write(entry.pk, {"confirmed_at": clock.today()})
    # Somebody who comes back after leaving is vetted anew: nothing of the life before opens anything.
    Membership.objects.filter(practitioner=entry, ended=None).update(ended=clock.today())
    lifecycle.move(entry, "confirmed", actor=entry.public_id, network=application.network.slug)
    application.account, application.email, application.confirmed_at = account, None, clock.now()
    application.save(update_fields=["account", "email", "confirmed_at"])
    _forget_others(application)
    _ask_vouchers(application)
    call_in_if_nobody_is_left(application)
    tell(entries.accounts_of_desk(coordinators_in([application.network_id])), reverse("network_account:desk"))


def _account(application: Application, password: str) -> Any:
    users: Any = get_user_model().objects
    try:
        with transaction.atomic():
            account = users.create_user(application.email, password, language=application.language)
    except IntegrityError as error:  # somebody confirmed another application of this address a moment ago
        raise LinkRefused(LinkState.USED) from error
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def _forget_others(application: Application) -> None:
    """Others that were sent in for the same address, by its owner or by somebody else, are erased."""
    others = Application.objects.filter(email_key=application.email_key, confirmed_at=None, closed_at=None)
    for other in others.exclude(pk=application.pk):
        erase_applicant(other)


def _ask_vouchers(application: Application) -> None:
    """Those of the named who are members in force; the applicant does not learn who is."""
    if application.method != "vouchers" or not application.claim:
        return
    named = [line for line in application.claim.splitlines() if email_key(line) != application.email_key]
    for member in entries.current_entries_at(named):
        ask_to_vouch(application, member)


def ask_to_vouch(application: Application, member: Practitioner) -> None:
    """Asks one member whether they know whom they are said to know; once however often they are named."""
    _voucher, new = Voucher.objects.get_or_create(
        application=application, member=member, defaults={"organisation": member.organisation}
    )
    if new:
        tell(accounts_of([member.pk]), reverse("network_account:vouching"))
