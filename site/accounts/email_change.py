"""Changing the address that somebody signs in with: nothing changes until the new and the old one have both said yes.

Each gets a link that works once. Opening it shows and changes nothing, because mail scanners open links; the old
address can also stop the change. Whoever has lost the old mailbox is recovered by coordinators, in the network's room.
"""

import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import EmailChange
from accounts.sessions import sign_out_everywhere

LASTS = timedelta(days=3)


class Part(StrEnum):
    """Whose link it is: of the new address, of the old one, or the old one's to stop it."""

    NEW = "new"
    OLD = "old"
    STOP = "stop"


class Outcome(StrEnum):
    """What came of pressing the button behind a link."""

    UNKNOWN = "unknown"  # forged, used, too old, or overtaken by another change
    WAITS = "waits"  # for the other address
    DONE = "done"
    TAKEN = "taken"  # another account has got the address meanwhile
    STOPPED = "stopped"


class AddressTaken(ValueError):
    """Another account signs in with this address."""


@transaction.atomic
def ask(*, user: Any, new_email: str) -> None:
    """Writes to both addresses. Looks the same to the asker whether the new one belongs to another account or not."""
    new_email, sent = new_email.lower(), {part: secrets.token_urlsafe(24) for part in Part}
    now = timezone.now()
    digests = {f"{part}_digest": _digest(part, secret) for part, secret in sent.items()}
    change = {"new_email": new_email, "asked": now, "expires": now + LASTS, **digests}
    EmailChange.objects.update_or_create(user=user, defaults={**change, "new_said_yes": False, "old_said_yes": False})
    with override(user.language or settings.LANGUAGE_CODE):
        _write_to_old(user.email, sent)
        if is_taken(new_email):
            tell_taken(new_email)
        else:
            _write_to_new(new_email, sent)


def look(part: Part, secret: str) -> bool:
    """Whether this link still stands; changes nothing."""
    return _standing(part, secret).exists()


@transaction.atomic
def answer(part: Part, secret: str) -> Outcome:
    """Presses the button behind a link."""
    change = _standing(part, secret).select_for_update().select_related("user").first()
    if change is None:
        return Outcome.UNKNOWN
    if part is Part.STOP:
        change.delete()
        return Outcome.STOPPED
    setattr(change, f"{part}_said_yes", True)
    change.save()
    if not (change.new_said_yes and change.old_said_yes):
        return Outcome.WAITS
    change.delete()
    try:
        move(user=change.user, new_email=change.new_email)
    except AddressTaken:
        return Outcome.TAKEN
    return Outcome.DONE


def forget_old() -> int:
    """Removes changes that nobody finished; returns how many."""
    return EmailChange.objects.filter(expires__lt=timezone.now()).delete()[0]


def is_taken(email: str) -> bool:
    """Whether an account signs in with this address; the same queries whatever the answer."""
    accounts = get_user_model().objects.filter(email__iexact=email)
    return any([accounts.exists(), EmailAddress.objects.filter(email__iexact=email).exists()])


def tell_taken(email: str) -> None:
    """Tells an address that somebody wants it who cannot have it; the asker is told nothing of that."""
    text = _(
        "Somebody wants to use this address for their account, but an account with this address exists already.\n\n"
        "If that was you, sign in with this address, or choose another one. If not, you need do nothing."
    )
    send_mail(_("Please answer"), text, None, [email])


def move(*, user: Any, new_email: str) -> None:
    """The account is signed in to with the new address from now on, and signed out everywhere; both are told.

    Raises AddressTaken and changes nothing.
    """
    old_email = user.email
    try:
        with transaction.atomic():
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=new_email, verified=True, primary=True)
            user.email = new_email
            user.save(update_fields=["email"])
    except IntegrityError as error:
        user.email = old_email
        raise AddressTaken from error
    sign_out_everywhere(user)
    with override(user.language or settings.LANGUAGE_CODE):
        for email in (old_email, new_email):
            send_mail(
                _("Your account"),
                _("The address of your account has been changed. If it was not you, tell your network at once."),
                None,
                [email],
            )


def address_of(part: Part, secret: str) -> str:
    """The whole address of a link."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('account_email_link', args=[part, secret])}"


def _standing(part: Part, secret: str) -> Any:
    return EmailChange.objects.filter(**{f"{part}_digest": _digest(part, secret)}, expires__gt=timezone.now())


def _digest(part: Part, secret: str) -> str:
    kept = salted_hmac(f"accounts.email_change.{part}", secret, secret=settings.AUDIT_KEY, algorithm="sha256")
    return kept.hexdigest()


def _write_to_old(email: str, sent: dict[Part, str]) -> None:
    text = _(
        "Somebody who is signed in to your account wants to change its e-mail address.\n\n"
        "If that was you, say yes: %(yes)s\n\n"
        "If it was not you, stop it: %(stop)s\n\n"
        "Nothing changes unless both addresses say yes within three days."
    )
    links = {"yes": address_of(Part.OLD, sent[Part.OLD]), "stop": address_of(Part.STOP, sent[Part.STOP])}
    send_mail(_("Please answer"), text % links, None, [email])


def _write_to_new(email: str, sent: dict[Part, str]) -> None:
    text = _(
        "Somebody wants to use this address for their account.\n\n"
        "If that was you, say yes: %(yes)s\n\n"
        "If not, you need do nothing. The link works once, within three days."
    )
    send_mail(_("Please answer"), text % {"yes": address_of(Part.NEW, sent[Part.NEW])}, None, [email])
