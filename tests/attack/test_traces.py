"""An erased name stands in no file of the site after the daily purge: not in the index, the database or its log."""

from pathlib import Path

from tests.attack.kills.campaign import campaign, fresh_site


def test_an_erased_name_leaves_every_file(tmp_path: Path, django_db_setup: None):
    with campaign(fresh_site(tmp_path), 1, {"SEARCH_ENGINE": "embedded"}) as running:
        stands = running.erase()

    assert any("search/" in path for path in stands["before"]), "the index never held it"
    assert any("sqlite3" in path for path in stands["before"])
    assert stands["purged"] == []
