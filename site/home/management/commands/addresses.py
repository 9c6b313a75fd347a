"""`manage.py addresses`: where the site is and how to sign in to the demo; printed by `make run`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.loading import DEMO_PASSWORD, sign_ins


class Command(BaseCommand):
    help = "Prints the site's addresses and, in the demo, the sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        address = settings.WAGTAILADMIN_BASE_URL
        self.stdout.write(f"Waymark is on {address}/ · editing on {address}/cms/ · stop with Ctrl+C")
        if settings.DEMO:
            who = ", ".join(f"{email} ({what})" for email, what in sign_ins())
            self.stdout.write(f"Demo sign-ins, password {DEMO_PASSWORD}: {who}")
