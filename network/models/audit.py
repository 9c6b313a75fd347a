"""What was done to whom by whom, in rows that are only ever added."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(RuntimeError):
    """A row of the audit log was about to be changed: a mistake of ours, never to be caught."""


class AuditRows(models.QuerySet):
    """Reads only."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Rows of the audit log are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Rows of the audit log are never deleted.")


class AuditRow(models.Model):
    """One act. `actor` and `subject` are random ids of entries: with an erased entry goes the way from id to name.

    `detail` holds words of ours and numbers, never a name, an address or free text. `digest` is keyed and covers the
    row and the digest of the row before, so that a changed, missing or inserted row is found.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("at"))
    actor = models.CharField(_("by"), max_length=20, db_index=True)
    action = models.CharField(_("act"), max_length=40, db_index=True)
    subject = models.CharField(_("entry"), max_length=20, blank=True, db_index=True)
    network = models.CharField(_("network"), max_length=90, blank=True, db_index=True)
    detail = models.JSONField(_("details"), default=dict)
    digest = models.CharField(max_length=64)

    objects = AuditRows.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Rows of the audit log are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Rows of the audit log are never deleted.")


class AuditHead(models.Model):
    """The one row that says where the log ends, so that rows cut off at the end are missed; it is locked to append."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_audit_head")]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"
