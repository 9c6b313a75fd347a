"""`manage.py found_network`: the first coordinators of a network, asked for one by one or given as arguments."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.models import Network
from network.services.founding import ADVISED, FEWEST, Founder, Nonsense, Plan, found

FOUNDER = "E-MAIL; NAME; PROFESSION; ORGANISATION"


class Command(BaseCommand):
    help = (
        "Founds a network with two or more coordinators of different organisations (four are advised), logs it and "
        "sends each a link. Run it again to finish a broken run, or to add coordinators where none is left."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", help="address of the network: network-tirana; without it you are asked")
        parser.add_argument("--name", default="", help="name of the network")
        parser.add_argument("--kind", default="local", help=", ".join(Network.Kind.values))
        parser.add_argument("--area", action="append", default=[], help="town, region or country; can be repeated")
        parser.add_argument(
            "--coordinator", action="append", default=[], metavar=f'"{FOUNDER}"', help="can be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = found(self._plan(options) if options["slug"] else self._asked())
        except Nonsense as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.network.name}: {done.network.get_absolute_url()}")
        for line in done.lines:
            self.stdout.write(f"  {line}")

    def _plan(self, options: dict[str, Any]) -> Plan:
        founders = [_founder(each) for each in options["coordinator"]]
        return Plan(options["slug"], options["name"], options["kind"], "\n".join(options["area"]), founders)

    def _asked(self) -> Plan:
        """The same, in a conversation."""
        name = self._ask("Name of the network: ")
        slug = self._ask("Its address (letters, digits, hyphens): ")
        kind = self._ask(f"Kind ({', '.join(Network.Kind.values)}): ")
        area = self._ask("Area (town, region or country): ")
        self.stdout.write(f"Coordinators, {FEWEST} at least, {ADVISED} of different organisations advised.")
        self.stdout.write(f"One a line: {FOUNDER}. An empty line ends the list.")
        founders: list[Founder] = []
        while line := self._ask(f"{len(founders) + 1}: "):
            founders.append(_founder(line))
        return Plan(slug, name, kind, area, founders)

    def _ask(self, question: str) -> str:
        try:
            return input(question).strip()
        except EOFError as error:
            raise CommandError("Nobody answers here: give --slug, --name, --area and --coordinator.") from error


def _founder(written: str) -> Founder:
    parts = [part.strip() for part in written.split(";")]
    if len(parts) != len(FOUNDER.split(";")):
        raise CommandError(f"Write a coordinator as “{FOUNDER}”; this is “{written}”.")
    return Founder(*parts)
