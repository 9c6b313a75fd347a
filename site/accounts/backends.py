"""Whose address and password it is. Looking takes one query for every address, known or not, confirmed or not."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


def accounts_at(email: str) -> list[Any]:
    """The account that is signed in to with this address, closed ones too; at most one, for addresses are unique."""
    return list(get_user_model().objects.filter(email__iexact=email))


class SignInBackend(AuthenticationBackend):
    """Allauth's, which looks a second time for addresses that it finds unconfirmed or not at all."""

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        return next((user for user in accounts_at(email) if self._check_password(user, password)), None)
