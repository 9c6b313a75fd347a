"""What must hold after every step, whoever looks with a session however old, and however far the index is behind."""

import random
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from network.models import Membership, Practitioner, Snapshot, SnapshotCell
from network.policy import principals_of
from search import indexer, outbox, targets
from search.models import OutboxEntry
from search.query import SearchQuery
from search.services import search, understand
from tests.attack.life.people import Person
from tests.attack.life.town import Town
from tests.attack.oracle import GROUPS, Looker, finds, may_vet, sees

# So many of all sessions look after each step, each in so many of the ways below.
LOOK, WAYS = 2, 2


class Broken(AssertionError):
    """Something did not hold."""


def insist(holds: object, what: str) -> None:
    if not holds:
        raise Broken(what)


def all_holds(town: Town, touched: Person | None, dice: random.Random) -> None:
    """Everything below: who the step was done to, else anybody, looks and is looked at."""
    as_written(town)
    person = touched or town.anybody(dice)
    for client, looker, user in town.lookers(dice, LOOK, person):
        look = Look(town, person, client, looker, principals_of(user, second_factor=True))
        for way in dice.sample((found_by_facet, found_by_name, opened, exported), WAYS):
            way(look)


@dataclass(frozen=True)
class Look:
    """Somebody looks for `person`, who may be gone."""

    town: Town
    person: Person
    client: Client
    looker: Looker
    principals: frozenset[str]

    @property
    def there(self) -> bool:
        return self.person.pk in self.town.people


def as_written(town: Town) -> None:
    """The database says what the life so far amounts to, and nobody has an account who has not confirmed an address."""
    rows = {row.pk: row for row in Practitioner._base_manager.all()}
    insist(rows.keys() == town.people.keys(), "entries are missing, or left over")
    told = {pk: (row.status, row.next_due) for pk, row in rows.items()}
    for pk, person in town.people.items():
        insist(told[pk] == (person.status, person.next_due), f"{person.token} stands as {told[pk]}: {person}")
    current = {(row.practitioner_id, row.network_id, row.role) for row in Membership.objects.filter(ended=None)}
    wanted = {
        (pk, network, "coordinator" if network in person.coordinates else "member")
        for pk, person in town.people.items()
        for network in person.networks
    }
    insist(current == wanted, f"memberships differ: {current ^ wanted}")
    accounts = set(get_user_model().objects.values_list("email", flat=True))
    due = {person.account for person in town.people.values() if person.account}
    insist(accounts == due, f"accounts differ: {accounts ^ due}")


def found_by_facet(look: Look) -> None:
    """A facet finds exactly whose value the looker may see, counts them, and shows of each what they may see."""
    town, looker = look.town, look.looker
    asked = SearchQuery(
        principals=look.principals, language="en", kinds=("person",), facets={"language": ("sq",)}, size=50,
        counted=("language",),
    )  # fmt: skip
    answer = search(asked)
    cards: list[Any] = [card for group in answer.groups for card in group.cards]
    people = {person.public_id: person for person in town.people.values()}
    due = {
        public_id
        for public_id, person in people.items()
        if finds(looker, person.shown()) and sees(looker, person.shown(), "languages")
    }
    got = {card.public_id for card in cards}
    insist(got == due, f"{looker.name} finds {_names(people, got - due)} and not {_names(people, due - got)}")
    insist(sum(group.total for group in answer.groups) == len(due), f"{looker.name} is told another number")
    counts = {value.value: value.count for value in answer.facets.get("language", ())}
    insist(counts.get("sq", 0) == len(due), f"{looker.name} is told another count: {counts}")
    for card in cards:
        shown = people[card.public_id].shown()
        allowed = {group for group in GROUPS if sees(looker, shown, group)}
        insist(set(card.groups) == allowed, f"{looker.name} sees {set(card.groups) ^ allowed} of {card.title}")


def _names(people: dict[str, Person], ids: set[str]) -> list[str]:
    return sorted(str(people[each]) if each in people else "somebody gone" for each in ids)


def found_by_name(look: Look) -> None:
    """By whoever may see the name, and nobody else."""
    person, looker = look.person, look.looker
    answer = search(SearchQuery(principals=look.principals, language="en", understood=understand(person.token, "en")))
    due = look.there and finds(looker, person.shown()) and sees(looker, person.shown(), "name")
    got = [card for group in answer.groups for card in group.cards if person.token in card.title.lower()]
    insist(bool(got) == due, f"{looker.name} {'finds' if got else 'does not find'} {person} by name")


def opened(look: Look) -> None:
    """Its own page: for whom the oracle lets open it, with the name for whom it lets see that."""
    person, looker = look.person, look.looker
    answer = look.client.get(f"/en/people/{person.public_id}/")
    shown = person.shown()
    known = person.listed or may_vet(looker, shown) or shown.pk in looker.owns
    may = look.there and known and sees(looker, shown, "listing")
    insist((answer.status_code == 200) == may, f"{looker.name} gets {answer.status_code} for {person}")
    named = may and sees(looker, shown, "name")
    read = person.token in answer.content.decode().lower()
    insist(read == named, f"{looker.name} {'reads' if read else 'does not read'} the name of {person}")


def exported(look: Look) -> None:
    """Everything stored goes to its owner, and to nobody else."""
    person, looker = look.person, look.looker
    answer = look.client.get(f"/account/entry/{person.public_id}/export/")
    may = look.there and person.pk in looker.owns
    insist((answer.status_code == 200) == may, f"{looker.name} gets {answer.status_code} for the export of {person}")
    insist(may or person.token not in answer.content.decode().lower(), f"the name of {person} is in another's answer")


def drained(town: Town) -> None:
    """After the outbox is empty the index holds what the database says, nothing less and nothing more."""
    outbox.drain()
    insist(not OutboxEntry.objects.exists(), "the outbox is not empty after a drain")
    drift = indexer.drift()
    insist(not drift, f"index and database differ: {drift}")
    held = {key.partition(":")[2] for key, _print in targets.of_engine().engine.fingerprints()}
    left = held.intersection(town.gone)
    insist(not left, "somebody who was erased is in the index")


def published(town: Town, snapshot: Snapshot) -> None:
    """Counts just taken are of people who are verified or due, and of nobody else."""
    counted = {person.pk for person in town.people.values() if person.status in ("verified", "due")}
    for cell in SnapshotCell.objects.filter(changed_in=snapshot):
        insist(set(cell.people) <= counted, f"{cell.partition} {cell.cell} counts somebody hidden")
