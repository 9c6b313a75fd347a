"""More like this: what shares the most with a guide stands at its end."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.models import PracticePage
from practices.models.links import RelatedPractice
from search import indexer
from tests.practices.factories import make_guide
from tests.site_tree import make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture(scope="module")
def written(standing: None) -> dict[str, int]:
    """A guide, and four that share something with it, from much to little: their keys by name."""
    make_tree()
    shared = {"method": "walks", "target_group": "sellers", "setting": "market", "profession": "nurse"}
    made = {"this": make_guide(shared, title="This", slug="this").pk}
    for number, name in enumerate(("most", "more", "some", "least")):
        kept = dict(list(shared.items())[: 4 - number])
        others = {scheme: f"other-{scheme}-{name}".replace("_", "-") for scheme in shared if scheme not in kept}
        made[name] = make_guide({**others, **kept}, title=f"Guide {name}", slug=name).pk
    return made


@pytest.fixture
def guides(written: dict[str, int]) -> dict[str, PracticePage]:
    """The same in an index."""
    indexer.rebuild()
    return {name: PracticePage.objects.get(pk=pk) for name, pk in written.items()}


def like(client: Client, guide: PracticePage) -> list[str]:
    """Titles under “More like this”."""
    part = client.get(guide.url).content.decode().partition('id="alike"')[2].partition("</section>")[0]
    return [line.partition(">")[2].partition("<")[0] for line in part.split("<a ")[1:]]


def test_three_guides_are_shown_the_most_alike_first(client: Client, guides: dict[str, PracticePage]):
    assert like(client, guides["this"]) == ["Guide most", "Guide more", "Guide some"]


def test_what_the_page_links_to_already_is_not_repeated(client: Client, guides: dict[str, PracticePage]):
    RelatedPractice.objects.create(guide=guides["this"], other=guides["most"], relation="before")

    assert like(client, guides["this"]) == ["Guide more", "Guide some", "Guide least"]


def test_a_guide_unpublished_a_moment_ago_is_not_shown(client: Client, guides: dict[str, PracticePage], settings: Any):
    settings.SEARCH_INDEX_IN_WEB_PROCESS = False
    guides["most"].unpublish()

    assert "Guide most" not in like(client, guides["this"])


def test_without_an_index_the_guide_is_read_as_ever(
    client: Client, guides: dict[str, PracticePage], settings: Any, tmp_path: Any
):
    settings.SEARCH_INDEX_FOLDER = tmp_path / "none"

    answer = client.get(guides["this"].url)

    assert answer.status_code == 200
    assert "More like this" not in answer.content.decode()


def test_it_costs_one_query(client: Client, guides: dict[str, PracticePage], settings: Any, tmp_path: Any):
    def queries() -> int:
        client.get(guides["this"].url)  # fills what a process remembers
        with CaptureQueriesContext(connection) as caught:
            client.get(guides["this"].url)
        return len(caught)

    whole = queries()
    settings.SEARCH_INDEX_FOLDER = tmp_path / "none"

    assert whole - queries() == 1
