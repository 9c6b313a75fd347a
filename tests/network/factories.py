"""People, networks and organisations for tests. What a person may show is said in the test's body."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from network.models import Membership, Network, Organisation, Practitioner, SpokenLanguage
from network.policy import as_system
from tests.vocabulary.factories import TermFactory
from vocabulary.models import Term


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.org")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda number: f"organisation-{number}")
    name = factory.Sequence(lambda number: f"Organisation {number}")
    country = "AL"


class NetworkFactory(DjangoModelFactory):
    class Meta:
        model = Network

    slug = factory.Sequence(lambda number: f"network-{number}")
    name = factory.Sequence(lambda number: f"Network {number}")
    kind = "local"


class PractitionerFactory(DjangoModelFactory):
    """A verified entry; `networks`, `areas`, `terms` and `speaks` hang records on it."""

    class Meta:
        model = Practitioner
        skip_postgeneration_save = True

    status = "verified"
    display_name = factory.Sequence(lambda number: f"Name{number} Surname{number}")

    @factory.post_generation
    def networks(self: Any, create: bool, networks: Any, **_: Any) -> None:
        for network in networks or ():
            Membership.objects.create(practitioner=self, network=network)

    @factory.post_generation
    def coordinates(self: Any, create: bool, networks: Any, **_: Any) -> None:
        for network in networks or ():
            Membership.objects.create(practitioner=self, network=network, role="coordinator")

    @factory.post_generation
    def areas(self: Any, create: bool, areas: Any, **_: Any) -> None:
        self.areas.set(areas or ())

    @factory.post_generation
    def terms(self: Any, create: bool, terms: Any, **_: Any) -> None:
        self.terms.set(terms or ())

    @factory.post_generation
    def speaks(self: Any, create: bool, languages: Any, **_: Any) -> None:
        for language in languages or ():
            SpokenLanguage.objects.create(practitioner=self, language=language)


def term(slug: str, scheme: str = "profession") -> Term:
    """The term with this id, made when absent."""
    return Term.objects.filter(pk=slug).first() or TermFactory(id=slug, scheme=scheme)


def as_read(entry: Practitioner) -> Practitioner:
    """The entry as the site reads it for a card."""
    return as_system("index").for_cards().get(pk=entry.pk)
