"""Whatever happens to entries in whatever order: nobody sees what they may not, not even for one request."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from network.policy import redaction
from search import outbox
from tests.attack.life.machine import lived, shortest
from tests.attack.standing import searching_with

pytestmark = pytest.mark.django_db
LIVES, STEPS = (1, 2, 3), 25


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path) -> Iterator[None]:
    with searching_with("embedded", tmp_path):
        yield


@pytest.mark.parametrize("seed", LIVES)
def test_a_life_in_any_order_shows_nobody_more_than_they_may_see(seed: int) -> None:
    failure = lived(seed, range(STEPS))

    assert failure is None, str(shortest(failure))
