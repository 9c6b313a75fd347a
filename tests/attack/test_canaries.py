"""The canary matrix: nobody is sent a token that the oracle denies, and every token is seen by somebody it is for."""

import random

import pytest
from django.core import mail
from django.core.cache import cache

from tests.attack.canaries import first, leaks, providers
from tests.attack.crawl import NoProvider, Seen, addresses, crawl
from tests.attack.mutants import MUTANTS, running
from tests.attack.oracle import sees
from tests.attack.world import World

pytestmark = pytest.mark.django_db
# In `make test` each viewer opens a draw of the pages; `make torture` has them open all.
MOST_PAGES, DEPTH = 70, 3


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
