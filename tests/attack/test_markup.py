"""Hostile text in titles, summaries, names, filters and queries is text on every page that searches."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from search import indexer
from tests.attack.markup import PAYLOADS, WORD, dangers
from tests.network.conftest import indexed, signed_in
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term
from tests.practices.factories import make_guide
from tests.site_tree import make_tree
from vocabulary.models import TermWording

__all__ = ["indexed", "signed_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
OPEN = {f"{group}_for": "public" for group in ("listing", "name", "advice", "post", "practice", "networks")}
PAGES = ("/en/search/?q={}", "/en/people/?q={}", "/en/search/suggest/?q={}", "/en/search/suggest/?of=people&q={}")


def test_the_reader_of_pages_finds_what_would_run():
    found = [payload for payload in PAYLOADS if dangers(f"<p>{payload}</p>") or dangers(f'<p title="{payload}">')]

    assert len(found) >= len(PAYLOADS) * 2 // 3
    assert dangers('<a href="JavaScript:x">')
    assert dangers('<a href="//elsewhere.example/">')
    assert not dangers('<a href="/en/">x</a><script src="/static/js/site.js" defer></script>')


@pytest.fixture
def hostile(db: None, index: None) -> None:
    """Records that hold every payload in every text that search shows."""
    make_tree()
    network = NetworkFactory(name=f"Network {PAYLOADS[0]}", slug="one")
    for number, payload in enumerate(PAYLOADS):
        make_guide({"method": f"method-{number}"}, title=payload[:200], slug=f"guide-{number}", summary=payload)
        OrganisationFactory(name=payload, summary=payload, services=payload)
        entry = PractitionerFactory(
            display_name=payload[:110], offers=payload, function=payload, networks=[network], **OPEN
        )
        method = term(f"method-{number}", "method")
        TermWording.objects.filter(term=method, role="label").update(text=payload[:150])
        method.labels = {"en": payload[:150]}
        method.save()
        entry.terms.add(method)
    indexer.rebuild()


def test_hostile_records_are_shown_as_they_were_written(client: Client, hostile: None):
    for page in (
        f"/en/search/?q={WORD}",
        f"/en/search/?q={WORD}&kind=practice&kind=person",
        f"/en/people/?q={WORD}",
        f"/en/search/suggest/?q={WORD}",
        f"/en/search/suggest/?q={WORD}&of=people",
        "/en/practices/guide-3/",
    ):
        html = client.get(page).content.decode()

        assert WORD in html, page
        assert "&lt;" in html, page
        assert dangers(html) == [], page


def test_hostile_words_are_text_in_every_parameter(client: Client):
    for payload in PAYLOADS:
        said = quote(payload)
        more = f"&near={said}&country={said}&method={said}&not={said}&sort={said}&kind={said}&{said}=1"
        for page in PAGES:
            whole = client.get(page.format(said) + more).content.decode()
            part = client.get(page.format(said), headers={"HX-Request": "true"}).content.decode()

            assert dangers(whole) + dangers(part) == [], page.format(payload)


def test_a_saved_search_shows_hostile_words_as_text(client: Client, signed_in: Any):
    session = signed_in(PractitionerFactory(networks=[NetworkFactory()], user=UserFactory()))
    for payload in PAYLOADS[:20]:
        session.post("/account/searches/save/", {"page": "search", "query": f"q={quote(payload)}"})

    html = session.get("/account/searches/").content.decode()

    assert WORD in html
    assert dangers(html) == []
