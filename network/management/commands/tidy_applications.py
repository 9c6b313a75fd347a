"""`manage.py tidy_applications`: what the passing of time does to applications; daily."""

from typing import Any

from django.core.management.base import BaseCommand

from network.services.tidying import tidy_applications


class Command(BaseCommand):
    help = "Erases applications never confirmed, withdrawn or refused for good; drops old proof; calls in stand-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in tidy_applications().items():
            self.stdout.write(f"{what}: {count}")
