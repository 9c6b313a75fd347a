"""The controlled vocabulary: one concept, its labels and the words people really use for it."""

from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

# What vocabulary.tree remembers of the broader terms; a saved term makes it forget.
BROADER_CACHE = "vocabulary.broader"


class Scheme(models.TextChoices):
    """The lists a guide or a person is classified by. Values are the facet names of the site's addresses."""

    METHOD = "method", _("Method")
    STAGE = "stage", _("Stage of protection")
    TARGET_GROUP = "target_group", _("Who it is for")
    SETTING = "setting", _("Setting")
    EXPLOITATION = "exploitation", _("Form of exploitation")
    PROFESSION = "profession", _("Profession")
    RIGHT = "right", _("Right or legal source")
    EVIDENCE = "evidence", _("Evidence")
    SAFETY = "safety", _("Safety")
    RESOURCE_TYPE = "resource_type", _("Type of resource")
    ORGANISATION_TYPE = "organisation_type", _("Type of organisation")
    FIREWALL = "firewall", _("Firewall")
    CONTRAINDICATION = "contraindication", _("When not to use")


class Term(ClusterableModel):
    """A concept of one scheme. `labels` repeats the wordings' labels so that showing a term costs no join."""

    id = models.SlugField(_("id"), primary_key=True, max_length=60, help_text=_("Lasting; part of addresses."))
    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    broader = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="narrower")
    definition = models.TextField(_("definition"), blank=True, help_text=_("In our own words, in English."))
    source = models.CharField(_("source"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    labels = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["scheme", "position", "id"]

    def __str__(self) -> str:
        return self.label()

    def clean(self) -> None:
        """A term cannot be broader than itself, however long the way round."""
        seen, above = {self.pk}, self.broader
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"broader": _("This would make the term broader than itself.")})
            seen.add(above.pk)
            above = above.broader

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and (wordings := self.wordings.all()):
            self.labels = {each.language: each.text for each in wordings if each.role == TermWording.Role.LABEL}
        super().save(*args, **kwargs)
        cache.delete(BROADER_CACHE)

    def label(self, language: str | None = None) -> str:
        """The label in `language` (default: the reader's), else English, else the id."""
        wanted = (language or get_language() or "en").split("-")[0]
        return str(self.labels.get(wanted) or self.labels.get("en") or self.pk)


class TermWording(models.Model):
    """One form of a term in one language. Hidden ones are harmful or outdated: matched, never shown."""

    class Role(models.TextChoices):
        LABEL = "label", _("label")
        ALTERNATE = "alternate", _("also found by")
        HIDDEN = "hidden", _("found by, never shown")

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=8)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.ALTERNATE)
    text = models.CharField(_("wording"), max_length=160)
    reviewed = models.BooleanField(
        _("seen in use"), default=False, help_text=_("Off: a draft that no native specialist has checked.")
    )

    class Meta:
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "language"], condition=models.Q(role="label"), name="one_label_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"
