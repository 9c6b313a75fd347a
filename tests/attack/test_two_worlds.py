"""The two-world test in short; `make torture` runs it at length."""

import pytest

from tests.attack.mutants import MUTANTS, running
from tests.attack.two_worlds import differences
from tests.attack.world import World

pytestmark = pytest.mark.django_db
SHORT, FIRST_SEED = 300, 20_261_125


def test_nothing_hidden_changes_any_answer(world: World) -> None:
    assert list(differences(world, range(FIRST_SEED, FIRST_SEED + SHORT))) == []


def test_a_hidden_field_that_reaches_the_index_is_noticed(world: World) -> None:
    """With views of other audiences left in reach, some answer differs: the comparison is no blank."""
    off = next(each for each in MUTANTS if each.line == "if reaches(audience, level)")

    with running(off):
        assert any(True for _each in differences(world, range(40)))
