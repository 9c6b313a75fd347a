"""What readers meet on the way: languages, unknown values, members' pages, and what nobody is told."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from home.loading import EDITOR
from network.loading import DEMO_SIGN_INS
from practices.models import LibraryPage, PracticePage
from search.lock import writing
from search.models import OutboxEntry
from vocabulary.models import Term

pytestmark = pytest.mark.django_db
GUIDE = "/en/practices/street-work-with-children/"


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(email=email), backend="accounts.backends.SignInBackend")
    return client


def member() -> Client:
    return signed_in(next(email for email, _ in DEMO_SIGN_INS if email.startswith("member")))


def people_in(html: str) -> list[str]:
    return re.findall(r'href="/en/people/([0-9a-f]{20})/"', html)


def test_changing_the_language_keeps_what_was_asked(reader: Client):
    html = reader.get("/en/search/?q=kid&country=AL&page=2").content.decode()

    assert 'href="/fr/search/?q=kid&amp;country=AL"' in html


def test_a_facet_value_that_there_is_none_of_is_left_out(reader: Client):
    plain = reader.get("/en/search/?q=children").content.decode()
    odd = reader.get("/en/search/?q=children&country=QQ&profession=nonsense").content.decode()

    results = re.compile(r"\d+ results")
    assert results.search(odd).group() == results.search(plain).group()
    assert ">nonsense<" not in odd
    assert 'value="nonsense"' not in odd


def test_an_unknown_place_alone_lists_nobody(reader: Client):
    assert people_in(reader.get("/en/people/?near=zzzz").content.decode()) == []


def test_the_public_reads_a_band_and_a_member_meets_the_people(reader: Client):
    assert people_in(reader.get(GUIDE).content.decode()) == []
    assert people_in(member().get(GUIDE).content.decode())


def test_what_a_member_was_shown_stays_in_no_cache(reader: Client):
    for address in (GUIDE, "/en/search/?q=children", "/en/people/?q=teacher", "/en/"):
        assert "no-store" in member().get(address)["Cache-Control"]

    assert "Cache-Control" not in reader.get(GUIDE)


def test_while_somebody_is_being_hidden_and_the_index_is_busy_people_come_from_the_database(reader: Client):
    before = people_in(reader.get("/en/people/?profession=teacher").content.decode())
    OutboxEntry.objects.create(key="person:none", narrowing=True)

    with writing(wait=True):
        html = reader.get("/en/people/?profession=teacher").content.decode()

    assert people_in(html) == before


def test_deleting_a_term_is_refused_to_everybody_so_that_it_tells_nothing():
    editor = signed_in(EDITOR)

    editor.post("/cms/snippets/vocabulary/term/delete/ombudsperson/")
    editor.post("/cms/snippets/vocabulary/term/delete/social-worker/")

    assert Term.objects.filter(pk__in=["ombudsperson", "social-worker"]).count() == 2


def test_a_draft_with_nothing_but_a_title_can_be_looked_at():
    library = LibraryPage.objects.get(locale__language_code="en")
    page = library.add_child(instance=PracticePage(title="Only a title", slug="only", live=False))
    page.save_revision(clean=False)

    assert signed_in(EDITOR).get(f"/cms/pages/{page.pk}/view_draft/").status_code == 200


def test_no_contact_stands_in_the_index_files(starter: None):
    folder = Path(settings.SEARCH_INDEX_FOLDER)
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]

    assert files
    assert not any(b"@example" in content for content in files)
