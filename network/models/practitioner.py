"""The directory entry of a practitioner. Who sees what of it is decided in network/policy/, nowhere else."""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.models.audience import Audiences, within_widest
from network.policy.audiences import GROUPS
from network.policy.authority import LAW_ENFORCEMENT
from network.querysets import PractitionerManager
from search.noted import NotedQuerySet


def new_public_id() -> str:
    """80 random bits: an address that nobody guesses and that says nothing of order or number."""
    return secrets.token_hex(10)


class Practitioner(Audiences):
    """One entry. A law-enforcement entry is a role mailbox: a post that named accounts answer, not a person."""

    class Status(models.TextChoices):
        """The life of a member. Only verified, due and stale entries are listed."""

        APPLIED = "applied", _("applied")
        ADDRESS_CONFIRMED = "confirmed", _("e-mail confirmed")
        EVIDENCE = "evidence", _("evidence recorded")
        VERIFIED = "verified", _("verified")
        DUE = "due", _("due for renewal")
        STALE = "stale", _("not renewed in time")
        DORMANT = "dormant", _("dormant")
        ERASED = "erased", _("erased")
        PAUSED = "paused", _("paused")
        LEFT = "left", _("left the post")
        SUSPENDED = "suspended", _("suspended")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")

    class Availability(models.TextChoices):
        NOW = "now", _("available now")
        AWAY = "away", _("away")
        FULL = "full", _("full: no new requests")

    class VerifiedBy(models.TextChoices):
        DOMAIN = "domain", _("official e-mail domain")
        REGISTER = "register", _("professional register")
        VOUCHERS = "vouchers", _("two vouchers from different organisations")
        CALL_BACK = "call-back", _("call-back")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="practitioner"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.APPLIED, db_index=True)
    role_mailbox = models.BooleanField(_("role mailbox"), default=False)
    answered_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="role_mailboxes", blank=True)
    authority = models.BooleanField(
        _("works for police, border, migration or consular authorities"), default=False, editable=False
    )
    display_name = models.CharField(_("name or working alias"), max_length=120, blank=True)
    function = models.CharField(_("function or team"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        "network.Organisation", models.SET_NULL, null=True, blank=True, related_name="practitioners"
    )
    profession = models.ForeignKey(
        "vocabulary.Term",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": "profession"},
        verbose_name=_("main profession"),
    )
    terms = models.ManyToManyField("vocabulary.Term", related_name="+", blank=True)
    areas = models.ManyToManyField("vocabulary.Place", related_name="+", blank=True, verbose_name=_("area served"))
    works_with_undocumented = models.BooleanField(_("works with undocumented persons"), null=True, blank=True)
    firewall = models.ForeignKey(
        "vocabulary.Term",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": "firewall"},
        verbose_name=_("firewall"),
    )
    firewall_statement = models.TextField(_("firewall statement"), blank=True)
    corridors = models.JSONField(_("countries cooperated with"), default=list, blank=True)
    availability = models.CharField(_("availability"), max_length=4, choices=Availability, default=Availability.NOW)
    available_until = models.DateField(_("until"), null=True, blank=True)
    offers = models.TextField(_("offers"), blank=True)
    looks_for = models.TextField(_("looks for"), blank=True)
    duty_line = models.CharField(_("organisation's duty line"), max_length=80, blank=True)
    # Set by the owner's own act only, never by an edit.
    confirmed_at = models.DateField(_("confirmed by its owner"), null=True, blank=True, editable=False)
    verified_by = models.CharField(_("verified by"), max_length=10, choices=VerifiedBy, blank=True)
    verified_network = models.ForeignKey("network.Network", models.SET_NULL, null=True, blank=True, related_name="+")
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    # Since when name, profession or organisation are others than were vetted; None once a coordinator has seen it.
    changed_on = models.DateField(_("changed since it was verified"), null=True, blank=True, editable=False)
    next_due = models.DateField(_("next due"), null=True, blank=True)
    sample = models.BooleanField(_("sample"), default=False, editable=False)
    # Nobody: an entry that only somebody who works through the directory by facets meets. See policy/visibility.py.
    decoy = models.BooleanField(_("decoy"), default=False, editable=False)

    objects = PractitionerManager()

    # What `for_cards()` reads with an entry; absent on one that was read otherwise.
    term_rows: list[dict[str, Any]]
    area_rows: list[dict[str, Any]]
    language_rows: list[dict[str, Any]]
    network_rows: list[dict[str, Any]]

    class Meta:
        constraints = [
            *(within_widest(group) for group in GROUPS),
            models.CheckConstraint(
                condition=models.Q(role_mailbox=True) | ~models.Q(profession__in=LAW_ENFORCEMENT),
                name="law_enforcement_is_a_role_mailbox",
            ),
            models.CheckConstraint(
                condition=models.Q(role_mailbox=False) | models.Q(user=None), name="role_mailbox_is_nobodys_own"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def clean(self) -> None:
        """Contact is never wider than the listing, and police are reached by role."""
        if self.profession_id in LAW_ENFORCEMENT and not self.role_mailbox:
            raise ValidationError({"profession": _("Police and border guards are listed as a role, not as a person.")})

    def get_absolute_url(self) -> str:
        return reverse("network:entry", args=[self.public_id])


class SpokenLanguage(models.Model):
    """A language somebody works in."""

    class Level(models.TextChoices):
        NATIVE = "native", _("native")
        FLUENT = "fluent", _("fluent")
        WORKING = "working", _("working")
        BASIC = "basic", _("basic")

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=8)
    level = models.CharField(_("level"), max_length=8, choices=Level, default=Level.FLUENT)
    mediates = models.BooleanField(_("interprets or mediates"), default=False)

    objects = NotedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["practitioner", "language"], name="each_language_once")]

    def __str__(self) -> str:
        return self.language
