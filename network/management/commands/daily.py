"""`manage.py daily`: the life of entries goes on, reminders go out, what is too old goes."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from network import clock, daily


class Command(BaseCommand):
    help = "Does what is due today; running it twice does nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="as if today were this day, to look ahead in the demo")

    def handle(self, *args: Any, **options: Any) -> None:
        with clock.standing_at(_moment(options["on"])):
            for name, task in daily.in_order():
                if count := task():
                    self.stdout.write(f"{name}: {count}")


def _moment(day: str | None) -> datetime:
    if day is None:
        return timezone.now()
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(12)))
    except ValueError as error:
        raise CommandError(f"“{day}” is no day; write it like 2027-03-31.") from error
