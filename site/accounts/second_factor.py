"""The second factor: who must have one, whether this session was opened with one, and keeping the last one."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.sessions import sign_out_everywhere

METHOD = "mfa"
# Recovery codes only stand in for one of these.
MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needed_by(user: Any) -> bool:
    """Whether the account must have one: members and coordinators (the flag), and whoever works in the CMS.

    Only the demo's sign-ins are spared it, and only where the settings are the demo's.
    """
    if user.sample and settings.DEMO_SECOND_FACTOR:
        return False
    return (
        user.second_factor_required or user.is_staff or user.is_superuser or user.has_perm("wagtailadmin.access_admin")
    )


def shown_in(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, by allauth's own record of it; no query."""
    if not request.user.is_authenticated:
        return False
    return any(record.get("method") == METHOD for record in get_authentication_records(request, request.user))


def missing_in(request: HttpRequest) -> bool:
    """Whether this session belongs to somebody who must have a second factor, and was opened without one."""
    return request.user.is_authenticated and not shown_in(request) and needed_by(request.user)


def is_set_up(user: Any) -> bool:
    """Whether the account has an app or a key."""
    return Authenticator.objects.filter(user=user, type__in=MAIN).exists()


def may_go(authenticator: Authenticator) -> bool:
    """Whether it may be removed: not the last one of somebody who must have one."""
    if authenticator.type not in MAIN or not needed_by(authenticator.user):
        return True
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=MAIN)
    return others.exclude(pk=authenticator.pk).exists()


def set_up_in(request: HttpRequest) -> None:
    """After a first or further factor was set up: this session has shown it, and every other one ends.

    Sessions that were opened before, with the password alone, must not go on beside a factor.
    """
    user: Any = request.user
    newest = Authenticator.objects.filter(user=user, type__in=MAIN).order_by("pk").last()
    assert newest is not None  # it was made in this request
    sign_out_everywhere(user, keep=request)
    post_authentication(request, newest)


def remove_all(user: Any) -> None:
    """For an account that was recovered, or by whoever runs the server: no factor is left, and every session ends."""
    Authenticator.objects.filter(user=user).delete()
    sign_out_everywhere(user)
