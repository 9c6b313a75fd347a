"""Telling members by e-mail that their saved searches find something new: how much, never what.

Everything of one person's digest is written in one transaction: that the period is done, what was counted, and the
mail itself, which waits in the database until the mail server has taken it. A crash leaves all of it or nothing, so a
period's digest is written once, and a mail server that is away delays it.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from network import clock
from network.daily import daily_task
from network.models.saved_search import SavedSearch
from network.policy import principals_while_away
from network.saved_searches import counted, found, period_of, written
from network.services.saved_searches import stop_token
from network.waiting import absolute


@dataclass(slots=True)
class Done:
    """What a run did: mails written, people without news, and searches that the index could not answer now."""

    told: int = 0
    quiet: int = 0
    waiting: int = 0


@daily_task("digests sent")
def digests_of_today() -> int:
    """The daily command writes them too; returns how many."""
    return send_due().told


def send_due() -> Done:
    """Writes every digest whose period has begun and is not done. Run twice, it tells nothing twice."""
    done = Done()
    by_user: dict[int, list[SavedSearch]] = {}
    for saved in _due().select_related("user").order_by("user", "pk"):
        by_user.setdefault(saved.user_id, []).append(saved)
    for searches in by_user.values():
        tell(searches, done)
    return done


def _due() -> QuerySet[SavedSearch]:
    due = Q(pk__in=[])
    for digest in (SavedSearch.Digest.DAILY, SavedSearch.Digest.WEEKLY):
        due |= Q(digest=digest, told_in__lt=period_of(digest, clock.today()))
    return SavedSearch.objects.filter(due)


def tell(searches: list[SavedSearch], done: Done) -> None:
    """One person's digest. They are asked for anew who they are: who is no member any more is told nothing."""
    user = searches[0].user
    principals = principals_while_away(user)
    if "member" not in principals:
        return
    now = {saved: found(saved, principals) for saved in searches}
    with transaction.atomic():
        new: set[str] = set()
        for saved, results in now.items():
            if results is None:
                done.waiting += 1
            elif _claimed(saved, results) and (before := counted(saved)) is not None:
                new |= results - before
        if new:
            _mail(user, len(new)).send()
            done.told += 1
        else:
            done.quiet += 1


def _claimed(saved: SavedSearch, results: frozenset[str]) -> bool:
    """Marks the period as done; False where another run, or its owner, was faster."""
    standing = SavedSearch.objects.filter(pk=saved.pk, digest=saved.digest, told_in=saved.told_in)
    begun = period_of(saved.digest, clock.today())
    return bool(standing.update(told_in=begun, counted=written(results)))


def _mail(user: Any, number: int) -> EmailMessage:
    """Neutral in subject and body: whoever reads over a shoulder learns a number."""
    searches = absolute(reverse("network_account:searches"))
    stop = absolute(reverse("network_account:stop_digests", args=[stop_token(user)]))
    with override(user.language or settings.LANGUAGE_CODE):
        said = ngettext("There is %(number)d new result.", "There are %(number)d new results.", number)
        lines = [
            said % {"number": number},
            _("To look, sign in: %(address)s") % {"address": searches},
            _("To receive this no longer: %(address)s") % {"address": stop},
        ]
        subject = _("Your summary")
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject, "\n\n".join(lines) + "\n", to=[user.email], headers=headers)
