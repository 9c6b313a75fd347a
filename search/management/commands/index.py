"""`manage.py index`: brings the search index up to the database."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexer, outbox
from search.engines import get_engine
from search.engines.base import Condition, EngineError

SECONDS_BEFORE_PROGRESS = 2


class Command(BaseCommand):
    help = "Indexes what waits in the outbox; a missing, broken or outdated index is built anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="build a new index beside the old one, then switch")
        parser.add_argument("--check", action="store_true", help="compare database and index; 1 when they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._check()
            elif options["rebuild"] or get_engine().condition() is not Condition.READY:
                self.stdout.write(f"{indexer.rebuild(self._progress())} documents indexed.")
            else:
                self.stdout.write(f"{outbox.drain()} changes indexed.")
        except EngineError as error:
            raise CommandError(f"The search index cannot be used ({error}). Try: manage.py index --rebuild") from error

    def _check(self) -> None:
        drift = indexer.drift()
        for word, keys in (
            ("missing in the index", drift.missing),
            ("outdated in the index", drift.outdated),
            ("left over in the index", drift.left_over),
        ):
            for key in keys:
                self.stdout.write(f"{key}: {word}")
        if drift:
            raise CommandError("Database and index differ. manage.py index --rebuild puts it right.", returncode=1)
        self.stdout.write("Database and index agree.")

    def _progress(self) -> indexer.Progress:
        last = time.monotonic()

        def show(count: int) -> None:
            nonlocal last
            if time.monotonic() - last > SECONDS_BEFORE_PROGRESS:
                last = time.monotonic()
                self.stdout.write(f"… {count} documents")

        return show
