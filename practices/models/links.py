"""What ties a guide to other records: organisations that ran it, related guides, people who can advise."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey


class GuideOrganisation(models.Model):
    """An organisation that ran or described the practice."""

    guide = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="guide_organisations")
    organisation = models.ForeignKey("network.Organisation", models.CASCADE, related_name="guide_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guide", "organisation"], name="organisation_once_per_guide")]

    def __str__(self) -> str:
        return f"{self.organisation_id} · {self.guide_id}"


class RelatedPractice(models.Model):
    """Another guide and how it stands to this one."""

    class Relation(models.TextChoices):
        BEFORE = "before", _("do this first")
        INSTEAD = "instead-of", _("instead of this")
        PART = "part-of", _("this is part of it")
        SEE = "see-also", _("see also")

    guide = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="related_practices")
    other = models.ForeignKey("practices.PracticePage", models.CASCADE, related_name="+")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation, default=Relation.SEE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guide", "other"], name="related_once")]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.relation} {self.other_id}"


class GuideAdviser(models.Model):
    """A practitioner who has done it and can advise. Seen only through network.policy.

    The guide is kept by its translation key: advice does not depend on the language of the text.
    """

    guide_key = models.UUIDField(db_index=True)
    practitioner = models.ForeignKey("network.Practitioner", models.CASCADE, related_name="guide_advice")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guide_key", "practitioner"], name="adviser_once_per_guide")]

    def __str__(self) -> str:
        return f"{self.practitioner_id} · {self.guide_key}"
