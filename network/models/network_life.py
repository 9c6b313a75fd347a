"""What a network keeps for its members: meetings, documents, who does what next, partners, the yearly self-review."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.network import Network

NO_CASES = _("No case data here: no name, no story, no address of anybody.")


class Meeting(models.Model):
    """A date in the calendar. Where it is is told by the coordinators, not written here."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="meetings")
    title = models.CharField(_("what"), max_length=160, help_text=NO_CASES)
    starts = models.DateTimeField(_("begins"))
    online = models.BooleanField(_("online"), default=False)
    note = models.TextField(_("note"), blank=True, max_length=1000, help_text=NO_CASES)

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name = _("meeting")

    def __str__(self) -> str:
        return self.title


class NetworkDocument(models.Model):
    """Something the members agreed on or work with: its text, or where it is on the web."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=160, help_text=NO_CASES)
    text = models.TextField(_("text"), blank=True, max_length=20_000, help_text=NO_CASES)
    link = models.URLField(_("link"), blank=True, max_length=300)
    changed = models.DateField(_("last changed"), auto_now=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("document")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not (self.text or self.link):
            raise ValidationError(_("Write the text, or give a link to it."))


class PathwayStep(models.Model):
    """One step of the referral pathway: at which stage, which role does what, and who fills the role now."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="pathway")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    stage = models.ForeignKey(
        "vocabulary.Term",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"scheme": "stage"},
        verbose_name=_("stage"),
    )
    role = models.CharField(_("role to call"), max_length=120)
    does = models.TextField(_("what is done"), max_length=1000, help_text=NO_CASES)
    filled_by = models.ForeignKey(
        "network.Practitioner",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pathway_steps",
        verbose_name=_("who fills it now"),
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("step of the pathway")

    def __str__(self) -> str:
        return self.role


class PartnerRequest(models.Model):
    """One network asks another to be partners; the tie itself stands on Network.partners once both agreed."""

    asking = models.ForeignKey(Network, models.CASCADE, related_name="partner_requests")
    asked = models.ForeignKey(Network, models.CASCADE, related_name="asked_to_partner", verbose_name=_("network"))
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asking", "asked"], name="one_partner_request"),
            models.CheckConstraint(condition=~models.Q(asking=models.F("asked")), name="no_partner_of_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.asking_id} → {self.asked_id}"


class SelfReview(models.Model):
    """A year's look at the infrastructure that protects children in a network's area."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("year"))
    changed = models.DateField(_("last changed"), auto_now=True)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["network", "year"], name="one_review_a_year")]

    def __str__(self) -> str:
        return f"{self.network_id}: {self.year}"


class ReviewAnswer(models.Model):
    """How one part of the infrastructure stands; a gap has an owner and a date."""

    class Topic(models.TextChoices):
        GUARDIANSHIP = "guardianship", _("Guardianship")
        SHELTER = "shelter", _("Safe places to stay")
        INTERPRETATION = "interpretation", _("Interpretation and mediation")
        SCHOOL = "school", _("Access to school")
        LAWYERS = "lawyers", _("Lawyers for children")
        HEALTH = "health", _("Health care")

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        IN_PLACE = "in-place", _("in place")
        PARTLY = "partly", _("partly in place")
        MISSING = "missing", _("missing")

    review = models.ForeignKey(SelfReview, models.CASCADE, related_name="answers")
    topic = models.CharField(max_length=16, choices=Topic)
    state = models.CharField(_("how it stands"), max_length=10, choices=State, default=State.UNKNOWN)
    gap = models.CharField(_("what is missing"), max_length=400, blank=True)
    owner = models.CharField(_("who sees to it (a role)"), max_length=120, blank=True)
    due = models.DateField(_("by when"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "topic"], name="one_answer_a_topic")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.state}"

    @property
    def is_gap(self) -> bool:
        return self.state in (self.State.PARTLY, self.State.MISSING)

    def clean(self) -> None:
        if self.is_gap:
            wanted: dict[str, Any] = {"gap": self.gap, "owner": self.owner, "due": self.due}
            empty = {name: _("A gap needs what is missing, who sees to it, and a date.") for name in wanted}
            if lacking := {name: empty[name] for name, value in wanted.items() if not value}:
                raise ValidationError(lacking)
