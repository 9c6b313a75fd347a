"""Published counts tell of no single person; `tests.attack.snapshots.histories` is the long form."""

import pytest

from network import snapshot
from network.models import Practitioner
from tests.attack.outcome import Outcome
from tests.attack.snapshots import History, histories

pytestmark = pytest.mark.django_db
SHORT, FIRST_SEED = 3, 20_261_125


def test_a_band_changes_only_after_three_moved_and_no_difference_tells_of_one_or_two() -> None:
    outcome = histories(SHORT, FIRST_SEED)

    assert outcome.found == []
    assert outcome.tried["changes of a band"] > 20
    assert outcome.figures["narrowest difference"] > 2


@pytest.mark.parametrize(("fewest", "said"), [(1, "only"), (6, "says")], ids=["too early", "too late"])
def test_another_rule_is_noticed(monkeypatch: pytest.MonkeyPatch, fewest: int, said: str) -> None:
    monkeypatch.setattr(snapshot, "FEWEST_MOVED", fewest)

    assert said in next(History(FIRST_SEED, Outcome()).run(), "")


def test_counting_those_who_are_hidden_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "COUNTED", tuple(Practitioner.Status.values))

    assert any(each for seed in range(6) for each in History(seed, Outcome()).run())
