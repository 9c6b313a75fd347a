"""What is kept apart from the entry: contact, encrypted at rest, and the record of consent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from network.models.practitioner import Practitioner


class Contact(models.Model):
    """How a person can be reached outside the site. A table of its own, so that no list ever reads it by chance.

    The key is outside the database. It is in no index; a reveal shows one field at a time.
    """

    practitioner = models.OneToOneField(Practitioner, models.CASCADE, primary_key=True, related_name="contact")
    email = EncryptedTextField(_("e-mail"), null=True, blank=True)
    phone = EncryptedTextField(_("phone"), null=True, blank=True)
    messenger = EncryptedTextField(_("messenger"), null=True, blank=True)
    private_note = EncryptedTextField(_("private note"), null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Consent(models.Model):
    """What somebody agreed to: the version of the text, when, and the audience chosen for each field group."""

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="consents")
    text_version = models.CharField(_("version of the text"), max_length=20)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    audiences = models.JSONField(_("audiences chosen"), default=dict)

    class Meta:
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return f"{self.practitioner_id}: {self.text_version}"
