"""`manage.py bundle`: writes the one style sheet that every page loads."""

import gzip
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pages.bundle import UnlistedSheet, write


class Command(BaseCommand):
    help = "Writes VAR/bundle/site.css from the sheets of static/css."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            target = write()
        except UnlistedSheet as problem:
            raise CommandError(str(problem)) from problem
        size = len(gzip.compress(target.read_bytes())) / 1024
        self.stdout.write(f"{target} ({size:.1f} KB compressed)")
