"""The distinct ways in which one entry is seen, for the index: every viewer matches at most one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from network.policy import faces
from network.policy.audiences import (
    GROUPS,
    LEVELS,
    NARROW_FOR_AUTHORITY,
    UNDOCUMENTED_TERMS,
    Audience,
    principals_at,
    reaches,
)
from network.policy.authority import AUTHORITY, seen_by_authority
from network.policy.redaction import audience_of
from network.policy.visibility import LISTED
from search.query import browsing

if TYPE_CHECKING:
    from network.models import Practitioner


@dataclass(frozen=True, slots=True)
class EntryView:
    """Who sees these groups: those who hold one of `principals` and none of `not_for`."""

    name: str
    groups: frozenset[str]
    principals: frozenset[str]
    not_for: frozenset[str]


def views_of(entry: "Practitioner") -> list[EntryView]:
    """The views of an entry read with `for_cards()`; none when it is not in the directory.

    Coordinators also hold `network:<id>` of their networks: in the directory they see what their members see.
    """
    if entry.status not in LISTED:
        return []
    owner = frozenset({f"owner:{entry.pk}"})
    own = EntryView("owner", frozenset(GROUPS), owner, frozenset())
    plain = _ladder(entry, closed=frozenset())
    narrow = _ladder(entry, closed=frozenset() if entry.open_to_authority else NARROW_FOR_AUTHORITY)
    if [view.groups for view in plain] == [view.groups for view in narrow]:
        return _met(entry, [own, *(_except(view, owner) for view in plain)])
    others = [_except(view, owner | {AUTHORITY}) for view in plain]
    for view in narrow:
        held, nearer = seen_by_authority(view.principals), seen_by_authority(view.not_for)
        others.append(EntryView(f"{view.name}+{AUTHORITY}", view.groups, held, nearer | owner))
    return _met(entry, [own, *others])


def _met(entry: "Practitioner", views: list[EntryView]) -> list[EntryView]:
    """A decoy's views are met by questions by facets alone: whoever asks otherwise lacks the composite principal."""
    if not entry.decoy:
        return views
    return [
        EntryView(view.name, view.groups, browsing(view.principals) - view.principals, view.not_for) for view in views
    ]


def _except(view: EntryView, more: frozenset[str]) -> EntryView:
    return EntryView(view.name, view.groups, view.principals, view.not_for | more)


def _ladder(entry: "Practitioner", closed: frozenset[str]) -> list[EntryView]:
    """One view a level, levels that see the same joined; nearer levels see more and are kept out of farther ones."""
    networks = [network.id for network in faces.networks(entry)]
    audiences = {group: audience_of(entry, group) for group in GROUPS if group not in closed and _filled(entry, group)}
    rungs: list[EntryView] = []
    for level in LEVELS:
        groups = frozenset(group for group, audience in audiences.items() if reaches(audience, level))
        principals = principals_at(level, networks)
        if level == Audience.PARTNERS:
            principals -= principals_at(Audience.NETWORK, networks)
        if "listing" not in groups or not principals:
            continue
        if rungs and rungs[-1].groups == groups:
            last = rungs.pop()
            rungs.append(EntryView(last.name, groups, last.principals | principals, frozenset()))
        else:
            rungs.append(EntryView(str(level), groups, principals, frozenset()))
    nearer: frozenset[str] = frozenset()
    ladder: list[EntryView] = []
    for rung in reversed(rungs):
        ladder.append(EntryView(rung.name, rung.groups, rung.principals, nearer))
        nearer |= rung.principals
    return ladder[::-1]


def _filled(entry: "Practitioner", group: str) -> bool:
    """Whether hiding the group makes a difference; only the second switch's groups are often empty."""
    if group == "undocumented":
        said = entry.works_with_undocumented is not None or bool(entry.firewall_id or entry.firewall_statement)
        return said or any(each.id in UNDOCUMENTED_TERMS for each in faces.terms(entry).get("target_group", ()))
    return bool(entry.corridors) if group == "corridors" else True
