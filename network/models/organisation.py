"""Organisations: public bodies and associations, none of them with an address."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.noted import NotedQuerySet


class Organisation(models.Model):  # type: ignore[django-manager-missing] # an event's own relation to it
    """A body that practitioners work for or guides speak of.

    There is no address and there never will be: a shelter has a region and its network's coordinators, nothing
    else. `city` is the seat of a public office only.
    """

    slug = models.SlugField(_("slug"), max_length=90, unique=True)
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names by language"), default=dict, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    type = models.ForeignKey(
        "vocabulary.Term",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": "organisation_type"},
        verbose_name=_("type"),
    )
    kind = models.CharField(_("kind in its own words"), max_length=160, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    city = models.CharField(_("city of the public office"), max_length=120, blank=True)
    places = models.ManyToManyField("vocabulary.Place", related_name="+", blank=True, verbose_name=_("places served"))
    website = models.URLField(_("website"), max_length=300, blank=True)
    website_seen = models.CharField(_("website: how it was checked"), max_length=200, blank=True)
    contact = models.CharField(_("front-door contact"), max_length=200, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    summary = models.TextField(_("what it does"), blank=True)
    services = models.TextField(_("services: hours, ages, cost, documents"), blank=True)
    seen = models.CharField(_("how the record was checked"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    last_confirmed = models.DateField(_("last confirmed"), null=True, blank=True)
    sample = models.BooleanField(_("sample"), default=False, editable=False)
    name_only = models.BooleanField(_("only the name is known"), default=False, help_text=_("Nothing further checked."))

    objects = NotedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("network:organisation", args=[self.slug])


class Hotline(models.Model):
    """A public number that an organisation answers, for the panel of immediate help."""

    class Audience(models.TextChoices):
        GENERAL = "general", _("anybody")
        CHILDREN = "children", _("children")
        TRAFFICKING = "trafficking", _("people in exploitation")
        MISSING_CHILDREN = "missing-children", _("missing children")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="hotlines")
    number = models.CharField(_("number"), max_length=40)
    country = models.CharField(_("country, or EU"), max_length=2, db_index=True)
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience, default=Audience.GENERAL)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    from_abroad = models.BooleanField(_("also from abroad"), default=False)
    checked = models.BooleanField(_("checked at its operator"), default=False)
    seen = models.CharField(_("how and when it was checked"), max_length=200, blank=True)

    class Meta:
        ordering = ["country", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number", "country"], name="each_number_once")]

    def __str__(self) -> str:
        return self.number
