"""`manage.py reset_second_factor ADDRESS`: for accounts that no coordinator can help, by whoever runs the server."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from network.services.recovery import NeedsCoordinators, reset_by_operator


class Command(BaseCommand):
    help = "Removes an account's second factors, so that a new one is set up at the next sign-in. Logged and mailed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="the e-mail address of the account")
        parser.add_argument(
            "--no-coordinators-left",
            action="store_true",
            help="also for a member, when you have called them back yourself and nobody else can let them in",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=options["address"]).first()
        if user is None:
            raise CommandError("No account has this address.")
        try:
            reset_by_operator(user, although_a_member=options["no_coordinators_left"])
        except NeedsCoordinators as error:
            raise CommandError(
                "This account belongs to a network: two of its coordinators let it in again. "
                "Where none are left, add --no-coordinators-left after calling the person back."
            ) from error
        self.stdout.write("Done. The account is signed out everywhere and sets up a new factor at its next sign-in.")
