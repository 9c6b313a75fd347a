"""What search keeps in the database: keys that wait to be indexed, and one row about the index."""

from django.db import models


class OutboxEntry(models.Model):
    """A key whose record changed in the same transaction; gone once the index holds the change.

    `narrowing`: somebody may see less than before, so the index must not be believed until it is done.
    """

    key = models.CharField(max_length=80)
    narrowing = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["narrowing"], condition=models.Q(narrowing=True), name="outbox_narrowing")]

    def __str__(self) -> str:
        return self.key


class SearchState(models.Model):
    """The one row: a stamp that changes with the words of the vocabulary, and how the index stands."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    lexicon_stamp = models.PositiveBigIntegerField(default=1)
    rebuilding = models.BooleanField(default=False)
    rebuilt_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_search_state")]

    def __str__(self) -> str:
        return f"index built {self.rebuilt_at or 'never'}"
