"""What was loaded from starter files, so that loading again keeps what people changed since."""

from django.db import models


class StarterRecord(models.Model):
    """One loaded record: the hash of its file's data, and of the record as it stood after loading."""

    key = models.CharField(max_length=160, unique=True)
    source_hash = models.CharField(max_length=64)
    record_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key
