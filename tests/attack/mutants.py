# ruff: noqa: E501 - a mutant names a line of code as it stands
"""Lines of the policy, each switched off in turn: a proof that does not notice one proves nothing about it.

A mutant changes one line of one function while the product runs; everything that imported the function meets the
change, because its code object is exchanged and not the function.
"""

import importlib
import inspect
import sys
import textwrap
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from network.policy import audiences, authority, principals, redaction, visibility

# The package exports a function of the module's name.
views = importlib.import_module("network.policy.views_of")


@dataclass(frozen=True)
class Mutant:
    """One line of `function`, and what stands there instead."""

    function: Callable[..., Any]
    line: str
    instead: str

    def __str__(self) -> str:
        return f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}: {self.line.strip()[:60]}"


@dataclass(frozen=True)
class Without:
    """A constant of the policy that holds something else: mostly one item less."""

    module: ModuleType
    name: str
    instead: Any
    what: str

    def __str__(self) -> str:
        return f"{self.module.__name__.rpartition('.')[2]}.{self.name} {self.what}"


def each_item_of(module: ModuleType, name: str) -> list[Without]:
    """Each item of a tuple, set or mapping left out in turn."""
    held = getattr(module, name)
    if isinstance(held, Mapping):
        return [Without(module, name, {k: v for k, v in held.items() if k != each}, f"without {each}") for each in held]
    items = list(held) if isinstance(held, tuple) else sorted(held)
    return [
        Without(module, name, type(held)(kept for kept in items if kept != each), f"without {each}") for each in items
    ]


@contextmanager
def running(mutant: Mutant | Without) -> Iterator[None]:
    """Inside, the line is switched off; a line that is no longer there fails, so that the list stays true."""
    with _line_changed(mutant) if isinstance(mutant, Mutant) else _constant_changed(mutant):
        yield


@contextmanager
def _line_changed(mutant: Mutant) -> Iterator[None]:
    function: Any = mutant.function
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(mutant.line) == 1, f"this line stands {source.count(mutant.line)} times: {mutant.line}"
    space: dict[str, Any] = dict(function.__globals__)
    exec(compile(source.replace(mutant.line, mutant.instead), function.__code__.co_filename, "exec"), space)  # noqa: S102
    changed = space[function.__name__]
    was: types.CodeType = function.__code__
    # What is decorated is changed beneath.
    function.__code__ = inspect.unwrap(getattr(changed, "fget", changed)).__code__
    _forget(function)
    try:
        yield
    finally:
        function.__code__ = was
        _forget(function)


def _forget(function: Any) -> None:
    """What a function remembers was answered by another one."""
    held = getattr(sys.modules[function.__module__], function.__name__, None)
    getattr(held, "cache_clear", lambda: None)()


@contextmanager
def _constant_changed(mutant: Without) -> Iterator[None]:
    """Wherever the constant was imported to."""
    was = getattr(mutant.module, mutant.name)
    holders = [
        each
        for name, each in sorted(sys.modules.items())
        if name.startswith("network.") and vars(each).get(mutant.name) is was
    ]
    for each in holders:
        setattr(each, mutant.name, mutant.instead)
    try:
        yield
    finally:
        for each in holders:
            setattr(each, mutant.name, was)


