"""Links and codes that are sent to somebody: bound to one purpose, they expire and work once."""

from django.db import models


class OneTimeLink(models.Model):
    """What was sent is kept as a keyed hash only. `subject` is what it is about: a random id or a row number."""

    purpose = models.CharField(max_length=24)
    digest = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=40)
    created = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject"], name="link_by_subject")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.subject}"
