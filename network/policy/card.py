"""What of an entry leaves the policy: plain data that one viewer may see, never the model."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from search.results import Card


class Labelled(NamedTuple):
    """A term, area, country or network: its lasting id and its name in the reader's language."""

    id: str
    label: str


class Area(NamedTuple):
    """An area large enough to be named; `around` are the ids of the areas that contain it, itself included.

    The point is the centroid of the area in degrees, from the public gazetteer.
    """

    id: str
    label: str
    country: str
    around: tuple[str, ...]
    latitude: float
    longitude: float


class Spoken(NamedTuple):
    """A language and how well it is spoken."""

    id: str
    label: str
    level: str
    mediates: bool


class InNetwork(NamedTuple):
    """A network somebody belongs to."""

    id: int
    slug: str
    label: str
    coordinator: bool


class Verification(NamedTuple):
    """Who verified an entry, how and when."""

    network: str
    method: str
    on: date | None
    next_due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCard(Card):
    """An entry as one viewer may see it. What they may not see is empty here, as if it had never been filled in.

    `ask_url` is where this viewer asks: the person themselves (`ask_directly`) or a network's coordinators.
    `groups` names the field groups this viewer may see, for sections that other apps add.
    """

    public_id: str
    groups: frozenset[str] = frozenset()
    name: str = ""
    profession: Labelled | None = None
    professions: tuple[Labelled, ...] = ()
    function: str = ""
    organisation: Labelled | None = None
    areas: tuple[Area, ...] = ()
    networks: tuple[InNetwork, ...] = ()
    languages: tuple[Spoken, ...] = ()
    target_groups: tuple[Labelled, ...] = ()
    exploitation: tuple[Labelled, ...] = ()
    stages: tuple[Labelled, ...] = ()
    methods: tuple[Labelled, ...] = ()
    settings: tuple[Labelled, ...] = ()
    works_with_undocumented: bool | None = None
    firewall: Labelled | None = None
    firewall_statement: str = ""
    corridors: tuple[Labelled, ...] = ()
    availability: Labelled | None = None
    available_until: date | None = None
    offers: str = ""
    looks_for: str = ""
    duty_line: str = ""
    verified: bool = False
    verification: Verification | None = None
    confirmed_at: date | None = None
    confirmed: str = ""
    hidden_state: str = ""
    sample: bool = False
    role_mailbox: bool = False
    own: bool = False
    ask_url: str = ""
    ask_directly: bool = False
    facts: tuple[str, ...] = field(default=())
