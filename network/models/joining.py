"""An application to join a network, and what is kept of how it was vetted. Who may read it: network/policy/vetting.py.

What somebody says of themselves or of others is encrypted. Proof goes with the decision; who saw it, and when, stays.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from network.models.practitioner import Practitioner


def new_reference() -> str:
    """80 random bits: the address of an application says nothing of order or number."""
    return secrets.token_hex(10)


# How somebody can be checked who is vetted already and asks a further network: by what they do there.
KNOWN = ("known", _("vetted already; known by their work"))
CHECKED_BY = [*Practitioner.VerifiedBy.choices, KNOWN]


class Application(models.Model):
    """Somebody asks a network to take them in. Where it stands is the status of its entry, moved by the lifecycle.

    Before the e-mail address is confirmed there is no account: `email` waits here, encrypted, and is emptied then.
    A member who asks a further network keeps their status: where that stands is written here, in `stands`.
    """

    class Stands(models.TextChoices):
        """Where a further network's answer to a member stands; the names of the first two are the lifecycle's."""

        ASKED = "confirmed", _("asked")
        SEEN = "evidence", _("seen by a coordinator")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="applications")
    network = models.ForeignKey("network.Network", models.CASCADE, related_name="applications")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="applications"
    )
    email = EncryptedTextField(null=True, blank=True)
    email_key = models.CharField(max_length=64, db_index=True, blank=True)
    language = models.CharField(max_length=8, default="en")
    method = models.CharField(_("how it can be checked"), max_length=10, choices=CHECKED_BY)
    claim = EncryptedTextField(_("what can be checked"), null=True, blank=True)
    organisation_named = EncryptedTextField(_("organisation in their own words"), null=True, blank=True)
    name_warnings = models.JSONField(default=list)
    inviter = models.ForeignKey(Practitioner, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    missing = EncryptedTextField(_("what is missing"), null=True, blank=True)
    stand_in = models.ForeignKey("network.Network", models.SET_NULL, null=True, blank=True, related_name="+")
    appeal = EncryptedTextField(_("appeal"), null=True, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    stands = models.CharField(max_length=10, choices=Stands, blank=True, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner"],
                condition=models.Q(closed_at=None, stands=""),
                name="one_open_application_an_entry",
            ),
            models.UniqueConstraint(
                fields=["practitioner", "network"],
                condition=models.Q(closed_at=None),
                name="a_network_is_asked_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def further(self) -> bool:
        """Whether a member asks a further network, rather than somebody to become one."""
        return bool(self.stands)


class Evidence(models.Model):
    """One coordinator has seen with their own eyes that somebody is who they say. The latest of an application counts.

    `organisation` is the coordinator's at that time: who decides must be of another one, then and now.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("what was checked"), max_length=10, choices=CHECKED_BY)
    seen_by = models.ForeignKey(Practitioner, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey("network.Organisation", models.SET_NULL, null=True, related_name="+")
    seen_on = models.DateField(_("seen on"))
    note = EncryptedTextField(_("what was seen"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.kind}"


class Decision(models.Model):
    """Yes or no, by one coordinator, once: and once more by another when there is an appeal."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    application = models.ForeignKey(Application, models.CASCADE, related_name="decisions")
    on_appeal = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Answer)
    reason = EncryptedTextField(_("reason"), null=True)
    decided_by = models.ForeignKey(Practitioner, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey("network.Organisation", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "on_appeal"], name="one_decision_a_round")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.answer}"


class Voucher(models.Model):
    """A member who was named as knowing the applicant, and what they answered. Shown to coordinators only."""

    class Answer(models.TextChoices):
        ASKED = "asked", _("asked")
        YES = "yes", _("vouched")
        NO = "no", _("does not vouch")

    application = models.ForeignKey(Application, models.CASCADE, related_name="vouchers")
    member = models.ForeignKey(Practitioner, models.CASCADE, related_name="+")
    organisation = models.ForeignKey("network.Organisation", models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=5, choices=Answer, default=Answer.ASKED)
    words = EncryptedTextField(_("how they know each other"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "member"], name="each_member_vouches_once")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.answer}"


class ProofFile(models.Model):
    """A proof, drawn anew without anything but its pixels, encrypted, in the database and nowhere else."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpg", "JPEG"

    application = models.ForeignKey(Application, models.CASCADE, related_name="proofs")
    kind = models.CharField(max_length=3, choices=Kind)
    content = EncryptedTextField()  # base64
    size = models.PositiveIntegerField(help_text=_("bytes"))
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.kind}"


class Invitation(models.Model):
    """A member asks somebody to apply: one link to one address, used once."""

    inviter = models.ForeignKey(Practitioner, models.CASCADE, related_name="invitations")
    network = models.ForeignKey("network.Network", models.CASCADE, related_name="+")
    email_key = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"invitation of {self.made_at:%Y-%m-%d}"
