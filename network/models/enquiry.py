"""What the public writes to a network's coordinators, and how often somebody may knock, without keeping who."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from network.models.network import Network
from network.models.practitioner import Practitioner, new_public_id


class Enquiry(models.Model):
    """A question without an account: whoever asked holds a code, the site its keyed hash and both texts, encrypted.

    Nothing is stored of who asked: no name, no e-mail, no network of theirs.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="enquiries")
    code_digest = models.CharField(max_length=64, unique=True)
    question = EncryptedTextField(_("question"), null=True)
    asked_at = models.DateTimeField(_("asked"))
    question_goes_at = models.DateTimeField(_("question deleted"), db_index=True)
    opened_at = models.DateTimeField(_("opened by a coordinator"), null=True)
    answer = EncryptedTextField(_("answer"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(Practitioner, models.SET_NULL, null=True, related_name="+")
    answer_goes_at = models.DateTimeField(_("answer deleted"), null=True, db_index=True)
    answer_opened_at = models.DateTimeField(_("answer opened"), null=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.public_id


class DoorSalt(models.Model):
    """The secret of one day, thrown away on the next: with it goes the way from a visitor's hash to an address."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day}"


class DoorCount(models.Model):
    """How often a visitor (a salted hash, or "" for everybody) has come to a door on one day."""

    day = models.DateField(db_index=True)
    door = models.CharField(max_length=40)
    visitor = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "door", "visitor"], name="one_count_a_visitor")]

    def __str__(self) -> str:
        return f"{self.door}: {self.count}"
