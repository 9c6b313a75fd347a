"""What must hold after every step, whoever looks with a session however old, and however far the index is behind."""

import random
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from network.models import Membership, Practitioner, Snapshot, SnapshotCell
from network.policy import principals_of
from search import indexer, outbox
from search.models import OutboxEntry
from search.query import SearchQuery
from search.services import search, understand
from tests.attack.life.people import Person
from tests.attack.life.town import Town
from tests.attack.oracle import GROUPS, Looker, finds, may_vet, sees

# So many of all sessions look after each step.
LOOK = 2


class Broken(AssertionError):
    """Something did not hold."""


def insist(holds: object, what: str) -> None:
    if not holds:
        raise Broken(what)


def all_holds(town: Town, touched: Person | None, dice: random.Random) -> None:
    """Everything below, for a draw of sessions; who the step was done to is looked at by each, else anybody."""
    as_written(town)
    person = touched or town.anybody(dice)
    there = person.pk in town.people
    for client, looker, user in town.lookers(dice, LOOK):
        principals = principals_of(user, second_factor=True)
        found_by_facet(town, looker, principals)
        found_by_name(person, looker, principals, there=there)
        opened(person, client, looker, there=there)
        exported(person, client, looker, there=there)


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


def found_by_facet(town: Town, looker: Looker, principals: frozenset[str]) -> None:
    """A facet finds exactly whose value the looker may see, counts them, and shows of each what they may see."""
    asked = SearchQuery(
        principals=principals, language="en", kinds=("person",), facets={"language": ("sq",)}, size=50,
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


def found_by_name(person: Person, looker: Looker, principals: frozenset[str], *, there: bool) -> None:
    answer = search(SearchQuery(principals=principals, language="en", understood=understand(person.token, "en")))
    due = there and finds(looker, person.shown()) and sees(looker, person.shown(), "name")
    got = [card for group in answer.groups for card in group.cards if person.token in card.title.lower()]
    insist(bool(got) == due, f"{looker.name} {'finds' if got else 'does not find'} {person} by name")


def opened(person: Person, client: Client, looker: Looker, *, there: bool) -> None:
    """Its own page: for whom the oracle lets open it, with the name for whom it lets see that."""
    answer = client.get(f"/en/people/{person.public_id}/")
    shown = person.shown()
    known = person.listed or may_vet(looker, shown) or shown.pk in looker.owns
    may = there and known and sees(looker, shown, "listing")
    insist((answer.status_code == 200) == may, f"{looker.name} gets {answer.status_code} for {person}")
    named = may and sees(looker, shown, "name")
    insist((person.token in answer.content.decode().lower()) == named, f"{looker.name} reads the name: {not named}, {person}")


def exported(person: Person, client: Client, looker: Looker, *, there: bool) -> None:
    """Everything stored goes to its owner, and to nobody else."""
    answer = client.get(f"/account/entry/{person.public_id}/export/")
    may = there and person.pk in looker.owns
    insist((answer.status_code == 200) == may, f"{looker.name} gets {answer.status_code} for the export of {person}")
    insist(may or person.token not in answer.content.decode().lower(), f"the name of {person} is in another's answer")


def drained(town: Town) -> None:
    """After the outbox is empty the index holds what the database says, nothing less and nothing more."""
    outbox.drain()
    insist(not OutboxEntry.objects.exists(), "the outbox is not empty after a drain")
    drift = indexer.drift()
    insist(not drift, f"index and database differ: {drift}")
    held = {key for key in indexer.targets.of_engine().engine.fingerprints()}
    left = [public_id for public_id in town.gone if any(public_id in key for key, _print in held)]
    insist(not left, "somebody who was erased is in the index")


def published(town: Town, snapshot: Snapshot) -> None:
    """Counts just taken are of people who are verified or due, and of nobody else."""
    counted = {person.pk for person in town.people.values() if person.status in ("verified", "due")}
    for cell in SnapshotCell.objects.filter(changed_in=snapshot):
        insist(set(cell.people) <= counted, f"{cell.partition} {cell.cell} counts somebody hidden")
