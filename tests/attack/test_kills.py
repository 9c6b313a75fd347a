"""Nothing is lost, left over, stale, wedged or seen that was hidden, whoever is killed when."""

import os
import random
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.attack.kills.campaign import Server, campaign, fresh_site
from tests.conftest import lacking

KILLS = 20


@pytest.fixture
def site(tmp_path: Path, django_db_setup: None) -> Path:
    return fresh_site(tmp_path)


def test_twenty_kills_leave_database_and_index_in_step(site: Path):
    seed = random.randrange(10**6)

    with campaign(site, seed, {"SEARCH_ENGINE": "embedded"}) as running:
        figures = running.run(KILLS)

    assert figures.clean, (seed, figures.found)
    assert sum(figures.kills.values()) >= KILLS
    assert figures.documents


def test_twenty_kills_and_one_of_the_server_leave_elasticsearch_in_step(site: Path):
    address, control = elasticsearch()
    seed = random.randrange(10**6)
    url = f"{address}/kills-{secrets.token_hex(4)}"
    command, folder = control.split()
    server = Server(command, folder, str(urlsplit(address).port))

    with campaign(site, seed, {"SEARCH_ENGINE": "elasticsearch", "ELASTICSEARCH_URL": url}, server) as running:
        figures = running.run(KILLS, server_kills=1)

    assert figures.clean, (seed, figures.found)
    assert figures.kills["server"] == 1


def elasticsearch() -> tuple[str, str]:
    """The address of a server for tests, and the command that kills and starts it."""
    names = ("WAYMARK_TEST_ELASTICSEARCH_URL", "WAYMARK_TEST_ELASTICSEARCH_CONTROL")
    address, control = (os.environ.get(name, "") for name in names)
    if not (address and control):
        lacking("an Elasticsearch that may be killed", f"start one and set {' and '.join(names)}")
    return address, control
