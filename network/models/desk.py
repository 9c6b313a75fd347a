"""What coordinators do beside vetting: they suspend, look into reports, and name further coordinators."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from network.models.joining import new_reference
from network.models.practitioner import Practitioner


class Suspension(models.Model):
    """One entry, or a whole network, stopped at once. Another coordinator lifts it.

    A network's suspension has a row of its own and one for each entry it stopped, `part_of` it; `stood` is where
    that entry stood.
    """

    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    network = models.ForeignKey("network.Network", models.CASCADE, related_name="suspensions")
    entry = models.ForeignKey(Practitioner, models.CASCADE, null=True, blank=True, related_name="suspensions")
    part_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    stood = models.CharField(max_length=10, blank=True)
    reason = EncryptedTextField(_("reason"), null=True)
    suspended_by = models.ForeignKey(Practitioner, models.SET_NULL, null=True, related_name="+")
    suspended_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Practitioner, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = EncryptedTextField(_("reason for lifting"), null=True, blank=True)

    class Meta:
        ordering = ["-suspended_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["network"],
                condition=models.Q(entry=None, lifted_at=None),
                name="a_network_is_suspended_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class EntryReport(models.Model):
    """A member says that something is wrong with an entry. Coordinators of its networks see it, never its subject."""

    class Kind(models.TextChoices):
        IMPOSTOR = "impostor", _("I think this is not who it says")
        WRONG = "wrong", _("Something in it is wrong")
        LEFT = "left", _("They have left this post")
        CONDUCT = "conduct", _("They did harm, or broke a rule")

    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    entry = models.ForeignKey(Practitioner, models.CASCADE, related_name="entry_reports")
    reporter = models.ForeignKey(Practitioner, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("what is wrong"), max_length=10, choices=Kind)
    words = EncryptedTextField(_("in your words"), null=True)
    made_at = models.DateTimeField()
    closed_by = models.ForeignKey(Practitioner, models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = EncryptedTextField(_("what was found and done"), null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.reference


class CoordinatorProposal(models.Model):
    """A coordinator proposes that a member coordinates too; another coordinator agrees. Gone when answered."""

    membership = models.OneToOneField("network.Membership", models.CASCADE, related_name="proposal")
    proposed_by = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.membership_id)
