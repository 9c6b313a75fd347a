"""Who looked at whose contact, and how much of a quota an account has used."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from network.models.practitioner import Practitioner


class Reveal(models.Model):
    """One look at one contact field. Its owner is told who looked and why; the audit log has a row for each."""

    viewer = models.ForeignKey(Practitioner, models.SET_NULL, null=True, related_name="+")
    viewed = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")
    field = models.CharField(_("field"), max_length=12)
    reason = EncryptedTextField(_("reason"), null=True)
    at = models.DateTimeField(_("at"), db_index=True)
    # Of the form it was asked with: the same form sent twice is one look (network/once.py).
    name = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=~models.Q(name=""), name="one_look_of_a_form")
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.viewed_id}"


class Allowance(models.Model):
    """When an account used a part of a quota (ISO times). One row, locked while it is counted: the count is exact."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    quota = models.CharField(max_length=10)
    used = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "quota"], name="one_allowance_a_quota")]

    def __str__(self) -> str:
        return f"{self.quota}: {len(self.used)}"
