"""Which reminders were sent, so that none is sent twice."""

from django.db import models


class Reminder(models.Model):
    """A mail that asked an owner to confirm their entry: one for each step before it runs out."""

    practitioner = models.ForeignKey("network.Practitioner", models.CASCADE, related_name="reminders")
    next_due = models.DateField()
    days_before = models.SmallIntegerField()
    sent = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "next_due", "days_before"], name="each_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id}: {self.days_before} days before {self.next_due}"
