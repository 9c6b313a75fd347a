"""What owners read of who looked at their contact."""

from datetime import timedelta
from typing import Any

import pytest

from network import clock, lifecycle, own_data
from network.models import Practitioner, Reveal
from tests.network.factories import NetworkFactory
from tests.network.sessions import coordinator, held_by, member, session_for

pytestmark = pytest.mark.django_db


def looked(viewer: Practitioner, whom: Practitioner, reason: str = "To ask for a place", **fields: Any) -> Reveal:
    given = {"field": "phone", "at": clock.now(), **fields}
    return Reveal.objects.create(viewer=viewer, viewed=whom, reason=reason, **given)


def page_of(entry: Practitioner, reader: Practitioner | None = None, query: str = "") -> Any:
    return session_for((reader or entry).user).get(f"/account/entry/{entry.public_id}/looks/{query}")


def test_the_owner_reads_who_from_where_what_when_and_why() -> None:
    harbour = NetworkFactory(name="Harbour")
    ben = member(NetworkFactory())
    ana = member(harbour, display_name="Ana Looks", name_for="network", listing_for="members")
    looked(ana, ben)

    page = page_of(ben).content.decode()

    assert "Ana Looks" in page
    assert ", Harbour" in page
    assert "Was shown: phone" in page
    assert "To ask for a place" in page


def test_a_looker_is_named_whatever_their_own_audience_and_led_to_only_where_the_entry_may_be_opened() -> None:
    ben = member(NetworkFactory())
    hidden = member(NetworkFactory(), display_name="Hidden Looker", listing_for="network")
    shown = member(NetworkFactory(), display_name="Shown Looker", listing_for="members")
    looked(hidden, ben)
    looked(shown, ben)

    page = page_of(ben).content.decode()

    assert "Hidden Looker" in page
    assert f"/people/{hidden.public_id}/" not in page
    assert f"/people/{shown.public_id}/" in page


@pytest.mark.parametrize("status", ["suspended", "left", "withdrawn", "dormant"])
def test_a_looker_who_was_stopped_or_left_is_still_named_to_whom_they_looked_at(status: str) -> None:
    ben, ana = member(NetworkFactory()), member(NetworkFactory(), display_name="Ana Looks", status=status)
    looked(ana, ben)

    assert "Ana Looks" in page_of(ben).content.decode()


def test_who_is_erased_is_named_no_more_and_the_look_stays() -> None:
    ben, ana = member(NetworkFactory()), member(NetworkFactory(), display_name="Ana Looks")
    looked(ana, ben, reason="canary")

    lifecycle.move(ana, "erased", actor="system")

    page = page_of(ben).content.decode()
    assert "Somebody whose entry is gone" in page
    assert "Ana Looks" not in page
    assert "canary" not in page


def test_nobody_else_reads_it() -> None:
    network = NetworkFactory()
    ben, ana = member(network), member(network)
    looked(ana, ben)

    answers = [page_of(ben, reader).status_code for reader in (ana, coordinator(network))]

    assert answers == [404, 404]


def test_nobody_has_looked_is_said() -> None:
    page = page_of(member(NetworkFactory())).content.decode()

    assert "Nobody has been shown a part of your contact." in page
    assert "open to nobody now" in page


def test_a_long_list_is_paged_newest_first_at_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    ben, ana = member(NetworkFactory()), member(NetworkFactory())
    for number in range(25):
        looked(ana, ben, reason=f"reason-{number:02}", at=clock.now() - timedelta(days=number))
    session = session_for(ben.user)
    address = f"/account/entry/{ben.public_id}/looks/"

    with django_assert_max_num_queries(18):
        first = session.get(address).content.decode()
    second = session.get(f"{address}?page=2").content.decode()

    assert "reason-00" in first
    assert first.index("reason-00") < first.index("reason-19")
    assert "reason-20" not in first
    assert "reason-24" in second
    assert session.get(f"{address}?page=nonsense").status_code == 200


def test_it_is_in_my_data_and_my_entry_leads_to_it() -> None:
    ben, ana = member(NetworkFactory()), member(NetworkFactory(name="Harbour"), display_name="Ana Looks")
    looked(ana, ben)

    (look,) = own_data.export(ben, ben.user, held_by(ben))["who looked"]

    assert (look["name"], look["networks"], look["reason"]) == ("Ana Looks", ("Harbour",), "To ask for a place")
    assert f"/account/entry/{ben.public_id}/looks/" in page_of_entry(ben)


def page_of_entry(entry: Practitioner) -> str:
    return session_for(entry.user).get(f"/account/entry/{entry.public_id}/").content.decode()
