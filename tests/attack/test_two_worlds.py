"""The two-world test in short; `make torture` runs it at length."""

import pytest

from tests.attack.mutants import MUTANTS, running
from tests.attack.two_worlds import compared
from tests.attack.world import World

pytestmark = pytest.mark.django_db
SHORT, SHORT_ON_A_SERVER, SEED = 300, 60, 20_261_125


def test_nothing_hidden_changes_any_answer(world: World) -> None:
    outcomes = list(compared(world, SHORT, SEED))

    assert sum(each.cases for each in outcomes) == SHORT
    assert [told for each in outcomes for told in each.differences] == []


def test_nothing_hidden_changes_any_answer_of_a_server(world_on_elasticsearch: World) -> None:
    outcomes = list(compared(world_on_elasticsearch, SHORT_ON_A_SERVER, SEED))

    assert [told for each in outcomes for told in each.differences] == []


def test_a_hidden_field_that_reaches_the_index_is_noticed(world: World) -> None:
    """With views of other audiences left in reach, some answer differs: the comparison is no blank."""
    off = next(each for each in MUTANTS if each.line == "if reaches(audience, level)")

    with running(off):
        assert any(each.differences for each in compared(world, 200, SEED))