MUTANTS: list[Mutant | Without] = [
    # No group is wider than the listing.
    Mutant(redaction.audience_of, 'narrower(getattr(entry, f"{group}_for"), entry.listing_for)', 'getattr(entry, f"{group}_for")'),
    # What is closed to authorities is closed to everybody outside.
    Mutant(redaction.audience_of, "narrower(own, Audience.MEMBERS)", "own"),
    Mutant(redaction.audience_of, "and not entry.open_to_authority", ""),
    # The second switch.
    Mutant(redaction.visible_groups, "if AUTHORITY in principals and not entry.open_to_authority", "if False"),
    Mutant(redaction.visible_groups, "if group not in closed and", "if"),
    # Who is not in the directory is seen by coordinators of their networks only.
    Mutant(redaction.visible_groups, "if entry.status not in LISTED:", "if False:"),
    Mutant(redaction.visible_groups, "coordinated.isdisjoint(principals)", "False"),
    Mutant(redaction.visible_groups, "entry.status not in WITH_COORDINATORS or ", ""),
    # Terms that say the same as a closed group.
    Mutant(redaction.card, 'if "undocumented" not in groups and "target_groups" in shown:', "if False:"),
    # Choosing by a hidden group tells of it.
    Mutant(redaction.redact_all, "if showing in each.groups", ""),
    # Audiences.
    Mutant(audiences.principals_at, 'return frozenset({"member"})', 'return frozenset({"public"})'),
    Mutant(audiences.principals_at, 'ours | {f"partner:{network}" for network in networks}', 'frozenset({"member"})'),
    Mutant(audiences.principals_at, "if level == Audience.NETWORK:\n        return ours", 'if level == Audience.NETWORK:\n        return frozenset({"member"})'),
    Mutant(audiences.narrower, "WIDTH[one] <= WIDTH[other]", "WIDTH[one] >= WIDTH[other]"),
    Mutant(audiences.reaches, "audience != Audience.NOBODY and WIDTH[audience] >= WIDTH[level]", "True"),
    # What the database is asked for.
    Mutant(visibility.listed, "Q(status__in=LISTED) & (", "("),
    Mutant(visibility.listed, 'if "member" in principals:', "if True:"),
    Mutant(visibility.listed, "Q(listing_for__in=[Audience.NETWORK, Audience.PARTNERS]) & _in_one_of(ours, membership)", "Q(listing_for__in=[Audience.NETWORK, Audience.PARTNERS])"),
    Mutant(visibility.listed, "Q(listing_for=Audience.PARTNERS) & _in_one_of(partners, membership)", "Q(listing_for=Audience.PARTNERS)"),
    Mutant(visibility._in_one_of, "network__in=networks, ended=None", "ended=None"),
    Mutant(visibility._in_one_of, "network__in=networks, ended=None", "network__in=networks"),
    Mutant(visibility.known, "Q(status__in=WITH_COORDINATORS) & ", ""),
    # What the index holds.
    Mutant(views.views_of, "if entry.status not in LISTED:", "if False:"),
    Mutant(views.views_of, "frozenset() if entry.open_to_authority else NARROW_FOR_AUTHORITY", "frozenset()"),
    Mutant(views.views_of, "_except(view, owner | {AUTHORITY})", "_except(view, owner)"),
    Mutant(views._ladder, 'if "listing" not in groups or not principals:', "if not principals:"),
    Mutant(views._ladder, "EntryView(rung.name, rung.groups, rung.principals, nearer)", "EntryView(rung.name, rung.groups, rung.principals, frozenset())"),
    Mutant(views._ladder, "if reaches(audience, level)", ""),
    # What an account is.
    Mutant(principals.principals_of, "not user.is_active", "False"),
    Mutant(principals.principals_of, "not (second_factor or (settings.DEMO_SECOND_FACTOR and entry.sample))", "False"),
    Mutant(principals.principals_of, "if entry.status in LISTED and entry.network_rows:", "if True:"),
    Mutant(principals.principals_of, "if authority else frozenset(held)", "if False else frozenset(held)"),
    Mutant(authority.is_authority, "return marked or", "return"),
    Mutant(authority.held_by_authority, "| {AUTHORITY}", ""),
    # What the matrix of canaries meets besides.
    Mutant(audiences.principals_at, "if level == Audience.PUBLIC:", "if False:"),
    Mutant(audiences.principals_at, "if level == Audience.MEMBERS:", "if False:"),
    Mutant(audiences.ids, "each.startswith(prefix) and ", "':' in each and "),
    Mutant(visibility.listed, 'if "public" in principals:', "if False:"),
    Mutant(visibility.listed, "seen |= Q(listing_for=Audience.PUBLIC)", "seen |= ~Q(pk__in=[])"),
    Mutant(visibility.listed, "seen |= Q(listing_for=Audience.MEMBERS)", "seen |= ~Q(pk__in=[])"),
    Mutant(visibility.listed, "if ours:", "if False:"),
    Mutant(visibility.listed, "if partners:", "if False:"),
    Mutant(visibility.listed, "seen = Q(pk__in=[])", "seen = ~Q(pk__in=[])"),
    Mutant(visibility.known, 'if coordinated := ids(principals, "coordinator"):', "if coordinated := []:"),
    Mutant(redaction.visible_groups, 'f"owner:{entry.pk}" in principals and entry.status not in GONE', "False"),
    Mutant(redaction.card, "if each.id not in UNDOCUMENTED_TERMS", ""),
    Mutant(views._ladder, "if group not in closed and", "if"),
    Mutant(views.views_of, "if [view.groups for view in plain] == [view.groups for view in narrow]:", "if True:"),
    Mutant(views._filled, 'if group == "undocumented":', 'if group == "undocumented":\n        return False\n    if False:'),
    Mutant(views._filled, 'bool(entry.corridors) if group == "corridors" else True', 'group != "corridors"'),
    *each_item_of(visibility, "LISTED"),
    *each_item_of(visibility, "WITH_COORDINATORS"),
    *each_item_of(audiences, "NARROW_FOR_AUTHORITY"),
    *each_item_of(audiences, "UNDOCUMENTED_TERMS"),
    *each_item_of(audiences, "LEVELS"),
]  # fmt: skip
