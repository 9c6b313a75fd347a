"""`manage.py send_digests`: tells members of new results in their saved searches; run it once a day or oftener."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.outgoing import mail_state
from network.digests import send_due


class Command(BaseCommand):
    help = "Writes the daily and weekly digests that are due; nothing is told twice."

    def handle(self, *args: Any, **options: Any) -> None:
        done = send_due()
        self.stdout.write(f"{done.told} digests written, {done.quiet} people without news")
        if done.waiting:
            self.stderr.write(f"{done.waiting} searches wait for the search index; they are tried again next time")
        if stuck := mail_state():
            self.stderr.write(stuck)
