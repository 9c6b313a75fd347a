"""`manage.py load_vocabulary`: terms and places from content/vocabulary."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vocabulary.loading import load
from vocabulary.starter import BrokenStarterFile


class Command(BaseCommand):
    help = "Loads the vocabulary and the gazetteer; what was edited here is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for report in load(settings.CONTENT / "vocabulary"):
                self.stdout.write(str(report))
        except BrokenStarterFile as error:
            raise CommandError(str(error)) from error
