"""Two worlds that differ only in what a viewer may not see: whatever they ask, both answer the same.

Either the whole entry is hidden from the viewer, and one world lacks it; or one of its field groups is, and the worlds
differ in what stands there.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.test import Client

from network.models import Membership, Practitioner, SpokenLanguage
from network.policy import as_system, principals_of
from search.document import FACETS
from search.indexer import index_keys
from search.models import OutboxEntry
from search.query import SearchQuery
from search.services import near, search, understand
from tests.attack.oracle import GROUPS, WIDEST, Shown, finds, may_vet, sees
from tests.attack.world import STEPS, Viewer, World
from tests.network.factories import term

# What an answer may differ in without telling anything: tokens against forgery and of the page's scripts.
MASKS = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(r'nonce="[^"]+"|nonce-[^\']+'),
    re.compile(r"csrftoken=[^;]+"),
)
WORDS = (
    "nurse", "Albanian", "police officer near Tirana", "lantern", "street work", "KZ", "nobody", "a", '"night bus"',
    "-nurse lawyer", "медсестра", "undocumented", "lan", "works with undocumented",
)  # fmt: skip
STATUSES = ("verified", "verified", "verified", "due", "stale", "paused", "suspended", "dormant", "applied", "left")
PROFESSIONS = ("nurse", "lawyer", "teacher")
LANGUAGES = ("sq", "el", "ru")


@dataclass(frozen=True)
class Difference:
    """A question whose answer told of what is hidden."""

    seed: int
    viewer: str
    hidden: str
    asked: str


def differences(world: World, seeds: Sequence[int]) -> Iterator[Difference]:
    """One case a seed; a case without a viewer from whom something is hidden is drawn again."""
    for seed in seeds:
        dice = random.Random(seed)
        case = None
        while case is None:
            case = _draw(world, dice)
        name, hidden, change = case
        viewer, asked = world.viewers[name], list(_questions(world, dice))
        entry, undo = change()
        asked.append(("page", f"/en/people/{entry.public_id}/"))
        one = [_answer(viewer, each) for each in asked]
        undo()
        other = [_answer(viewer, each) for each in asked]
        Practitioner.delete(entry)
        _index(entry)
        for each, first, second in zip(asked, one, other, strict=True):
            if first != second:
                yield Difference(seed, name, hidden, str(each))


def _index(entry: Practitioner) -> None:
    """Brings the index up to the database; with a change waiting, people would come from the database instead."""
    index_keys([f"person:{entry.public_id}"])
    OutboxEntry.objects.all().delete()


Change = Callable[[], tuple[Practitioner, Callable[[], None]]]


def _draw(world: World, dice: random.Random) -> tuple[str, str, Change] | None:
    name = dice.choice(list(world.viewers))
    looker = world.viewers[name].looker
    network = dice.choice([world.a, world.b, world.p])
    audiences = {group: dice.choice(STEPS[: STEPS.index(WIDEST[group]) + 1]) for group in GROUPS}
    audiences |= {"contact": "nobody"}
    shown = Shown(-1, frozenset({network.pk}), dice.choice(STATUSES), audiences=audiences)
    make = partial(_make, network.pk, shown, dice)
    if not finds(looker, shown):
        return None if may_vet(looker, shown) else (name, "the entry", partial(_there_and_gone, make))
    closed = [group for group in VALUES if not sees(looker, shown, group)]
    if not closed:
        return None
    group = dice.choice(closed)
    return name, group, partial(_one_and_other, make, group, dice)


def _there_and_gone(make: Callable[[], Practitioner]) -> tuple[Practitioner, Callable[[], None]]:
    entry = make()

    def undo() -> None:
        # Erased is as if it had never been.
        as_system("index").filter(pk=entry.pk).update(status="erased")
        _index(entry)

    return entry, undo


def _one_and_other(
    make: Callable[[], Practitioner], group: str, dice: random.Random
) -> tuple[Practitioner, Callable[[], None]]:
    entry = make()
    first, second = dice.sample(range(3), 2)
    _fill(entry, group, first)

    return entry, partial(_fill, entry, group, second)


def _fill(entry: Practitioner, group: str, number: int) -> None:
    VALUES[group](entry, number)
    entry.save()
    _index(entry)


def _make(network: int, shown: Shown, dice: random.Random) -> Practitioner:
    entry = Practitioner.objects.create(
        status=shown.status,
        display_name=dice.choice(["Lantern Hidden", "Nobody Atall"]),
        confirmed_at=f"2026-0{dice.randint(1, 9)}-01",
        open_to_authority=shown.open_to_authority,
        **{f"{group}_for": audience for group, audience in shown.audiences.items()},
    )
    Membership.objects.create(practitioner=entry, network_id=network)
    for group, fill in VALUES.items():
        if group != "name":
            fill(entry, dice.randrange(3))
    entry.save()
    _index(entry)
    return entry


def _speak(entry: Practitioner, number: int) -> None:
    entry.languages.all().delete()
    SpokenLanguage.objects.create(practitioner=entry, language=LANGUAGES[number])


def _works_undocumented(entry: Practitioner, number: int) -> None:
    entry.works_with_undocumented = [None, True, False][number]
    entry.firewall_statement = ["", "lantern", "night bus"][number]


# What may stand in each group: three values, that questions ask for.
VALUES: Mapping[str, Callable[[Practitioner, int], None]] = {
    "name": lambda entry, number: setattr(entry, "display_name", ["Lantern One", "Nobody Two", "Albanian"][number]),
    "profession": lambda entry, number: setattr(entry, "profession_id", term(PROFESSIONS[number]).pk),
    "post": lambda entry, number: setattr(entry, "function", ["", "lantern", "night bus"][number]),
    "languages": _speak,
    "practice": lambda entry, number: entry.terms.set([term(["street-work", "outreach", "hotline"][number], "method")]),
    "undocumented": _works_undocumented,
    "availability": lambda entry, number: setattr(entry, "availability", ["now", "away", "full"][number]),
    "advice": lambda entry, number: setattr(entry, "offers", ["", "lantern", "night bus"][number]),
    "corridors": lambda entry, number: setattr(entry, "corridors", [[], ["KZ"], ["GR"]][number]),
    "duty_line": lambda entry, number: setattr(entry, "duty_line", ["", "lantern", "116"][number]),
}


def _questions(world: World, dice: random.Random) -> Iterator[tuple[Any, ...]]:
    """What a curious viewer would ask: by words, by facets, by place, and pages that list or count people."""
    for _each in range(2):
        facets = dict([_facet(world, dice)]) if dice.random() < 0.7 else {}
        text = dice.choice([*WORDS, "Lantern Hidden", "Nobody"]) if dice.random() < 0.7 or not facets else ""
        yield ("search", text, tuple(facets.items()), dice.choice(["", "", "", "Tirana"]))
    if dice.random() < 0.5:
        return
    slug = dice.choice([world.a, world.b, world.p]).slug
    yield "page", dice.choice(_pages(slug))


def _pages(slug: str) -> list[str]:
    return [
        "/en/people/",
        "/en/people/?q=lantern",
        "/en/people/?profession=nurse&language=sq",
        f"/en/networks/{slug}/",
        "/en/search/?q=lantern",
        "/en/search/?q=nurse&kind=person",
        "/en/gaps/",
        "/en/corridors/?from=AL&to=KZ",
    ]


def _facet(world: World, dice: random.Random) -> tuple[str, tuple[str, ...]]:
    values = {
        "profession": PROFESSIONS,
        "language": LANGUAGES,
        "method": ("street-work", "outreach"),
        "network": (world.a.slug, world.b.slug, world.p.slug),
        "availability": ("now", "away", "full"),
        "undocumented": ("yes",),
        "target_group": ("undocumented-migrants",),
    }
    name = dice.choice(list(values))
    return name, (dice.choice(values[name]),)


def _answer(viewer: Viewer, asked: tuple[Any, ...]) -> Any:
    if asked[0] == "page":
        answer = _client(viewer).get(asked[1])
        text = f"{answer.status_code}\n{answer.headers}\n{answer.content.decode()}"
        for mask in MASKS:
            text = mask.sub("", text)
        return text
    _search, text, facets, place = asked
    question = SearchQuery(
        principals=principals_of(viewer.user, second_factor=viewer.second_factor),
        language="en",
        understood=understand(text, "en"),
        kinds=("person",),
        facets=dict(facets),
        near=near(place) if place else None,
        size=50,
        counted=FACETS,
    )
    return search(question)


_clients: dict[int, Client] = {}


def _client(viewer: Viewer) -> Client:
    return _clients.setdefault(id(viewer), viewer.client())
