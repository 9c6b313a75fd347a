"""`manage.py load_starter`: everything under content/, keeping what was edited here."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.loading import load_everything
from vocabulary.starter import BrokenStarterFile


class Command(BaseCommand):
    help = "Loads vocabulary, pages, organisations, guides and, in the demo, the sample network; then the index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--content", type=Path, default=settings.CONTENT, help="folder to load from")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_everything(options["content"], self.stdout.write, demo=settings.DEMO)
        except BrokenStarterFile as error:
            raise CommandError(str(error)) from error
