"""What a turned member and a stranger get of the directory in a short harvest; `harvest` itself is the long form."""

from typing import Any

import pytest
from django.core.cache import cache

from network import clock, quota
from tests.attack.five_weeks import LISTS, Weeks
from tests.attack.harvest import MOST_SHOWN, harvest
from tests.attack.outcome import Outcome
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory

pytestmark = pytest.mark.django_db
QUESTIONS, SEED = 12, 20_261_125


def test_nobody_gets_more_than_the_limits_leave_and_who_writes_to_all_is_heard_of() -> None:
    outcome = harvest(QUESTIONS, SEED)

    assert outcome.found == []
    # The limits were met, else they prove nothing.
    assert outcome.figures["largest answer"] == MOST_SHOWN
    assert outcome.figures["a member who turned, organisations in five weeks"] >= LISTS[1][1] // 2
    assert outcome.figures["a member who turned, decoys met"] > 0
    assert outcome.tried["messages to decoys"] == 1
    # To a stranger only what is open to everybody is there to be found.
    assert outcome.figures["a stranger, everything, of all entries"] < 0.2
    assert outcome.figures["a stranger, decoys met"] == 0


@pytest.mark.parametrize(
    "limits",
    [((quota.DAY, 12), (30 * quota.DAY, 40)), ((quota.DAY, 10),)],
    ids=["more a day", "no month"],
)
def test_another_quota_of_organisations_is_noticed(monkeypatch: pytest.MonkeyPatch, limits: Any) -> None:
    monkeypatch.setattr(quota, "LISTS", quota.Quota("list", limits))
    cache.clear()
    network, bodies = NetworkFactory(), [OrganisationFactory() for _each in range(12)]
    for body in bodies:
        PractitionerFactory(networks=[network], organisation=body, listing_for="members", post_for="members")
    turned = PractitionerFactory(networks=[network], user=UserFactory(), verified_on=clock.today())

    outcome = Outcome()
    Weeks(bodies, turned, outcome).walk(0, days=(1, 2, 3, 4, 12))

    assert outcome.found != []
    assert all("a list of an organisation" in each for each in outcome.found)
