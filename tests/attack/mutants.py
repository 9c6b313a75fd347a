# ruff: noqa: E501 - a mutant names a line of code as it stands
"""Lines of the policy, each switched off in turn: a proof that does not notice one proves nothing about it.

A mutant changes one line of one function while the product runs; everything that imported the function meets the
change, because its code object is exchanged and not the function.
"""

import importlib
import inspect
import textwrap
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@contextmanager
def running(mutant: Mutant) -> Iterator[None]:
    """Inside, the line is switched off; a line that is no longer there fails, so that the list stays true."""
    function: Any = mutant.function
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(mutant.line) == 1, f"this line stands {source.count(mutant.line)} times: {mutant.line}"
    space: dict[str, Any] = dict(function.__globals__)
    exec(compile(source.replace(mutant.line, mutant.instead), function.__code__.co_filename, "exec"), space)  # noqa: S102
    changed = space[function.__name__]
    was: types.CodeType = function.__code__
    function.__code__ = changed.__code__
    try:
        yield
    finally:
        function.__code__ = was


MUTANTS = [
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
]  # fmt: skip
