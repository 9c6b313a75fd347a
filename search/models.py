"""What search keeps in the database: keys that wait to be indexed, and one row about the indexes."""

from django.db import models


class OutboxEntry(models.Model):
    """A key whose record changed in the same transaction; gone once the index named by `target` holds the change.

    `narrowing`: somebody may see less than before, so the index must not be believed until it is done. `retry_at`:
    the record could not be read; it is left alone until then.
    """

    key = models.CharField(max_length=80)
    target = models.CharField(max_length=8, default="engine")
    narrowing = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    retry_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["narrowing"], condition=models.Q(narrowing=True), name="outbox_narrowing"),
            models.Index(fields=["target", "id"], name="outbox_of_target"),
        ]

    def __str__(self) -> str:
        return self.key


class SearchState(models.Model):
    """The one row: a stamp that changes with the words of the vocabulary, and how the indexes stand.

    `engine` and `stand_in` name the indexes that the outbox has kept in step: another one, left from before a change
    of settings or on another machine, is not believed. `day`: up to which day passing time has been indexed.
    `traces_since`: since when files may hold what was erased; `purged_at`: when such files were last written anew.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    lexicon_stamp = models.PositiveBigIntegerField(default=1)
    engine = models.CharField(max_length=60, blank=True)
    stand_in = models.CharField(max_length=60, blank=True)
    rebuilt_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    traces_since = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_search_state")]

    def __str__(self) -> str:
        return f"index built {self.rebuilt_at or 'never'}"
