"""What is written to whom while somebody is let in again. Each mail holds nobody's address but its reader's."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import links
from network.models import Recovery
from network.waiting import absolute

STOP, FINISH = "recovery stop", "recovery finish"
STOP_LASTS = timedelta(days=30)


def asked(recovery: Recovery, *, too_few: bool) -> None:
    """At once, to the old address; says so where there are too few coordinators to decide."""
    with override(recovery.user.language or settings.LANGUAGE_CODE):
        text = _(
            "Somebody who knows your password says that they have lost what else is needed to sign in.\n\n"
            "If that was you: two coordinators will call you back. After that three days pass, and you get a link.\n\n"
            "If it was not you, stop it now: %(stop)s"
        )
        waits = _(
            "At the moment there are too few coordinators of different organisations to decide on this. It waits; ask "
            "whoever runs the site."
        )
        said = text % {"stop": _stop_link(recovery)}
        _send(recovery.user.email, f"{said}\n\n{waits}" if too_few else said)


def wanted(new_mailbox: str) -> None:
    """To the address that the link shall go to, in the language of the page on which it was given."""
    text = _(
        "Somebody wants to use this address for their account, because they can no longer read mail at the old one.\n\n"
        "If that was you: two coordinators will call you back. If not, you need do nothing."
    )
    send_mail(_("Please answer"), text, None, [new_mailbox])


def approved(recovery: Recovery) -> None:
    """Once more, when the waiting time begins."""
    with override(recovery.user.language or settings.LANGUAGE_CODE):
        text = _(
            "Two coordinators have agreed to let you in again without what you have lost.\n\n"
            "The link for it is sent after %(when)s UTC.\n\n"
            "If you did not ask for this, stop it now: %(stop)s"
        )
        assert recovery.ready_from is not None  # set with the second voice
        told = {"when": date_format(recovery.ready_from, "DATETIME_FORMAT"), "stop": _stop_link(recovery)}
        _send(recovery.user.email, text % told)


def ready(recovery: Recovery, *, lasts: timedelta) -> None:
    """The link in, to the mailbox that the person can read; the old one is told a last time where that is another."""
    secret = links.issue(FINISH, recovery.public_id, lasts=lasts)
    with override(recovery.user.language or settings.LANGUAGE_CODE):
        text = _(
            "You can sign in again. Have your password ready, open this page and press the button:\n\n%(link)s\n\n"
            "It works once, within seven days."
        )
        link = absolute(reverse("network_account:recovery_finish", args=[secret]))
        _send(recovery.new_mailbox or recovery.user.email, text % {"link": link})
        if recovery.new_mailbox:
            last = _("The link was sent to the new address. If you did not ask for this, stop it now: %(stop)s")
            _send(recovery.user.email, last % {"stop": _stop_link(recovery)})


def refused(recovery: Recovery) -> None:
    """A coordinator has said no."""
    with override(recovery.user.language or settings.LANGUAGE_CODE):
        text = _(
            "A coordinator has refused to let somebody into your account without the second factor or the mailbox.\n\n"
            "If it was you who asked, call a coordinator of your network. If not, choose a new password."
        )
        _send(recovery.user.email, text)


def done(user: Any) -> None:
    """To the address that counts now."""
    with override(user.language or settings.LANGUAGE_CODE):
        text = _("You were let in again, and signed out everywhere else. If it was not you, call your network at once.")
        _send(user.email, text)


def reset(user: Any) -> None:
    """Whoever runs the server has acted."""
    with override(user.language or settings.LANGUAGE_CODE):
        text = _(
            "Whoever runs the site has removed the second factor of your account. You set up a new one when you sign "
            "in next. If you did not ask for this, choose a new password and call your network at once."
        )
        _send(user.email, text)


def nobody_can_help(user: Any) -> None:
    """For an account that belongs to no network."""
    with override(user.language or settings.LANGUAGE_CODE):
        text = _(
            "Somebody who knows your password says that they have lost what else is needed to sign in.\n\n"
            "Your account belongs to no network, so no coordinator can help. If it was you, ask whoever runs the "
            "site. If not, choose a new password."
        )
        _send(user.email, text)


def to_coordinators(users: Iterable[Any]) -> None:
    """Each gets a mail of their own, which names nobody."""
    for user in {each.pk: each for each in users}.values():
        with override(user.language or settings.LANGUAGE_CODE):
            text = _("Something waits for you on your desk: %(desk)s")
            desk = absolute(reverse("network_account:recoveries"))
            send_mail(_("Something waits"), text % {"desk": desk}, None, [user.email])


def _stop_link(recovery: Recovery) -> str:
    secret = links.issue(STOP, recovery.public_id, lasts=STOP_LASTS)
    return absolute(reverse("network_account:recovery_stop", args=[secret]))


def _send(email: str, text: str) -> None:
    send_mail(_("Your account"), text, None, [email])
