"""What a turned member and a stranger get of the directory in a short harvest; `harvest` itself is the long form."""

import pytest

from tests.attack.harvest import MOST_SHOWN, harvest

pytestmark = pytest.mark.django_db
QUESTIONS, SEED = 12, 20_261_125


def test_nobody_gets_more_than_the_limits_leave_and_who_writes_to_all_is_heard_of() -> None:
    outcome = harvest(QUESTIONS, SEED)

    assert outcome.found == []
    # The limits were met, else they prove nothing.
    assert outcome.figures["largest answer"] == MOST_SHOWN
    assert outcome.figures["a member who turned, decoys met"] > 0
    assert outcome.tried["messages to decoys"] == 1
    # To a stranger only what is open to everybody is there to be found.
    assert outcome.figures["a stranger, everything, of all entries"] < 0.2
    assert outcome.figures["a stranger, decoys met"] == 0
