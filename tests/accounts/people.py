"""Accounts for tests, and signing in as people do."""

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from accounts.models import User

PASSWORD = "a long sample passphrase"
SIGN_IN = "/account/login/"
PERIOD = 30  # seconds that a code is good for


def make_user(email: str = "someone@example.org", **fields: Any) -> User:
    """An account with a confirmed address."""
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def set_up_app(user: User) -> str:
    """Gives the account an authenticator app and recovery codes; the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def recovery_codes_of(user: User) -> list[str]:
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return RecoveryCodes(row).get_unused_codes()


def code(secret: str, *, lasts: float = 0) -> str:
    """What the app shows now, or in a moment, where that would go within so many seconds."""
    if (left := PERIOD - time.time() % PERIOD) < lasts:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def sign_in(client: Client, email: str = "someone@example.org", password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def signed_in(user: User, *, factor: bool = True) -> Client:
    """A browser that is signed in; with a second factor as allauth records it, or with the password alone."""
    client = Client()
    client.force_login(user)
    if factor:
        session: Any = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
        session.save()
    return client


def session_of(client: Client) -> Any:
    return client.session
