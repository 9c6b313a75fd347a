"""The canary matrix: nobody is sent a token that the oracle denies, and every token is seen by somebody it is for."""

import random
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache

from network.models import Membership, Network, Organisation
from tests.attack.crawl import NoProvider, Providers, Seen, addresses, crawl
from tests.attack.mutants import MUTANTS, running
from tests.attack.oracle import sees
from tests.attack.world import Viewer, World

pytestmark = pytest.mark.django_db
# In `make test` each viewer opens a draw of the pages; `make torture` has them open all.
MOST_PAGES, DEPTH = 70, 3
ASKED = ("language=sq", "country=AL", "undocumented=yes", "availability=now", "firewall=firewall-full")


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
            if each in text and each not in address and not _allowed(viewer, canary.shown.pk, group, canary, text):
                yield f"{viewer.looker.name} at {address}: {group} of an entry for {canary.shown.audiences.get(group)}"
        for each, readers in world.secrets.items():
            if each in text and viewer.looker.name not in readers:
                yield f"{viewer.looker.name} at {address}: what was written to others"


def _allowed(viewer: Viewer, pk: int, group: str, canary: object, text: str) -> bool:
    if pk in viewer.looker.owns:
        return True
    return group != "nobody" and sees(viewer.looker, canary.shown, group)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def crawled(world: World, django_db_blocker) -> dict[str, Seen]:
    """Every viewer's crawl of pages drawn for them: the same in every run."""
    with django_db_blocker.unblock():
        start = first(world)
        drawn = {name: random.Random(name).sample(start, len(start)) for name in world.viewers}
        return {
            name: crawl(viewer.client(), drawn[name], depth=DEPTH, most=MOST_PAGES)
            for name, viewer in world.viewers.items()
        }


def test_every_address_has_somebody_who_says_what_to_try(world: World) -> None:
    assert list(addresses(providers(world)))
    with pytest.raises(NoProvider):
        list(addresses({}))


def test_no_viewer_is_sent_what_the_oracle_denies(world: World, crawled: dict[str, Seen]) -> None:
    found = [leak for name, seen in crawled.items() for leak in leaks(world, world.viewers[name], seen)]

    assert found == []


def test_the_crawl_notices_a_leak(world: World) -> None:
    """With the second switch off, an authority member's pages hold what the oracle denies: the check is no blank."""
    viewer = world.viewers["authority in B"]
    theirs = [canary.entry for canary in world.canaries if canary.shown.networks == {world.b.pk}]
    opened = [f"/en/people/{entry.public_id}/" for entry in theirs]
    off = next(each for each in MUTANTS if each.line.startswith("if group not in closed"))

    with running(off):
        seen = crawl(viewer.client(), opened, depth=0, most=len(opened))

    assert {leak.rpartition(": ")[2].split()[0] for leak in leaks(world, viewer, seen)} == {"undocumented"}


def test_no_page_fails(crawled: dict[str, Seen]) -> None:
    assert [error for seen in crawled.values() for error in seen.errors] == []


def test_tokens_are_seen_by_somebody_they_are_for(world: World) -> None:
    """Else a site that shows nothing would pass: each canary's page, by a viewer to whom the oracle gives its group."""
    unseen = []
    clients = {name: viewer.client() for name, viewer in world.viewers.items()}
    for canary in world.canaries:
        if canary.shown.status != "verified":
            continue
        wanted = {each: group for each, group in canary.tokens.items() if group != "nobody"}
        for name, viewer in world.viewers.items():
            mine = {each for each, group in wanted.items() if sees(viewer.looker, canary.shown, group)}
            if mine:
                page = clients[name].get(f"/en/people/{canary.entry.public_id}/").content.decode().lower()
                wanted = {each: group for each, group in wanted.items() if each not in mine or each not in page}
            if not wanted:
                break
        unseen += [(canary.shown.audiences["listing"], group) for group in wanted.values()]

    assert unseen == []


def test_neither_cache_nor_mail_nor_log_holds_a_token(
    world: World, crawled: dict[str, Seen], caplog: pytest.LogCaptureFixture
) -> None:
    told = " ".join(
        [str(getattr(cache, "_cache", "")), caplog.text, *(str(message.message()) for message in mail.outbox)]
    )

    assert [each for each in world.tokens() if each in told] == []
