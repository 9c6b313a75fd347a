"""The one kind of account: an e-mail address and a password; second factors are allauth's."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone
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
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

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

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(models.functions.Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.email


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
