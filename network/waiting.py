"""Mail that says only that something waits: no name, no word of it, and no address but its own recipient's."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from search.normalise import clean

# Sentences beside the link; everything else is behind the sign-in.
MESSAGE = gettext_lazy("A message is waiting for you.")
ENTRY = gettext_lazy("There is something new about your entry.")
DESK = gettext_lazy("Something is waiting on your coordinators’ desk.")


def email_key(address: str) -> str:
    """By which an address is found again without being stored: keyed outside the database, whatever its case."""
    return salted_hmac(
        "network.email", clean(address).casefold(), secret=settings.AUDIT_KEY, algorithm="sha256"
    ).hexdigest()


def absolute(path: str) -> str:
    """A path of this site as it stands in a mail."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def something_waits(address: str, path: str, *, language: str, more: Iterable[str] = ()) -> None:
    """One mail to one address: that something waits, and where. `more` are sentences of ours.

    It goes out with the transaction, and waits where the mail server is away.
    """
    with override(language or settings.LANGUAGE_CODE):
        body = [_("Something waits for you on Waymark:"), absolute(path), *map(str, more)]
        body.append(_("Nothing of it is in this e-mail. Please do not answer this e-mail: nobody reads it."))
        EmailMessage(
            subject=_("Something waits for you on Waymark"), body="\n\n".join(body) + "\n", to=[address]
        ).send()


def tell(accounts: Iterable[Any], path: str) -> None:
    """The same to each of these accounts."""
    for account in accounts:
        something_waits(account.email, path, language=account.language)


def send(sentence: Any, accounts: Iterable[Any]) -> None:
    """One mail an account with one of the sentences above, leading to the account's overview."""
    for account in accounts:
        something_waits(account.email, "/account/", language=account.language, more=[sentence])
