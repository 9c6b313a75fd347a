"""What the passing of time does to applications; called daily."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import clock
from network.daily import daily_task
from network.models import Application, Invitation
from network.services.applying import LINK_LASTS
from network.services.calling_in import call_in_if_nobody_is_left, waiting_for_nobody
from network.services.erasing import drop_proof, erase_applicant
from network.services.further import close
from network.services.vetting import APPEAL_WITHIN

PROOF_KEPT = timedelta(days=90)
INVITATIONS_KEPT = timedelta(days=60)
REQUESTS_KEPT = timedelta(days=730)


def tidy_applications() -> dict[str, int]:
    """Erases what was not confirmed, was withdrawn or refused for good; drops old proof; calls in a stand-in.

    Returns how many of each; each application in a transaction of its own.
    """
    done = {"erased": 0, "proof dropped": 0, "called in": 0}
    for application in list(Application.objects.filter(_over())):
        with transaction.atomic():
            erase_applicant(application)
        done["erased"] += 1
    for application in list(Application.objects.filter(proofs__given_at__lt=clock.now() - PROOF_KEPT).distinct()):
        with transaction.atomic(), override(application.language):
            done["proof dropped"] += drop_proof(application)
            application.missing = _(
                "Nobody has decided for a long time, so your proof was deleted. Please send it again."
            )
            application.save(update_fields=["missing"])
    for application in list(Application.objects.filter(waiting_for_nobody(), stand_in=None)):
        with transaction.atomic():
            call_in_if_nobody_is_left(application)
        done["called in"] += application.stand_in_id is not None
    _close_refused()
    Invitation.objects.filter(made_at__lt=clock.now() - INVITATIONS_KEPT).delete()
    return done


@daily_task("applications tidied")
def tidy_daily() -> int:
    """The same as a part of every day's work."""
    return sum(tidy_applications().values())


def _over() -> Q:
    """Nothing is expected of these any more: of people who never were members."""
    moment = clock.now()
    never_confirmed = Q(confirmed_at=None, closed_at=None, made_at__lt=moment - LINK_LASTS)
    withdrawn = Q(outcome=Application.Outcome.WITHDRAWN)
    refused = Q(outcome=Application.Outcome.REFUSED, closed_at__lt=moment - APPEAL_WITHIN)
    no_appeal = Q(closed_at=None, appealed_at=None, decisions__decided_at__lt=moment - APPEAL_WITHIN)
    no_appeal &= Q(practitioner__status="refused")
    return (never_confirmed | withdrawn | refused | no_appeal) & Q(practitioner__verified_on=None, stands="")


def _close_refused() -> None:
    """What a further network refused, and nobody appealed against in time, is closed; the member stays what they are.

    Two years later nothing of what was asked is kept but the lines of the log.
    """
    asked = Application.objects.exclude(stands="")
    late = Q(decisions__decided_at__lt=clock.now() - APPEAL_WITHIN)
    for row in asked.filter(late, stands=Application.Stands.REFUSED, closed_at=None, appealed_at=None):
        with transaction.atomic():
            close(row, Application.Stands.REFUSED)
    asked.filter(closed_at__lt=clock.now() - REQUESTS_KEPT).delete()
