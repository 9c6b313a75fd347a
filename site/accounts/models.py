"""The one kind of account: an e-mail address and a password; second factors are allauth's."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField


class UserManager(BaseUserManager["User"]):
    """Creates accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Made by whoever runs the server: the address counts as confirmed, the second factor is still to be set up."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def with_cms_role(self) -> "models.QuerySet[User]":
        """Accounts that may do something in the CMS: the only ones that the CMS lists."""
        role = models.Q(is_staff=True) | models.Q(is_superuser=True)
        held = models.Q(groups__isnull=False) | models.Q(user_permissions__isnull=False)
        return self.filter(pk__in=self.filter(role | held).values("pk"))

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Somebody who signs in. Says nothing of what they are in the network: that is `network`'s.

    First and last name are for colleagues in the CMS, whose account forms ask for them.
    """

    username = None  # type: ignore[assignment] # people sign in with their e-mail address
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    # Set by network.services; the only thing that accounts reads of membership.
    second_factor_required = models.BooleanField(default=False, editable=False)
    # The demo's sign-ins, whose password everybody knows: refused wherever the settings are not the demo's.
    sample = models.BooleanField(default=False, editable=False)
    # Part of what every session is checked against: a new one ends all sessions at once.
    session_nonce = models.CharField(max_length=32, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(models.functions.Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, over the nonce as well as the password."""
        told = f"{self.password}:{self.session_nonce}"
        return salted_hmac("accounts.User.session", told, secret=secret, algorithm="sha256").hexdigest()


class EmailChange(models.Model):
    """A change of address under way: it happens when both addresses have said yes, and is forgotten after a while.

    What was sent to the addresses is kept as keyed hashes only. One account has one at a time.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="email_change")
    new_email = models.EmailField(_("new e-mail address"))
    asked = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    new_digest = models.CharField(max_length=64, unique=True)
    old_digest = models.CharField(max_length=64, unique=True)
    stop_digest = models.CharField(max_length=64, unique=True)
    new_said_yes = models.BooleanField(default=False)
    old_said_yes = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"change of address of account {self.user_id}"


class OutgoingMail(models.Model):
    """A mail on its way: written in the transaction that caused it, gone when the mail server has taken it.

    Encrypted, because it holds an address and often a link that opens something.
    """

    content = EncryptedTextField()
    created = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"mail of {self.created:%Y-%m-%d %H:%M}, tried {self.tries} times"
