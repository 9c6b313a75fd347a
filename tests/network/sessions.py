"""Signed-in sessions for tests that need several people at once, and one person's principals."""

from typing import Any

from django.test import Client

from network.models import Network, Practitioner
from network.policy import principals_of
from tests.network.factories import PractitionerFactory, UserFactory


def session_for(user: Any, **options: Any) -> Client:
    """A browser of this account, signed in with a second factor as allauth records it."""
    client = Client(**options)
    client.force_login(user)
    session: Any = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()
    return client


def member(*networks: Network, **fields: Any) -> Practitioner:
    """A verified member with an account; long enough one to have whole quotas."""
    return PractitionerFactory(user=UserFactory(), networks=networks, **fields)


def coordinator(*networks: Network, **fields: Any) -> Practitioner:
    """A verified coordinator with an account."""
    return PractitionerFactory(user=UserFactory(), coordinates=networks, **fields)


def held_by(entry: Practitioner) -> frozenset[str]:
    """What the owner of an entry counts as, second factor and all."""
    return principals_of(entry.user, second_factor=True)
