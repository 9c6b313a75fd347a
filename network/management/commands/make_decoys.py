"""`manage.py make_decoys`: puts entries of nobody into a network, for whoever works through the directory."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.models import Network
from network.services.decoys import NothingToImitate, make


class Command(BaseCommand):
    help = "Makes one decoy for each name; names should be usual where the network works, and nobody's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("network", help="the network's slug, as in its address")
        parser.add_argument("names", nargs="+", metavar="NAME", help="“Given Family”, one for each decoy")

    def handle(self, *args: Any, **options: Any) -> None:
        network = Network.objects.filter(slug=options["network"]).first()
        if network is None:
            raise CommandError(f"No network is called “{options['network']}”.")
        try:
            made = make(network=network, names=options["names"])
        except NothingToImitate as error:
            raise CommandError("The network has no verified member yet whose entry a decoy could resemble.") from error
        for decoy in made:
            self.stdout.write(f"{decoy.display_name}: {decoy.get_absolute_url()}")
