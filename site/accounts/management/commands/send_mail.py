"""`manage.py send_mail`: hands over mail that waits, for a timer where the mail server was away."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.outgoing import deliver


class Command(BaseCommand):
    help = "Hands waiting mail to the mail server; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        taken, failed = deliver()
        self.stdout.write(f"{taken} handed over, {failed} wait for another try")
