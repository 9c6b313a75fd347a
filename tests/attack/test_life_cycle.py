"""Whatever happens to entries in whatever order: nobody sees what they may not, not even for one request."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from network.policy.principals import principals_of
from tests.attack.life.machine import lived, shortest
from tests.attack.mutants import MUTANTS, running
from tests.attack.standing import searching_with

pytestmark = pytest.mark.django_db
LIVES, STEPS, PAUSES_SOON = (1, 2), 20, 6


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path) -> Iterator[None]:
    with searching_with("embedded", tmp_path):
        yield


@pytest.mark.parametrize("seed", LIVES)
def test_a_life_in_any_order_shows_nobody_more_than_they_may_see(seed: int) -> None:
    failure = lived(seed, range(STEPS))

    assert failure is None, str(shortest(failure))


def test_a_revocation_that_does_not_bite_is_noticed_and_told_in_its_fewest_steps() -> None:
    """With whoever has paused left a member, a life fails as soon as somebody pauses and looks."""
    off = next(each for each in MUTANTS if each.function is principals_of and each.instead == "if True:")

    with running(off):
        failure = lived(PAUSES_SOON, range(8))
        assert failure is not None
        failure = shortest(failure)

    assert len(failure.steps) == 1
    assert str(failure).startswith(f"seed {PAUSES_SOON}: Broken:")
    assert "pauses" in str(failure)
