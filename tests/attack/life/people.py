"""What the life of an entry should be, written a second time from the specification: plain facts, no database.

Source: “Lifecycle of a member” of the architecture. `Person` is who the acts are done to and by.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.attack.oracle import IN_DIRECTORY, Looker, Shown

YEAR, DUE, DORMANT, ERASED = timedelta(days=365), timedelta(days=30), timedelta(days=30), timedelta(days=180)
APPEAL = timedelta(days=30)
RENEWABLE = ("verified", "due", "stale", "dormant")
STOPPABLE = (*sorted(IN_DIRECTORY), "paused", "dormant")
FORGETTABLE = ("dormant", "paused", "left", "withdrawn", "suspended", "refused")


@dataclass
class Vetting:
    """An application: by whom it was recorded and decided, as (person, organisation)."""

    network: int
    reference: str
    secret: str = ""
    confirmed: bool = False
    recorded: tuple[int, int] | None = None
    decided: tuple[int, int] | None = None
    decided_at: datetime | None = None
    appealed: bool = False
    closed: bool = False
    closed_at: datetime | None = None
    refused: bool = False
    withdrawn: bool = False


@dataclass
class Stop:
    """A suspension that was not lifted: its reference, whose, of which network, and whether of all of it."""

    reference: str
    by: int
    network: int
    whole: bool


@dataclass
class Person:
    """One entry. `account` is the e-mail address of its account, "" while there is none."""

    pk: int
    public_id: str
    token: str
    status: str
    audiences: dict[str, str]
    email: str = ""
    account: str = ""
    organisation: int | None = None
    networks: set[int] = field(default_factory=set)
    coordinates: set[int] = field(default_factory=set)
    stops: list[Stop] = field(default_factory=list)
    stood: str = ""
    next_due: date | None = None
    vetted: bool = False
    authority: bool = False
    open_to_authority: bool = False
    vetting: Vetting | None = None
    made: datetime = datetime.min

    def __str__(self) -> str:
        return f"{self.token} ({self.status}, networks {sorted(self.networks)}, {self.audiences})"

    @property
    def listed(self) -> bool:
        return self.status in IN_DIRECTORY

    def shown(self) -> Shown:
        """What the oracle is asked about them."""
        return Shown(self.pk, frozenset(self.networks), self.status, self.open_to_authority, self.audiences)

    def looker(self, partners: dict[int, int]) -> Looker:
        """What the oracle is told of their looking; coordinators stopped with their whole network keep its desk."""
        member = self.listed and bool(self.networks)
        near = frozenset(partners[each] for each in self.networks if each in partners) - self.networks if member else ()
        return Looker(
            self.token,
            member=member,
            networks=frozenset(self.networks) if member else frozenset(),
            partners=frozenset(near),
            coordinates=frozenset(self.desk()),
            authority=self.authority,
            owns=frozenset({self.pk}),
        )

    def desk(self) -> set[int]:
        """Networks for which they may act now."""
        if self.listed:
            return self.coordinates
        if self.status == "suspended" and all(stop.whole for stop in self.stops):
            return self.coordinates & {stop.network for stop in self.stops}
        return set()

    def by_date(self, today: date) -> str:
        """Where a vetted entry stands by the day that its confirmation runs out."""
        if self.next_due is None or today < self.next_due - DUE:
            return "verified"
        if today < self.next_due:
            return "due"
        return "stale" if today < self.next_due + DORMANT else "dormant"

    def renewed(self, today: date) -> None:
        self.status, self.next_due = "verified", today + YEAR

    def aged(self, today: date) -> None:
        """What a day's work does to a silent owner's entry, short of erasing it."""
        if self.status in RENEWABLE and self.next_due is not None:
            stands = self.by_date(today)
            if RENEWABLE.index(stands) > RENEWABLE.index(self.status):
                self.status = stands

    def forgotten(self, today: date) -> bool:
        """Whether it is erased today, whatever state it ended in."""
        return self.status in FORGETTABLE and self.next_due is not None and self.next_due <= today - ERASED

    def stop(self, stop: Stop) -> None:
        """One thing more that stops it; where it stood before is kept."""
        if self.status != "suspended":
            self.stood, self.status = self.status, "suspended"
        self.stops.append(stop)

    def lifted(self, reference: str, today: date) -> None:
        """Back by its date when nothing stops it any more; who had hidden themselves stays hidden."""
        before = len(self.stops)
        self.stops = [each for each in self.stops if each.reference != reference]
        if before and not self.stops and self.status == "suspended":
            self.status = "dormant" if self.stood in ("paused", "dormant") else self.by_date(today)

    def ended(self) -> None:
        """Out of every network."""
        self.networks, self.coordinates = set(), set()
