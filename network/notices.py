"""Mail of this room: neutral, to one address, without anybody's name. What waits is read on the site."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from search.normalise import clean


def email_key(address: str) -> str:
    """By which an address is found again without being stored: keyed outside the database, whatever its case."""
    return salted_hmac(
        "network.email", clean(address).casefold(), secret=settings.AUDIT_KEY, algorithm="sha256"
    ).hexdigest()


def absolute(path: str) -> str:
    """A path of this site as it stands in a mail."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def something_waits(address: str, path: str, *, language: str, more: Iterable[str] = ()) -> None:
    """One mail to one address: that something waits, and where. `more` are sentences of ours."""
    with override(language or settings.LANGUAGE_CODE):
        body = [_("Something waits for you on Waymark:"), absolute(path), *map(str, more)]
        EmailMessage(
            subject=_("Something waits for you on Waymark"), body="\n\n".join(body) + "\n", to=[address]
        ).send()


def tell(accounts: Iterable[Any], path: str) -> None:
    """The same to each of these accounts."""
    for account in accounts:
        something_waits(account.email, path, language=account.language)
