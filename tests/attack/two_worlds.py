"""Two worlds that differ only in what a viewer may not see: whatever they ask, both answer the same.

Either whole entries are hidden from the viewer, and one world lacks them; or one field group of entries is, and the
worlds differ in what stands there. Several cases share a viewer, what is hidden, and the way in which the worlds
differ, so that all of them are asked at once and none can hide what another tells: in a batch everything hidden goes,
or everything changes from the same value to the same other.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from network.models import Membership, Practitioner, SpokenLanguage
from search.indexer import index_keys
from search.models import OutboxEntry
from tests.attack.asking import Asking
from tests.attack.oracle import GROUPS, WIDEST, Shown, finds, may_vet, sees
from tests.attack.questions import Question, Questions
from tests.attack.world import STEPS, Viewer, World
from tests.network.factories import term

STATUSES = ("verified", "verified", "verified", "due", "stale", "paused", "suspended", "dormant", "applied", "left")
SIZES = (1, 12, 24, 36, 48)
# Addresses of entries that one batch opens, each of another kind.
MOST_ENTRIES = 5
ENTRY = "the entry"
# Three values that may stand in each group, which questions ask for.
VALUES: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "name": [{"display_name": each} for each in ("Lantern One", "Nobody Two", "Albanian")],
    "profession": [{"profession_id": each} for each in ("nurse", "lawyer", "teacher")],
    "post": [{"function": each} for each in ("", "lantern", "night bus")],
    "languages": [{"speaks": each} for each in ("sq", "el", "ru")],
    "practice": [{"method": each} for each in ("street-work", "outreach", "hotline")],
    "undocumented": [
        {"works_with_undocumented": None, "firewall_statement": ""},
        {"works_with_undocumented": True, "firewall_statement": "lantern"},
        {"works_with_undocumented": False, "firewall_statement": "night bus"},
    ],
    "availability": [{"availability": each} for each in ("now", "away", "full")],
    "advice": [{"offers": each} for each in ("", "lantern", "night bus")],
    "corridors": [{"corridors": each} for each in ([], ["KZ"], ["GR"])],
    "duty_line": [{"duty_line": each} for each in ("", "lantern", "116")],
}


@dataclass(frozen=True)
class Case:
    """One hidden entry, or one with a hidden group: what the oracle knows of it, and which values stand in it."""

    shown: Shown
    numbers: Mapping[str, int]
    confirmed: str


@dataclass(frozen=True)
class Batch:
    """Cases with what they share. `hidden` is the whole entry or a field group, which goes from `first` to `second`."""

    name: str
    viewer: str
    hidden: str
    first: int
    second: int
    cases: Sequence[Case]


@dataclass(frozen=True)
class Difference:
    """A question whose answer told of what is hidden; `case` tells by itself, where that was looked for."""

    batch: str
    viewer: str
    hidden: str
    case: Case | None
    asked: Question


@dataclass(frozen=True)
class Outcome:
    """What came of one batch."""

    cases: int
    differences: Sequence[Difference]


def compared(world: World, cases: int, seed: object) -> Iterator[Outcome]:
    """So many cases, batch by batch, always the same of a seed."""
    asking, done, number = Asking(world), 0, 0
    while done < cases:
        batch, questions = draw(world, f"{seed}/{number}", cases - done)
        yield Outcome(len(batch.cases), list(_differences(asking, batch, questions)))
        done, number = done + len(batch.cases), number + 1


def draw(world: World, name: str, most: int) -> tuple[Batch, list[Question]]:
    """The batch of this name with at most so many cases, and what is asked."""
    dice = random.Random(name)
    viewer = dice.choice(list(world.viewers))
    hidden, size = "", min(most, dice.choice(SIZES))
    cases: list[Case] = []
    while len(cases) < size:
        case = _case(world, dice)
        closed = _closed(world.viewers[viewer], case.shown)
        hidden = hidden or (dice.choice(closed) if closed else "")
        if hidden in closed:
            cases.append(case)
    first, second = dice.sample(range(3), 2)
    questions = Questions(world, dice).drawn(searches=3 + size // 2, pages=2 + size // 6)
    return Batch(name, viewer, hidden, first, second, cases), questions


def _closed(viewer: Viewer, shown: Shown) -> list[str]:
    """What of an entry the oracle denies the viewer, as far as worlds can differ in it."""
    looker = viewer.looker
    if not finds(looker, shown):
        return [] if may_vet(looker, shown) else [ENTRY]
    return [group for group in VALUES if not sees(looker, shown, group)]


def _case(world: World, dice: random.Random) -> Case:
    networks = dice.sample([world.a, world.b, world.p], dice.choice([1, 1, 1, 2]))
    audiences = {group: dice.choice(STEPS[: STEPS.index(WIDEST[group]) + 1]) for group in GROUPS}
    shown = Shown(
        -1,
        frozenset(network.pk for network in networks),
        dice.choice(STATUSES),
        dice.random() < 0.3,
        audiences | {"contact": "nobody"},
    )
    return Case(shown, {group: dice.randrange(3) for group in VALUES}, f"2026-0{dice.randint(1, 9)}-01")


def _differences(asking: Asking, batch: Batch, questions: Sequence[Question]) -> Iterator[Difference]:
    """Questions that tell; the first is asked again of every case alone, to find the one that tells."""
    for number, told in enumerate(_telling(asking, batch, questions)):
        alone = [replace(batch, cases=[case]) for case in batch.cases] if number == 0 else []
        guilty = next((one.cases[0] for one in alone if any(_telling(asking, one, [told]))), None)
        yield Difference(batch.name, batch.viewer, batch.hidden, guilty, told)


def _telling(asking: Asking, batch: Batch, questions: Sequence[Question]) -> list[Question]:
    entries = _made(batch)
    own = [Question(page=f"/en/people/{entry.public_id}/") for entry in _of_each_kind(entries)]
    asked = [*questions, *own]
    one = asking.answers(batch.viewer, asked)
    if batch.hidden == ENTRY:
        _gone(entries)
        # An address that never was anybody's is in the place of each entry's.
        nobody = Question(page=f"/en/people/{asking.nobody}/")
        told = asking.unlike_before(batch.viewer, [*questions, *(nobody for _each in own)], one)
    else:
        _change(entries, batch.hidden, batch.second)
        other = asking.answers(batch.viewer, asked)
        told = [number for number, (first, second) in enumerate(zip(one, other, strict=True)) if first != second]
        _gone(entries)
    return [asked[number] for number in told]


def _of_each_kind(entries: Sequence[Practitioner]) -> list[Practitioner]:
    """One for each state and audience: a page costs as much as three searches."""
    return list({(each.status, each.listing_for): each for each in entries}.values())[:MOST_ENTRIES]


def _made(batch: Batch) -> list[Practitioner]:
    """The cases as rows and in the index, written without the outbox: with a change waiting, people would come from
    the database instead."""
    entries = [_entry(case) for case in batch.cases]
    Practitioner._base_manager.bulk_create(entries)
    rows = [
        Membership(practitioner=entry, network_id=network)
        for entry, case in zip(entries, batch.cases, strict=True)
        for network in case.shown.networks
    ]
    Membership._base_manager.bulk_create(rows)
    for group in ("languages", "practice"):
        for number in range(3):
            _hang([e for e, c in zip(entries, batch.cases, strict=True) if c.numbers[group] == number], group, number)
    if batch.hidden == ENTRY:
        _index(entries)
    else:
        _change(entries, batch.hidden, batch.first)
    return entries


def _entry(case: Case) -> Practitioner:
    columns: dict[str, Any] = {}
    for group in VALUES.keys() - {"languages", "practice"}:
        columns |= VALUES[group][case.numbers[group]]
    if "profession_id" in columns:
        term(columns["profession_id"])
    shown = case.shown
    return Practitioner(
        status=shown.status,
        confirmed_at=case.confirmed,
        open_to_authority=shown.open_to_authority,
        **columns,
        **{f"{group}_for": audience for group, audience in shown.audiences.items()},
    )


def _hang(entries: Sequence[Practitioner], group: str, number: int) -> None:
    value = VALUES[group][number]
    if group == "languages":
        rows = [SpokenLanguage(practitioner=entry, language=value["speaks"]) for entry in entries]
        SpokenLanguage._base_manager.bulk_create(rows)
        return
    through: Any = Practitioner.terms.through
    method = term(value["method"], "method").pk
    through._base_manager.bulk_create([through(practitioner=entry, term_id=method) for entry in entries])


def _change(entries: Sequence[Practitioner], group: str, number: int) -> None:
    """Another value in a group of all of them."""
    if group in ("languages", "practice"):
        kept: Any = SpokenLanguage if group == "languages" else Practitioner.terms.through
        kept._base_manager.filter(practitioner__in=entries)._raw_delete("default")
        _hang(entries, group, number)
    else:
        columns = VALUES[group][number]
        if "profession_id" in columns:
            term(columns["profession_id"])
        Practitioner._base_manager.filter(pk__in=[entry.pk for entry in entries]).update(**columns)
    _index(entries)


def _gone(entries: Sequence[Practitioner]) -> None:
    pks = [entry.pk for entry in entries]
    for kept in (Membership, SpokenLanguage, Practitioner.terms.through):
        kept._base_manager.filter(practitioner__in=pks)._raw_delete("default")  # type: ignore[attr-defined]
    Practitioner._base_manager.filter(pk__in=pks)._raw_delete("default")
    _index(entries)


def _index(entries: Sequence[Practitioner]) -> None:
    index_keys([f"person:{entry.public_id}" for entry in entries])
    OutboxEntry.objects.all().delete()
