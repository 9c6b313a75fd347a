"""`manage.py index`: brings the search index up to the database."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import database_files, indexer, outbox, purge, state, targets
from search.engines.base import EngineError
from search.follow import Follower, ending_on_signals
from search.targets import Target

SECONDS_BEFORE_PROGRESS = 2


class Command(BaseCommand):
    help = "Indexes what waits in the outbox; a missing, broken or outdated index is built anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--follow", action="store_true", help="go on until SIGTERM or SIGINT")
        one.add_argument("--rebuild", action="store_true", help="build a new index beside the old one, then switch")
        one.add_argument("--check", action="store_true", help="compare database and index; 1 when they differ")
        one.add_argument("--purge", action="store_true", help="write files anew that hold erased text, at most daily")

    def handle(self, *args: Any, **options: Any) -> None:
        act = next((name for name in ("follow", "rebuild", "check", "purge") if options[name]), "drain")
        try:
            getattr(self, f"_{act}")()
        except EngineError as error:
            raise CommandError(f"The search index cannot be used ({error}). Try: manage.py index --rebuild") from error
        except database_files.StillRead as error:
            raise CommandError(f"{error} Nothing is lost: it stays due and can be tried again.") from error

    def _follow(self) -> None:
        follower = Follower()
        with ending_on_signals(follower):
            self.stdout.write("Following the outbox; end with Ctrl-C or SIGTERM.")
            follower.run()
        self.stdout.write("Ended; what waits is indexed at the next start.")

    def _rebuild(self) -> None:
        self.stdout.write(f"{indexer.rebuild(self._progress())} documents indexed.")

    def _drain(self) -> None:
        built = outbox.mend(self._progress())
        self.stdout.write(f"{built} documents indexed." if built else f"{outbox.drain()} changes indexed.")

    def _purge(self) -> None:
        self.stdout.write("Files were written anew." if purge.if_due() else "Nothing is to be purged now.")

    def _check(self) -> None:
        now = state.read()
        agree = [self._compare(target) for target in targets.every() if target.ours(now)]
        if not all(agree):
            raise CommandError("Database and index differ. manage.py index --rebuild puts it right.", returncode=1)
        self.stdout.write("Database and index agree.")

    def _compare(self, target: Target) -> bool:
        drift = indexer.drift(target)
        where = "the index" if target.name == targets.ENGINE else "the index that stands in for it"
        for word, keys in (
            ("missing in", drift.missing),
            ("outdated in", drift.outdated),
            ("left over in", drift.left_over),
        ):
            for key in keys:
                self.stdout.write(f"{key}: {word} {where}")
        return not drift

    def _progress(self) -> indexer.Progress:
        last = time.monotonic()

        def show(count: int) -> None:
            nonlocal last
            if time.monotonic() - last > SECONDS_BEFORE_PROGRESS:
                last = time.monotonic()
                self.stdout.write(f"… {count} documents")

        return show
