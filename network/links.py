"""One-time links: issuing, looking without using, and using once, also when two try at the same moment.

A mail scanner opens links: so looking changes nothing and shows nothing of what the link is about, and only a POST
spends it.
"""

import secrets
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.utils.crypto import salted_hmac

from network import clock
from network.models.link import OneTimeLink


class LinkState(StrEnum):
    """What the page behind a link has to say."""

    GOOD = "good"
    UNKNOWN = "unknown"  # forged, mistyped, or of another purpose
    USED = "used"
    EXPIRED = "expired"


def issue(purpose: str, subject: str, *, lasts: timedelta) -> str:
    """The secret to be sent: 192 random bits, URL-safe. What is stored does not give it away."""
    secret = secrets.token_urlsafe(24)
    moment = clock.now()
    OneTimeLink.objects.create(
        purpose=purpose, digest=_digest(purpose, secret), subject=subject, created=moment, expires=moment + lasts
    )
    return secret


def look(purpose: str, secret: str) -> tuple[LinkState, str]:
    """How a link stands and what it is about ("" unless it is good); changes nothing."""
    link = OneTimeLink.objects.filter(digest=_digest(purpose, secret)).first()
    if link is None:
        return LinkState.UNKNOWN, ""
    if link.used:
        return LinkState.USED, ""
    return (LinkState.GOOD, link.subject) if link.expires > clock.now() else (LinkState.EXPIRED, "")


def spend(purpose: str, secret: str) -> tuple[LinkState, str]:
    """As `look`, and uses the link up: of two at one moment one gets GOOD. Call it in the transaction of the act."""
    state, subject = look(purpose, secret)
    if state is not LinkState.GOOD:
        return state, ""
    unused = OneTimeLink.objects.filter(digest=_digest(purpose, secret), used=None)
    return (state, subject) if unused.update(used=clock.now()) else (LinkState.USED, "")


def withdraw(purpose: str, subject: str) -> None:
    """All links of a purpose about one thing stop working."""
    OneTimeLink.objects.filter(purpose=purpose, subject=subject, used=None).update(used=clock.now())


def forget_old() -> int:
    """Removes links a month after they expired; returns how many."""
    return OneTimeLink.objects.filter(expires__lt=clock.now() - timedelta(days=30)).delete()[0]


def _digest(purpose: str, secret: str) -> str:
    return salted_hmac(f"network.links.{purpose}", secret, secret=settings.AUDIT_KEY, algorithm="sha256").hexdigest()
