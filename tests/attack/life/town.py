"""Three networks with coordinators of different organisations, and the people who live in them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from network.models import Network, Practitioner
from network.policy import principals_of
from tests.attack.life.people import YEAR, Person
from tests.attack.oracle import GROUPS, WIDEST, Looker
from tests.attack.world import STEPS
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory
from tests.network.sessions import session_for
from tests.vocabulary.factories import PlaceFactory

COORDINATORS, MEMBERS = 3, 2
ANYBODY = Looker("anybody")


@dataclass
class Town:
    """Everything that a life is lived in. `clients` are sessions that stay open from their first day on."""

    moment: datetime
    clock: Callable[[datetime], None]
    networks: list[Network] = field(default_factory=list)
    partners: dict[int, int] = field(default_factory=dict)
    organisations: list[Any] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    stopped: dict[int, tuple[str, int]] = field(default_factory=dict)
    clients: dict[str, tuple[Client, int]] = field(default_factory=dict)
    made: int = 0

    @property
    def today(self) -> Any:
        return timezone.localtime(self.moment).date()

    def anybody(self, dice: random.Random) -> Person:
        """Somebody who is still there."""
        return dice.choice(list(self.people.values()))

    def somebody(self, dice: random.Random, condition: Callable[[Person], bool]) -> Person | None:
        """Somebody of whom this is true."""
        found = [person for person in self.people.values() if condition(person)]
        return dice.choice(found) if found else None

    def forget(self, person: Person) -> None:
        """They are erased."""
        del self.people[person.pk]
        self.gone.append(person.public_id)

    def pass_time(self, span: timedelta) -> None:
        self.moment += span
        self.clock(self.moment)

    def token(self) -> str:
        """A name that nobody else has: letters only, the same when folded."""
        self.made += 1
        return "zq" + "".join("bcdfghjklm"[int(digit)] for digit in f"{self.made:05d}")

    def remember(self, person: Person) -> Person:
        self.people[person.pk] = person
        return person

    def session(self, person: Person) -> None:
        """They sign in, and never again."""
        user = get_user_model().objects.get(email=person.account)
        self.clients[person.token] = (session_for(user), person.pk)

    def lookers(self, dice: random.Random, many: int, first: Person) -> list[tuple[Client, Looker, Any]]:
        """So many sessions, `first`'s own among them: each with what the oracle is told, and the account behind it.

        Whose account is gone is anybody.
        """
        others = [(Client(), 0), *(each for token, each in self.clients.items() if token != first.token)]
        own = [self.clients[first.token]] if first.token in self.clients else []
        found: list[tuple[Client, Looker, Any]] = []
        for client, pk in [*own, *dice.sample(others, many)][:many]:
            person = self.people.get(pk)
            user = get_user_model().objects.get(email=person.account) if person else None
            found.append((client, person.looker(self.partners) if person else ANYBODY, user))
        return found

    def principals(self, person: Person) -> frozenset[str]:
        """As a request of theirs counts."""
        user = get_user_model().objects.filter(email=person.account).first() if person.account else None
        return principals_of(user, second_factor=True)


def audiences(dice: random.Random) -> dict[str, str]:
    """One audience for each group, as wide as it may be at most; contact stays closed."""
    drawn = {group: dice.choice(STEPS[: STEPS.index(WIDEST[group]) + 1]) for group in GROUPS}
    return drawn | {"contact": "nobody"}


def built(dice: random.Random, moment: datetime, clock: Callable[[datetime], None]) -> Town:
    """A and P are partners; each network has three coordinators and two members. `clock` sets the product's."""
    town = Town(moment, clock)
    town.networks = [NetworkFactory(name=f"Network {name}") for name in "ABP"]
    a, _b, p = town.networks
    a.partners.add(p)
    town.partners = {a.pk: p.pk, p.pk: a.pk}
    town.organisations = [OrganisationFactory() for _each in range(COORDINATORS)]
    town.places = [PlaceFactory(id=code, kind="country", name=code) for code in ("AL", "GR")]
    for network in town.networks:
        for number in range(COORDINATORS + MEMBERS):
            leads = number < COORDINATORS
            add(town, dice, network, town.organisations[number] if leads else None, leads)
    police = town.people[max(town.people)]
    police.authority = True
    Practitioner._base_manager.filter(pk=police.pk).update(authority=True)
    return town


def add(town: Town, dice: random.Random, network: Network, organisation: Any, leads: bool) -> None:
    """Somebody vetted long ago."""
    chosen, token = audiences(dice), town.token()
    entry = PractitionerFactory(
        display_name=token,
        user=UserFactory(email=f"{token}@example.org"),
        organisation=organisation,
        speaks=["sq"],
        next_due=town.today + YEAR,
        verified_on=town.today - YEAR,
        **{"coordinates" if leads else "networks": [network]},
        **{f"{group}_for": audience for group, audience in chosen.items()},
    )
    person = Person(
        entry.pk,
        entry.public_id,
        token,
        "verified",
        chosen,
        email=entry.user.email,
        account=entry.user.email,
        organisation=organisation.pk if organisation else None,
        networks={network.pk},
        coordinates={network.pk} if leads else set(),
        next_due=entry.next_due,
        vetted=True,
    )
    town.session(town.remember(person))
