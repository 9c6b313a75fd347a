"""`manage.py load_network`: organisations, and in the demo the sample network, from content/network."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.loading import first_snapshot, load
from search import outbox
from vocabulary.starter import BrokenStarterFile


class Command(BaseCommand):
    help = "Loads organisations, with --demo also sample networks and people; what was edited here is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also sample networks, people and sign-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with outbox.paused():
                self.stdout.write(str(load(settings.CONTENT / "network", demo=options["demo"])))
                first_snapshot()
        except BrokenStarterFile as error:
            raise CommandError(str(error)) from error
