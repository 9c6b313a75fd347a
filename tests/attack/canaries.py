"""The canaries' crawl: what is opened, by whom, and which tokens of an answer the oracle denies to its reader.

`crawls(how_many, seed)` is the long form: worlds whose audiences are drawn, every viewer, many pages, and the CMS.
"""

import random
from collections.abc import Iterator

from network.models import Membership, Network, Organisation
from tests.attack import cms
from tests.attack import world as worlds
from tests.attack.crawl import Providers, Seen, addresses, crawl
from tests.attack.oracle import GROUPS, WIDEST, sees
from tests.attack.outcome import Enough, Outcome, never
from tests.attack.standing import ground, indexed
from tests.attack.world import STEPS, Canary, Viewer, World
from tests.site_tree import make_site

ASKED = ("language=sq", "country=AL", "undocumented=yes", "availability=now", "firewall=firewall-full")
MOST_PAGES, DEPTH, DRAWN = 600, 3, 25
STATUSES = ("verified", "verified", "due", "stale", "paused", "suspended", "dormant", "left", "applied")


def providers(world: World) -> Providers:
    """What to try for each argument of an address, by its name."""
    bodies = Organisation.objects.values_list("slug", flat=True)
    return {
        "public_id": lambda: [canary.entry.public_id for canary in world.canaries],
        "slug": lambda: [*Network.objects.values_list("slug", flat=True), *bodies],
        "network": lambda: [world.a.pk, world.b.pk],
        "kind": lambda: ["meetings", "documents", "pathway"],
        "pk": lambda: [1, 2, 3],
        "secret": lambda: ["forged"],
        "token": lambda: ["forged"],
        "part": lambda: ["old"],
        "reference": lambda: world.references,
        "number": lambda: [1],
        "membership": lambda: Membership.objects.values_list("pk", flat=True)[:5],
        "message": lambda: world.messages * len(world.canaries),
        "report": lambda: ["0" * 20],
        "field": lambda: ["email", "phone"],
        "page_view_restriction_id": lambda: [1],
        "page_id": lambda: [1],
    }


def first(world: World) -> list[str]:
    """Questions that list people, and every address of the resolver."""
    questions = [f"/en/people/?{each}" for each in ASKED] + [f"/en/search/?{each}&kind=person" for each in ASKED]
    questions += [f"/en/people/?network={network.slug}" for network in (world.a, world.b, world.p)]
    names = [f"/en/people/?q={each}" for canary in world.canaries[::9] for each in canary.tokens]
    return [*questions, "/en/corridors/?from=AL&to=KZ", *names, *addresses(providers(world))]


def leaks(world: World, viewer: Viewer, seen: Seen) -> Iterator[str]:
    """Tokens in answers that the oracle denies; what was typed comes back, so a token in its own address is none."""
    tokens = world.tokens()
    for address, text in seen.answers.items():
        for each, (canary, group) in tokens.items():
            if each in text and each not in address and not _allowed(viewer, canary, group):
                yield f"{viewer.looker.name} at {address}: {group} of an entry for {canary.shown.audiences.get(group)}"
        for each, readers in world.secrets.items():
            if each in text and viewer.looker.name not in readers:
                yield f"{viewer.looker.name} at {address}: what was written to others"


def _allowed(viewer: Viewer, canary: Canary, group: str) -> bool:
    if canary.shown.pk in viewer.looker.owns:
        return True
    return group != "nobody" and sees(viewer.looker, canary.shown, group)


def world_of(seed: int) -> World:
    """The whole matrix, and as many entries again of which everything is drawn."""
    world, dice = worlds.build(), random.Random(seed)
    for number in range(DRAWN):
        audiences = {group: dice.choice(STEPS[: STEPS.index(WIDEST[group]) + 1]) for group in GROUPS}
        network, status = dice.choice([world.a, world.b, world.p]), dice.choice(STATUSES)
        opened = dice.random() < 0.5
        world.canaries.append(worlds.canary(network, (seed, number), status=status, opened=opened, **audiences))
    return world


def crawls(how_many: int, seed: int, *, engine: str = "embedded", enough: Enough = never) -> Outcome:
    """So many worlds, each opened by every viewer, up to MOST_PAGES pages each, and by the CMS's viewers the CMS."""
    outcome = Outcome()
    for each in range(seed, seed + how_many):
        with ground(engine):
            make_site()
            world = world_of(each)
            indexed()
            for viewer, start, depth, what in _rounds(world, each):
                seen = crawl(viewer.client(), start, depth=depth, most=MOST_PAGES)
                outcome.tried[what] += len(seen.answers)
                outcome.found += [*leaks(world, viewer, seen), *seen.errors]
                if enough(outcome):
                    return outcome
        outcome.done += 1
    return outcome


def _rounds(world: World, seed: int) -> Iterator[tuple[Viewer, list[str], int, str]]:
    """Who opens what, to which depth, and what it is counted as."""
    for name, viewer in world.viewers.items():
        start = first(world)
        random.Random(f"{seed}/{name}").shuffle(start)
        yield viewer, start, DEPTH, "pages"
    for viewer in cms.viewers(world).values():
        yield viewer, [*cms.addresses(), *cms.QUESTIONS], 1, "pages of the CMS"
