"""One-time links: what they are bound to, how long they last, and that they work once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network import clock, links
from network.links import LinkState
from network.models import OneTimeLink

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_looking_uses_nothing_up_and_spending_works_once() -> None:
    secret = links.issue("renewal", "entry-1", lasts=DAY)

    assert links.look("renewal", secret) == links.look("renewal", secret) == (LinkState.GOOD, "entry-1")
    assert links.spend("renewal", secret) == (LinkState.GOOD, "entry-1")
    assert links.spend("renewal", secret) == links.look("renewal", secret) == (LinkState.USED, "")


@pytest.mark.parametrize("forged", ["", "x", "x" * 5000, "\x00", "é"])
def test_a_forged_link_is_unknown(forged: str) -> None:
    links.issue("renewal", "entry-1", lasts=DAY)

    assert links.spend("renewal", forged) == (LinkState.UNKNOWN, "")


def test_a_link_of_one_purpose_opens_nothing_of_another() -> None:
    secret = links.issue("renewal", "entry-1", lasts=DAY)

    assert links.spend("invitation", secret) == (LinkState.UNKNOWN, "")
    assert links.spend("renewal", secret)[0] is LinkState.GOOD


def test_a_link_expires_and_is_forgotten_later() -> None:
    secret = links.issue("renewal", "entry-1", lasts=DAY)

    with clock.standing_at(timezone.now() + DAY):
        assert links.spend("renewal", secret) == (LinkState.EXPIRED, "")
    with clock.standing_at(timezone.now() + 40 * DAY):
        assert links.forget_old() == 1


def test_a_withdrawn_link_works_no_more() -> None:
    secret = links.issue("renewal", "entry-1", lasts=DAY)

    links.withdraw("renewal", "entry-1")

    assert links.spend("renewal", secret) == (LinkState.USED, "")


def test_the_secret_is_not_in_the_database() -> None:
    secret = links.issue("renewal", "entry-1", lasts=DAY)

    assert secret not in str(list(OneTimeLink.objects.values()))
