"""Attacks need the directory's index and a world of canaries; building one takes seconds, so each module has one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.attack.standing import indexed, searching_with, standing_world
from tests.attack.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The matrix in the database and in an index of its own; all of it is rolled back at the end of the module."""
    with django_db_blocker.unblock(), standing_world("embedded") as made:
        yield made


@pytest.fixture
def world_on_elasticsearch(elasticsearch_url: str, world: World, db: None, tmp_path: Path) -> Iterator[World]:
    """The same one, indexed on a server: a second would have the same people's addresses."""
    with searching_with("elasticsearch", tmp_path):
        indexed()
        yield world
