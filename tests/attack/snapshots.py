"""Years of people coming and going, a snapshot a month: does what is published tell of one or two of them?

`histories(how_many, seed)` is the long form; it needs a database that it may write to, and leaves what it wrote.
Everything is reckoned a second time, from the words of the design: bands under 5, 5–9, 10–19, 20 and more; a cell's
band is published anew only after at least three different people joined or left it since it last changed.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

from network.models import Membership, Network, Practitioner, Snapshot, SnapshotCell
from network.policy import as_system
from network.snapshot import bands, take
from practices.models import GuideAdviser
from tests.attack.outcome import Enough, Outcome, never
from tests.network.factories import NetworkFactory, term
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models import Place

MONTHS, AT_FIRST, A_MONTH = 18, 45, 9
EDGES = (0, 5, 10, 20)
# What is in a published cell besides what is said of it: of two people more or fewer nothing is published.
HELD_BACK = 2
COUNTRIES = ("AL", "GR", "KZ")
TRADES = ("nurse", "lawyer", "teacher", "interpreter")
GUIDES = (str(UUID(int=1)), str(UUID(int=2)))
IN_COUNTS = ("verified", "due")
OUT_OF_COUNTS = ("stale", "dormant", "paused", "suspended", "left", "applied")
Cell = tuple[str, str]


@dataclass
class Person:
    """Somebody as the simulation knows them: nothing of it is read from the product."""

    pk: int
    status: str = "verified"
    country: str = "AL"
    trade: str = "nurse"
    second_trade: str = ""
    networks: set[str] = field(default_factory=set)
    guide: str = ""
    decoy: bool = False

    def cells(self) -> Iterator[Cell]:
        if self.decoy or self.status not in IN_COUNTS:
            return
        trades = {self.trade, self.second_trade} - {""}
        yield "country", self.country
        yield from (("network", slug) for slug in self.networks)
        for trade in trades:
            yield "profession", trade
            yield "profession × country", f"{trade}:{self.country}"
        if self.guide:
            yield "guide", self.guide
            yield "guide", f"{self.guide}:{self.country}"


def edge(number: int) -> int:
    """The lowest number of the band of a number of people."""
    return max(each for each in EDGES if each <= number)


class History:
    """One history of one directory: `run` lets the months pass and yields what they tell that they must not."""

    def __init__(self, seed: int, outcome: Outcome) -> None:
        self.dice, self.outcome, self.seed = random.Random(seed), outcome, seed
        self.people: dict[int, Person] = {}
        # As last published, and who was in a cell then.
        self.published: dict[Cell, int] = {}
        self.then: dict[Cell, set[int]] = {}

    def run(self, months: int = MONTHS) -> Iterator[str]:
        self._empty()
        self._places = {code: PlaceFactory(kind="country", country=code, population=3_000_000) for code in COUNTRIES}
        self._networks = {each.slug: each for each in (NetworkFactory(), NetworkFactory())}
        self._named: Mapping[int, str] = {each.pk: slug for slug, each in self._networks.items()}
        for _ in range(AT_FIRST):
            self.come()
        for month in count():
            take()
            yield from (f"seed {self.seed}, month {month}: {each}" for each in self._wrong(first=month == 0))
            self.outcome.tried["snapshots"] += 1
            if month == months:
                return
            for _ in range(self.dice.randint(0, A_MONTH)):
                self._something()

    def _empty(self) -> None:
        as_system("snapshot").all().delete()
        for model in (SnapshotCell, Snapshot, Network, Place):
            model.objects.all().delete()

    def _something(self) -> None:
        acts = [self.come, self.come, self.stop, self.return_, self.move, self.retrain, self.join, self.leave, self.go]
        self.dice.choice([*acts, self.advise])()
        self.outcome.tried["steps"] += 1

    def _wrong(self, *, first: bool) -> Iterator[str]:
        """What this month's publication tells, compared with the months before and with itself."""
        now = self.counted()
        told = {(name, cell): int(band) for name in _partitions() for cell, band in bands(name).items()}
        for cell in sorted({*now, *told, *self.published}):
            band, was, inside = told.get(cell, 0), self.published.get(cell, 0), now.get(cell, set())
            moved = len(inside ^ self.then.get(cell, set()))
            if band != was and not first and moved <= HELD_BACK:
                yield f"{cell} went from {was} to {band} though only {moved} people moved"
            if band != edge(len(inside)) and (band != was or first or moved > HELD_BACK):
                yield f"{cell} says {band} of {len(inside)} people"
            if band != was or first:
                self.then[cell] = set(inside)
                self.outcome.tried["changes of a band"] += not first
        self.published = told
        yield from self._subtracted(now)

    def _subtracted(self, now: Mapping[Cell, set[int]]) -> Iterator[str]:
        """Whoever subtracts a cell from one that holds it never learns that there are one or two people between."""
        for cell in now:
            for inner in now:
                if not _holds(cell, inner):
                    continue
                least, most = _within(self.published.get(cell, 0)), _within(self.published.get(inner, 0))
                low, high = max(0, least[0] - most[1]), least[1] - most[0]
                rest = len(now[cell] - now[inner])
                self.outcome.tried["differences"] += 1
                self.outcome.figures["narrowest difference"] = min(
                    self.outcome.figures.get("narrowest difference", high - low), high - low
                )
                if not low <= rest <= high:
                    yield f"{cell} less {inner}: {rest} people, reckoned as {low} to {high}"
                if low > 0 and high <= HELD_BACK:
                    yield f"{cell} less {inner} says that there are {low} to {high}"

    def counted(self) -> dict[Cell, set[int]]:
        """Who is in which cell now."""
        found: dict[Cell, set[int]] = defaultdict(set)
        for person in self.people.values():
            for cell in person.cells():
                found[cell].add(person.pk)
        return found

    def _some(self, *statuses: str) -> Person | None:
        there = [each for each in self.people.values() if not statuses or each.status in statuses]
        return self.dice.choice(there) if there else None

    def come(self) -> None:
        """Somebody joins; now and then it is a decoy, who counts nowhere."""
        dice = self.dice
        decoy = dice.random() < 0.1
        entry = Practitioner.objects.create(status="verified", display_name="Sample Person", decoy=decoy)
        person = self.people[entry.pk] = Person(entry.pk, decoy=decoy)
        self._live_in(person, dice.choice(COUNTRIES))
        self._work_as(person, dice.choice(TRADES), dice.choice(["", "", *TRADES]))
        self._join(person, dice.choice(list(self._networks)))
        if dice.random() < 0.4:
            self._advise(person, dice.choice(GUIDES))

    def _set_status(self, person: Person, status: str) -> None:
        person.status = status
        as_system("snapshot").filter(pk=person.pk).update(status=status)

    def stop(self) -> None:
        if person := self._some(*IN_COUNTS):
            self._set_status(person, self.dice.choice([*OUT_OF_COUNTS, "due"]))

    def return_(self) -> None:
        if person := self._some(*OUT_OF_COUNTS):
            self._set_status(person, "verified")

    def move(self) -> None:
        if person := self._some():
            self._live_in(person, self.dice.choice(COUNTRIES))

    def _live_in(self, person: Person, country: str) -> None:
        person.country = country
        as_system("snapshot").get(pk=person.pk).areas.set([self._places[country]])

    def retrain(self) -> None:
        if person := self._some():
            self._work_as(person, self.dice.choice(TRADES), self.dice.choice(["", *TRADES]))

    def _work_as(self, person: Person, trade: str, second: str) -> None:
        person.trade, person.second_trade = trade, second
        as_system("snapshot").filter(pk=person.pk).update(profession=term(trade))
        as_system("snapshot").get(pk=person.pk).terms.set([term(second)] if second else [])

    def join(self) -> None:
        if person := self._some():
            self._join(person, self.dice.choice(list(self._networks)))

    def _join(self, person: Person, slug: str) -> None:
        if slug not in person.networks:
            person.networks.add(slug)
            Membership.objects.create(practitioner_id=person.pk, network=self._networks[slug])

    def leave(self) -> None:
        if (person := self._some()) and person.networks:
            slug = self.dice.choice(sorted(person.networks))
            person.networks.discard(slug)
            rows = Membership.objects.filter(practitioner=person.pk, network=self._networks[slug], ended=None)
            rows.update(ended="2026-11-01")

    def go(self) -> None:
        """Erased: gone from the database."""
        if person := self._some():
            del self.people[person.pk]
            as_system("snapshot").filter(pk=person.pk).delete()

    def advise(self) -> None:
        if (person := self._some()) and not person.guide:
            self._advise(person, self.dice.choice(GUIDES))

    def _advise(self, person: Person, guide: str) -> None:
        person.guide = guide
        GuideAdviser.objects.create(practitioner_id=person.pk, guide_key=guide)


def _partitions() -> set[str]:
    return set(SnapshotCell.objects.values_list("partition", flat=True))


def _within(band: int) -> tuple[int, float]:
    """How many people there are at least and at most where this band stands."""
    above = [each for each in EDGES if each > band]
    return max(0, band - HELD_BACK), above[0] - 1 + HELD_BACK if above else float("inf")


def _holds(cell: Cell, inner: Cell) -> bool:
    """Whether everybody in a cell is also in another one, whoever they are."""
    parts = inner[1].split(":")
    if inner[0] == "profession × country":
        return cell in {("profession", parts[0]), ("country", parts[1])}
    return inner[0] == "guide" and len(parts) == 2 and cell in {("guide", parts[0]), ("country", parts[1])}


def histories(how_many: int, seed: int, *, enough: Enough = never) -> Outcome:
    """So many histories of a year and a half."""
    outcome = Outcome()
    for each in range(how_many):
        outcome.found += History(seed + each, outcome).run()
        outcome.done += 1
        if enough(outcome):
            break
    return outcome
