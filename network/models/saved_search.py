"""A search that a member keeps. What somebody looks for says what they work on, so it is encrypted at rest."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from network.models.practitioner import new_public_id


class SavedSearch(models.Model):
    """The query, its name, and how often its owner is told by e-mail that there is something new.

    `counted` are keyed hashes of the results that were there already, written one after the other, None before the
    first look: no title, no key, and nothing of what its owner may no longer see. `told_in` is the first day of the
    period whose digest is done.
    """

    class Page(models.TextChoices):
        SEARCH = "search", _("the whole site")
        PEOPLE = "people", _("people")

    class Digest(models.TextChoices):
        NEVER = "never", _("never")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    page = models.CharField(max_length=6, choices=Page)
    name = EncryptedTextField(_("name"))
    query = EncryptedTextField()
    language = models.CharField(max_length=8)
    digest = models.CharField(_("tell me by e-mail"), max_length=6, choices=Digest, default=Digest.NEVER)
    counted = EncryptedTextField(null=True, blank=True)
    told_in = models.DateField(null=True, blank=True)
    created = models.DateTimeField()

    class Meta:
        ordering = ["-created", "-pk"]
        indexes = [models.Index(fields=["digest", "told_in"], name="saved_search_due")]

    def __str__(self) -> str:
        return self.public_id
