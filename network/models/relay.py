"""Messages between entries: who may write to whom is in network/services/relay.py. Text is encrypted and soon gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from network.models.practitioner import Practitioner, new_public_id


class Conversation(models.Model):
    """What two entries have written to each other; one a pair, so `first` is the one with the lower row number."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    first = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")
    second = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_conversation_a_pair"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="a_pair_is_in_order"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def other(self, entry: int) -> int:
        """The row number of the other one."""
        return self.second_id if entry == self.first_id else self.first_id


class Message(models.Model):
    """One message. Its text goes at `goes_at`; that it was sent, and whether it was opened, a while later.

    `withheld`: the other one had blocked the sender, who is not told; it is shown to the sender alone.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    sender = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")
    body = EncryptedTextField(_("message"), null=True)
    sent_at = models.DateTimeField(_("sent"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    goes_at = models.DateTimeField(_("text deleted"), db_index=True)
    withheld = models.BooleanField(default=False)

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.public_id


class Block(models.Model):
    """Somebody wants nothing more from somebody. Only they know."""

    by = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")
    against = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "against"], name="each_block_once")]

    def __str__(self) -> str:
        return f"{self.by_id} blocks {self.against_id}"


class MessageReport(models.Model):
    """A message that its reader found wrong: a copy for the coordinators, kept for a month whatever becomes of it."""

    class Why(models.TextChoices):
        PRESSURE = "pressure", _("threat, pressure or insult")
        CASE_DATA = "case-data", _("data of a person, or asking for it")
        IMPOSTOR = "impostor", _("I doubt that they are who they say")
        OTHER = "other", _("something else")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="report")
    reporter = models.ForeignKey(Practitioner, models.SET_NULL, null=True, related_name="+")
    reported = models.ForeignKey(Practitioner, models.SET_NULL, null=True, related_name="+")
    networks = models.ManyToManyField("network.Network", related_name="+")
    why = models.CharField(_("reason"), max_length=10, choices=Why)
    note = EncryptedTextField(_("note"), null=True, blank=True)
    body = EncryptedTextField(_("message"))
    sent_at = models.DateTimeField(_("sent"))
    reported_at = models.DateTimeField(_("reported"))
    goes_at = models.DateTimeField(_("deleted"), db_index=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        ordering = ["-reported_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id
