"""Networks, and who belongs to them."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.noted import NotedQuerySet


class Network(models.Model):
    """People who work together in a town, a country or on a theme. Its face is public, its roster is not."""

    class Kind(models.TextChoices):
        LOCAL = "local", _("local network")
        NATIONAL = "national", _("national network")
        THEMATIC = "thematic", _("thematic network")

    slug = models.SlugField(_("slug"), max_length=90, unique=True)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    areas = models.ManyToManyField("vocabulary.Place", related_name="+", blank=True, verbose_name=_("area"))
    purpose = models.TextField(_("purpose"), blank=True)
    reach_coordinators = models.TextField(_("how its coordinators are reached"), blank=True)
    professions_wanted = models.ManyToManyField(
        "vocabulary.Term",
        related_name="+",
        blank=True,
        limit_choices_to={"scheme": "profession"},
        verbose_name=_("professions it wants covered"),
    )
    # A row stands only when both networks have agreed.
    partners = models.ManyToManyField("self", symmetrical=True, blank=True, verbose_name=_("partner networks"))
    sample = models.BooleanField(_("sample"), default=False, editable=False)

    objects = NotedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("network:network", args=[self.slug])


class Membership(models.Model):
    """A practitioner's time in a network; it ends, it is not deleted."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        COORDINATOR = "coordinator", _("coordinator")

    practitioner = models.ForeignKey("network.Practitioner", models.CASCADE, related_name="memberships")
    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    since = models.DateField(_("since"), default=timezone.localdate)
    ended = models.DateField(_("ended"), null=True, blank=True)

    objects = NotedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "network"],
                condition=models.Q(ended=None),
                name="one_membership_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} in {self.network_id}"
