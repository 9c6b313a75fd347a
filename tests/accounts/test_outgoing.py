"""Mail waits in the database until the mail server has taken it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.outgoing import Backend, deliver

pytestmark = pytest.mark.django_db


class Away(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("nobody there")


@pytest.fixture
def server_away(settings) -> None:
    settings.MAILERS = {**settings.MAILERS, "postman": {"BACKEND": "tests.accounts.test_outgoing.Away"}}


def message() -> EmailMultiAlternatives:
    made = EmailMultiAlternatives(
        "Something waits", "Sign in.", "Waymark <no-reply@example.org>", ["somebody@example.org"], headers={"X-A": "b"}
    )
    made.attach_alternative("<p>Sign in.</p>", "text/html")
    return made


def test_a_message_arrives_as_it_was_written_and_leaves_nothing_behind() -> None:
    Backend().send_messages([message()])

    assert deliver() == (1, 0)
    assert OutgoingMail.objects.count() == 0
    sent = mail.outbox[0]
    assert (sent.subject, sent.to, sent.extra_headers) == ("Something waits", ["somebody@example.org"], {"X-A": "b"})
    assert sent.alternatives[0][0] == "<p>Sign in.</p>"


def test_what_is_rolled_back_sends_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Backend().send_messages([message()])
        raise ZeroDivisionError

    assert deliver() == (0, 0)


def test_a_server_that_is_away_loses_nothing_and_is_asked_again_later(server_away: None, settings) -> None:
    Backend().send_messages([message()])

    assert deliver() == (0, 1)
    assert deliver() == (0, 0)
    waiting = OutgoingMail.objects.get()
    assert waiting.tries == 1
    assert waiting.next_try > timezone.now()
    assert b"mail waiting" in Client().get("/health/").content


def test_after_days_a_message_is_given_up(server_away: None) -> None:
    Backend().send_messages([message()])
    OutgoingMail.objects.update(created=timezone.now() - timedelta(days=6))

    deliver()

    assert OutgoingMail.objects.count() == 0


def test_neither_address_nor_text_can_be_read_in_the_database() -> None:
    Backend().send_messages([message()])

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_outgoingmail")
        stored = str(cursor.fetchall())
    assert "somebody" not in stored
    assert "Sign in" not in stored
