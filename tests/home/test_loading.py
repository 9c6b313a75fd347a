"""The command that loads everything: what it says of a broken file, and what it leaves alone."""

import gzip
import io
import shutil
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from wagtail.models import Page

from home.loading import build_tree, load_everything
from home.management.commands.prepare import digest_of, is_new
from home.models import HomePage
from practices.models import PracticePage
from tests.site_tree import make_tree
from vocabulary.models import Term

pytestmark = pytest.mark.django_db
EMPTY_PLACES = gzip.compress(b"id\tkind\tname\tparent\tcountry\tpopulation\tlat\tlon\tnames\n")


def test_a_broken_file_is_named_with_field_and_reason_and_nothing_of_it_is_loaded(tmp_path: Path, index):
    shutil.copytree(project.CONTENT / "vocabulary", tmp_path / "vocabulary")
    terms = tmp_path / "vocabulary" / "terms.yaml"
    terms.write_text(terms.read_text().replace("broader: outreach", "broader: nowhere", 1))

    with pytest.raises(CommandError, match=r"terms\.yaml: method\.\S+\.broader: no term is called “nowhere”"):
        call_command("load_starter", content=tmp_path, stdout=io.StringIO())

    assert not Term.objects.exists()


def test_a_broken_guide_loads_no_guide(tmp_path: Path, index, settings):
    settings.DEMO = False
    content = tmp_path / "content"
    shutil.copytree(project.CONTENT, content, ignore=shutil.ignore_patterns("places.tsv.gz", "people-*"))
    (content / "vocabulary" / "places.tsv.gz").write_bytes(EMPTY_PLACES)
    guide = content / "practices" / "guides" / "barnahus.yaml"
    guide.write_text(guide.read_text().replace("title:", "titel:", 1))

    with pytest.raises(CommandError, match=r"barnahus\.yaml: title: is missing"):
        call_command("load_starter", content=content, stdout=io.StringIO())

    assert not PracticePage.objects.exists()


def test_the_tree_is_made_once_and_then_the_editors():
    make_tree()
    home = HomePage.objects.get(locale__language_code="en")
    home.title = "Ours now"
    home.save_revision().publish()

    make_tree()

    assert HomePage.objects.get(pk=home.pk).title == "Ours now"
    assert HomePage.objects.count() == 3


def test_every_section_is_a_translation_of_the_english_one():
    homes = build_tree(project.CONTENT / "home" / "tree.yaml")

    keys = {page.translation_key for page in Page.objects.filter(slug="practices")}
    assert len(keys) == 1
    assert set(homes) == {"en", "fr", "ru"}


def test_demo_data_is_refused_where_the_settings_do_not_ask_for_it(settings):
    settings.DEMO = False

    with pytest.raises(Exception, match="refused"):
        load_everything(project.CONTENT, lambda line: None, demo=True)

    assert not Term.objects.exists()


def test_a_changed_file_changes_the_digest(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("a: 1")
    before = digest_of(tmp_path)

    (tmp_path / "a.yaml").write_text("a: 2")

    assert digest_of(tmp_path) != before


def test_content_is_loaded_once_and_again_where_it_changed_or_the_database_has_gone(tmp_path: Path):
    seen = tmp_path / "content.sha256"
    term = Term.objects.create(id="lantern", scheme="method", labels={"en": "Lantern"})
    assert is_new(seen, "1")

    seen.write_text("1")
    assert not is_new(seen, "1")
    assert is_new(seen, "2")

    term.delete()
    assert is_new(seen, "1")
