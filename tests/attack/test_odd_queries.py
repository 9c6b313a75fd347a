"""Whatever is typed into whichever parameter: an ordinary page, and no field of the engine can be named."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from search import outbox
from tests.attack.odd_queries import HIDDEN, SYNTAX, Report, ask, odd_queries, plain_words
from tests.search.conftest import World, world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
__all__ = ["world"]
NUMBER, SEED = 2_000, 4


@pytest.fixture
def filled(index: None, world: World) -> World:
    """Guides anybody reads, and a person whom only members may find."""
    for name in ("Lantern at night", "Child in the street", "Harbour"):
        Group.objects.create(name=name)
    fields = {"language": ("sq",), "availability": ("now",)}
    world.people.add("person:1", f"{HIDDEN} Example", facets=fields, principals=("member",), concepts=("children",))
    outbox.add(["person:1"])
    outbox.drain()
    return world


def test_odd_input_is_never_an_error_of_the_site_and_shows_nobody_hidden(filled: World):
    report, public = Report(), Client(raise_request_exception=False)
    shown = []
    for odd in odd_queries(NUMBER, SEED):
        if HIDDEN in ask(odd, public, public, report):
            shown.append(odd)

    assert report.errors == []
    assert shown == []
    assert set(report.statuses) <= {200, 301, 302, 404}
    assert sum(report.statuses.values()) == NUMBER


def test_a_seed_always_asks_the_same():
    assert list(odd_queries(50, 7)) == list(odd_queries(50, 7))
    assert list(odd_queries(50, 7)) != list(odd_queries(50, 8))


@pytest.mark.parametrize(
    "query", [*SYNTAX, "key:person*", "principals:member", "title:Quin*", "f_availability:now", "view:*"]
)
def test_no_field_of_the_engine_can_be_named(client: Client, filled: World, query: str):
    """The signs between the words say nothing: only the words are read, and a leading minus."""

    def found(typed: str) -> tuple[str, ...]:
        html = client.get("/en/search/", {"q": typed, "verbatim": "1"}).content.decode()
        assert HIDDEN not in html
        return tuple(re.findall(r'href="(/g/\d+/)"', html))

    assert found(query) == found(plain_words(query))
