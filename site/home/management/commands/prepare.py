"""`manage.py prepare`: what `make run` does before it serves, in one process, because starting one takes seconds."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from vocabulary.models import Term


class Command(BaseCommand):
    help = "Database, style sheet, starter content where it is new, search index; then the addresses."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Bringing the database up to date …")
        call_command("migrate", verbosity=0)
        call_command("bundle")
        seen = Path(settings.VAR) / "content.sha256"
        now = digest_of(settings.CONTENT)
        if is_new(seen, now):
            self.stdout.write("Loading the library, the vocabulary and the sample network …")
            call_command("load_starter", stdout=self.stdout)
            seen.write_text(now)
        call_command("index", stdout=self.stdout)
        call_command("addresses", stdout=self.stdout)


def is_new(seen: Path, digest: str) -> bool:
    """Whether the content of this digest is to be loaded: `seen` says what was, unless its database has gone since."""
    return not seen.exists() or seen.read_text() != digest or not Term.objects.exists()


def digest_of(folder: Path) -> str:
    """A hash of every file of a folder: whether anything is new there."""
    found = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        found.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
