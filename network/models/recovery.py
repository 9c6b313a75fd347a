"""Letting somebody in again who has lost a second factor or a mailbox, so slowly that an impostor is noticed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from network.models.network import Network
from network.models.organisation import Organisation
from network.models.practitioner import Practitioner, new_public_id


class Recovery(models.Model):
    """One request: two coordinators agree after a call-back, time passes, then a link leads in again.

    Until the very end the old address can stop it, which also closes the account to whoever knows the password.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for two coordinators")
        APPROVED = "approved", _("two have agreed; the waiting time runs")
        READY = "ready", _("the link is sent")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped from the old address")
        REFUSED = "refused", _("refused")
        LAPSED = "lapsed", _("lapsed")

    OPEN = (State.ASKED, State.APPROVED, State.READY)

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Practitioner, models.CASCADE, related_name="recoveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lost_factor = models.BooleanField(_("second factor lost"))
    # Where to write to instead; none when only the factor is lost.
    new_mailbox = EncryptedTextField(_("new e-mail address"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    asked = models.DateTimeField(_("asked"))
    ready_from = models.DateTimeField(_("the waiting time ends"), null=True, blank=True)
    # When an open one lapses, or since when a closed one is closed.
    ends = models.DateTimeField(_("ends"), db_index=True)

    class Meta:
        ordering = ["asked"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(state__in=["asked", "approved", "ready"]),
                name="one_open_recovery_an_account",
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.state}"


class RecoveryVoice(models.Model):
    """A coordinator who has called the person back and knows that it is them. No two of one organisation."""

    class How(models.TextChoices):
        KNOWN_NUMBER = "number", _("I called a number that I knew before")
        SWITCHBOARD = "switchboard", _("I called through the organisation's own switchboard")
        MET = "met", _("I met the person")

    recovery = models.ForeignKey(Recovery, models.CASCADE, related_name="voices")
    coordinator = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    how = models.CharField(_("how the person was called back"), max_length=11, choices=How)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["recovery", "coordinator"], name="one_voice_a_coordinator"),
            models.UniqueConstraint(fields=["recovery", "organisation"], name="one_voice_an_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.recovery_id}: {self.how}"
