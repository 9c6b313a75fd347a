"""Mail that says only that something waits: no name, no word of it, and no address but its own recipient's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence in the recipient's language; everything else is behind the sign-in."""

    sentence: Any


MESSAGE = Notice(gettext_lazy("A message is waiting for you."))
ENTRY = Notice(gettext_lazy("There is something new about your entry."))
DESK = Notice(gettext_lazy("Something is waiting on your coordinators’ desk."))


def send(notice: Notice, accounts: Iterable[Any]) -> None:
    """One mail an account. It goes out with the transaction, and waits where the mail server is away."""
    address = f"{settings.WAGTAILADMIN_BASE_URL}/account/"
    for account in accounts:
        with override(account.language or settings.LANGUAGE_CODE):
            EmailMessage(
                subject=_("Something is waiting for you"),
                body="\n\n".join(
                    [
                        str(notice.sentence),
                        _("Sign in to read it: %(address)s") % {"address": address},
                        _("Nothing of it is in this e-mail. Please do not answer this e-mail: nobody reads it."),
                    ]
                ),
                to=[account.email],
            ).send()
