"""`manage.py take_snapshot`: publishes the counts of people anew; run it monthly."""

from typing import Any

from django.core.management.base import BaseCommand

from network.snapshot import take


class Command(BaseCommand):
    help = "Publishes the counts of people in bands, where enough people have moved since the last time."

    def handle(self, *args: Any, **options: Any) -> None:
        snapshot = take()
        changed = snapshot.changed.count()
        self.stdout.write(f"Snapshot of {snapshot}: {changed} cells published anew.")
