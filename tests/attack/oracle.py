"""Who may see what of an entry, written a second time from the specification: it imports nothing of the product.

Source: the tables of the field list and the rules of “People and privacy”. If this and network/policy disagree, one of
them is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

REACH = {"nobody": 0, "network": 1, "partners": 2, "members": 3, "public": 4}
IN_DIRECTORY = {"verified", "due", "stale"}
KNOWN_TO_COORDINATORS = IN_DIRECTORY | {"dormant", "paused", "suspended"}
SECOND_SWITCH = {"undocumented", "corridors"}
GROUPS = (
    "listing", "networks", "name", "profession", "post", "area", "languages", "practice", "undocumented",
    "availability", "advice", "corridors", "duty_line", "badge", "verification", "contact",
)  # fmt: skip
WIDEST = dict.fromkeys(GROUPS, "public") | {
    "availability": "members", "corridors": "members", "badge": "members", "verification": "members",
    "contact": "members",
}  # fmt: skip

# Where a group stands until its owner decides.
FIRST = dict.fromkeys(GROUPS, "members") | {
    "name": "network", "verification": "network", "contact": "nobody",
    "post": "partners", "undocumented": "partners", "availability": "partners", "corridors": "partners",
}  # fmt: skip


@dataclass(frozen=True)
class Looker:
    """Somebody who looks. `member`: an entry in the directory, in a network, signed in with a second factor."""

    name: str
    member: bool = False
    networks: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()
    coordinates: frozenset[int] = frozenset()
    authority: bool = False
    owns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Shown:
    """An entry as its owner and its coordinators left it."""

    pk: int
    networks: frozenset[int]
    status: str = "verified"
    open_to_authority: bool = False
    audiences: Mapping[str, str] = field(default_factory=dict)


def nearness(looker: Looker, entry: Shown) -> int:
    """The narrowest audience that holds the looker, as its reach."""
    if may_vet(looker, entry) and entry.status not in IN_DIRECTORY:
        return REACH["network"]  # at the desk, where coordinators stay who are stopped with their whole network
    if not looker.member:
        return REACH["public"]
    if looker.networks & entry.networks:
        return REACH["network"]
    return REACH["partners"] if looker.partners & entry.networks else REACH["members"]


def sees(looker: Looker, entry: Shown, group: str) -> bool:
    """Whether a looker may see a field group of an entry on any page."""
    if entry.pk in looker.owns:
        return entry.status != "erased"
    if entry.status not in IN_DIRECTORY and not may_vet(looker, entry):
        return False
    reach = min(REACH[entry.audiences[group]], REACH[entry.audiences["listing"]])
    if group in SECOND_SWITCH and not entry.open_to_authority:
        if looker.authority:
            return False
        reach = min(reach, REACH["members"])
    listed = group == "listing" or sees(looker, entry, "listing")
    return listed and nearness(looker, entry) <= reach


def may_vet(looker: Looker, entry: Shown) -> bool:
    """Coordinators also know who of their networks is dormant, paused or suspended: not who only applied, or left."""
    return entry.status in KNOWN_TO_COORDINATORS and bool(looker.coordinates & entry.networks)


def finds(looker: Looker, entry: Shown) -> bool:
    """Whether lists and searches may show the entry to a looker at all."""
    return entry.status in IN_DIRECTORY and sees(looker, entry, "listing")


def reveals(looker: Looker, entry: Shown) -> bool:
    """Members ask for what is opened to them, of the directory only; one's own contact stands on one's own page."""
    if not looker.member or entry.pk in looker.owns or entry.status not in IN_DIRECTORY:
        return False
    return sees(looker, entry, "contact")
