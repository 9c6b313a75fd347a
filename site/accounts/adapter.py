"""What allauth asks us: who may have an account, in which words and language it speaks, and how secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from accounts import second_factor
from accounts.sessions import just_signed_in

# Only for its keys: those that encrypt contact fields, kept outside the database.
SEALED = EncryptedTextField()


class Adapter(DefaultAccountAdapter):
    """Accounts are made by invitation and vetting, never by signing up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("That address and that password do not belong together."),
        "incorrect_code": _("That is not the right code. Codes change every 30 seconds, and each works once."),
        "incorrect_password": _("That is not your password."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Joining goes through an application and two coordinators."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account that address and password belong to. Demo accounts are none outside the demo: everybody knows
        their password."""
        user = super().authenticate(request, **credentials)
        return None if user is not None and user.sample and not settings.DEMO else user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has signed in a moment ago is not asked for the password once more."""
        asked = super().is_reauthentication_required(app=app, **kwargs)
        return asked and not just_signed_in(self.request.session)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language that the account's owner chose; unknown addresses are written to as the browser asks."""
        user = get_user_model().objects.filter(email=email).first()
        if user is not None and user.language:
            with override(user.language):
                super().send_mail(template_prefix, email, context)
        else:
            super().send_mail(template_prefix, email, context)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted at rest with the key of the contact fields."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": Adapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("This is your only second factor. Set up another one before you remove it."),
    }

    def encrypt(self, text: str) -> str:
        return SEALED.f.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return SEALED.f.decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return second_factor.may_go(authenticator)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """The name that a new key gets unless its owner chooses one."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        """What an authenticator app or a browser calls the site."""
        return settings.SITE_NAME
