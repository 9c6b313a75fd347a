"""No page of the CMS holds anything of the directory; `tests.attack.canaries.crawls` is the long form."""

import random

import pytest
from wagtail.log_actions import log

from tests.attack import cms
from tests.attack.canaries import leaks
from tests.attack.crawl import NoProvider, crawl
from tests.attack.world import Viewer, World
from tests.site_tree import make_site

pytestmark = pytest.mark.django_db
# In `make test` each viewer opens a draw of the addresses, those that get in more of them.
DRAWN = {"the superuser": 30, "an editor": 8, "a member who edits": 8}
DRAWN_OF_OTHERS = 6


@pytest.fixture(scope="module")
def viewers(world: World, django_db_blocker) -> dict[str, Viewer]:
    """With a site to edit: a page of every type, a guide with a revision."""
    with django_db_blocker.unblock():
        make_site()
        return cms.viewers(world)


def test_no_page_of_the_cms_holds_a_token_and_none_fails(world: World, viewers: dict[str, Viewer]) -> None:
    found, every = [], cms.addresses()
    for name, viewer in viewers.items():
        drawn = random.Random(name).sample(every, DRAWN.get(name, DRAWN_OF_OTHERS))
        asked = [*(cms.QUESTIONS if name == "the superuser" else cms.QUESTIONS[:2]), *drawn]
        seen = crawl(viewer.client(), asked, depth=1, most=len(asked) + 5)
        found += [*leaks(world, viewer, seen), *seen.errors]

    assert found == []


def test_every_address_of_the_cms_has_somebody_who_says_what_to_try(
    viewers: dict[str, Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(cms.addresses()) > 200
    monkeypatch.setattr(cms, "providers", dict)
    with pytest.raises(NoProvider):
        cms.addresses()


def test_those_who_may_get_in_do_and_the_others_do_not(viewers: dict[str, Viewer]) -> None:
    """Else every page would be the sign-in, and the crawl a blank."""
    answers = {name: viewer.client().get("/cms/pages/").status_code for name, viewer in viewers.items()}

    assert {name for name, status in answers.items() if status == 200} == {
        "an editor",
        "a member who edits",
        "a coordinator who edits",
        "the superuser",
    }
    assert set(answers.values()) == {200, 302}


@pytest.mark.parametrize("address", ["/cms/reports/site-history/", "/cms/reports/site-history/?export=csv"])
def test_the_crawl_notices_a_leak(world: World, viewers: dict[str, Viewer], address: str) -> None:
    """As if somebody's name were edited in the CMS, whose history names what was edited."""
    log(world.a, "wagtail.edit", title=world.canaries[0].entry.display_name)

    seen = crawl(viewers["the superuser"].client(), [address], depth=0, most=1)

    assert list(leaks(world, viewers["the superuser"], seen)) != []
