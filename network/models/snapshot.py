"""Published counts of people, as bands. The rule of publishing is in network/snapshot.py."""

from django.db import models
from django.utils import timezone


class Snapshot(models.Model):
    """One taking of the counts."""

    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        get_latest_by = "taken_at"

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d}"


class SnapshotCell(models.Model):
    """The band published for one cell, and who was in it when that band was published.

    `people` are row numbers that mean nothing once a person is erased; they are needed to count who moved.
    """

    partition = models.CharField(max_length=40)
    cell = models.CharField(max_length=120)
    band = models.CharField(max_length=4)
    people = models.JSONField(default=list)
    changed_in = models.ForeignKey(Snapshot, models.CASCADE, related_name="changed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partition", "cell"], name="one_band_a_cell")]

    def __str__(self) -> str:
        return f"{self.partition}/{self.cell}: {self.band}"
