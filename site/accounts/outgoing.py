"""Mail that is not lost when the mail server fails: a mail backend that keeps every message until it was taken.

Whatever sends mail (sign-in, the network, the CMS) sends it through here without knowing: the row is written in the
same transaction as what the mail tells of, so that there is neither the one without the other.
"""

import json
import logging
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from accounts.models import OutgoingMail

log = logging.getLogger(__name__)
# The mailer of settings.MAILERS that really sends.
POSTMAN = "postman"
BATCH = 50
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=5)


class Backend(BaseEmailBackend):
    """Keeps messages and has them delivered after the commit."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        OutgoingMail.objects.bulk_create(OutgoingMail(content=_written(message)) for message in messages)
        if settings.MAIL_IN_WEB_PROCESS:
            transaction.on_commit(deliver)
        return len(messages)


def deliver() -> tuple[int, int]:
    """Hands over what is due; returns how many were taken and how many wait for another try. Never raises for mail.

    A crash between the server's taking and the row's going sends a message twice: better than never.
    """
    taken = failed = 0
    due = OutgoingMail.objects.filter(next_try__lte=timezone.now()).values_list("pk", flat=True)[:BATCH]
    for pk in list(due):
        with transaction.atomic():
            mail = OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
            if mail is None:
                continue
            try:
                mailers[POSTMAN].send_messages([_read(mail.content)])
            except (SMTPException, OSError) as error:
                failed += 1
                _postpone(mail, error)
                continue
            mail.delete()
            taken += 1
    return taken, failed


def mail_state() -> str:
    """Empty when mail flows, else one line for whoever watches the site; one query."""
    stuck = OutgoingMail.objects.filter(tries__gt=0).count()
    return f"mail waiting: {stuck} could not be handed over yet" if stuck else ""


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    """Twice as long each time; after days the message is given up, and the log says so without saying to whom."""
    if timezone.now() - mail.created > GIVEN_UP_AFTER:
        log.error("A mail was given up after %d tries: %s", mail.tries + 1, type(error).__name__)
        mail.delete()
        return
    log.warning("The mail server took no mail (%s); it is tried again.", type(error).__name__)
    mail.next_try = timezone.now() + min(FIRST_WAIT * 2**mail.tries, LONGEST_WAIT)
    mail.tries += 1
    mail.save()


def _written(message: EmailMessage) -> str:
    if message.attachments:
        raise ValueError("Mail of this site has no attachments.")
    return json.dumps(
        {
            "subject": str(message.subject),
            "body": str(message.body),
            "from_email": message.from_email,
            "to": list(message.to),
            "reply_to": list(message.reply_to),
            "headers": dict(message.extra_headers),
            "alternatives": [[str(each[0]), str(each[1])] for each in getattr(message, "alternatives", ())],
        }
    )


def _read(content: str) -> EmailMultiAlternatives:
    fields: dict[str, Any] = json.loads(content)
    alternatives = fields.pop("alternatives")
    message = EmailMultiAlternatives(**fields)
    for body, kind in alternatives:
        message.attach_alternative(body, kind)
    return message
