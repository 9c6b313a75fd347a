"""The queue costs the same however much waits."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.desk.queue import count_waiting, queue
from network.models import Network, Voucher
from tests.network.factories import NetworkFactory
from tests.network.joining_world import a_network, application, coordinator, desk, enter, member_of

pytestmark = pytest.mark.django_db
BUDGET = 11


def line(network: Network, number: int, people: list[Any]) -> None:
    """Applications of every kind: fresh, seen, with a voucher, on appeal, with a stand-in, of the reader's own body."""
    kinds: list[dict[str, Any]] = [
        {},
        {"status": "evidence", "recorded_by": people[0]},
        {"inviter": member_of(network)},
        {"status": "refused", "recorded_by": people[0], "decided_by": people[1]},
        {"stand_in": NetworkFactory()},
        {"organisation": people[0].organisation},
    ]
    row = application(network, **kinds[number % len(kinds)])
    if number % len(kinds) == 3:
        row.appealed_at = row.made_at
        row.save()
    Voucher.objects.create(application=row, member=member_of(network))


def cost(work: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def test_twelve_lines_cost_no_more_queries_than_three() -> None:
    network, people = a_network(3)
    for number in range(3):
        line(network, number, people)
    reader = desk(people[0])
    few = cost(lambda: queue(reader))

    for number in range(3, 12):
        line(network, number, people)
    many = cost(lambda: queue(reader))

    assert len(queue(reader)) == 12
    assert many == few <= BUDGET
    assert cost(lambda: count_waiting(reader)) <= BUDGET + 2


def test_the_page_of_the_desk_costs_the_same_for_three_and_for_twelve() -> None:
    network, people = a_network(3)
    for number in range(3):
        line(network, number, people)
    session = enter(people[0])
    session.get("/account/desk/")
    few = cost(lambda: session.get("/account/desk/"))

    for number in range(3, 12):
        line(network, number, people)

    assert cost(lambda: session.get("/account/desk/")) == few


def test_each_line_says_what_it_said_when_it_was_read_alone() -> None:
    network, (one, other) = a_network()
    colleague = coordinator(network, one.organisation)
    application(network, display_name="Fresh", organisation=other.organisation)
    application(network, "evidence", display_name="Seen", recorded_by=one)
    application(network, display_name="Named").vouchers.create(member=one)

    seen = {line.title: (line.yours, line.nobody) for line in queue(desk(one))}
    others = {line.title: (line.yours, line.nobody) for line in queue(desk(other))}
    same_body = {line.title: line.yours for line in queue(desk(colleague))}

    assert seen == {"Fresh": (True, False), "Seen": (False, False), "An application": (False, False)}
    assert others == {"An application": (False, False), "Seen": (True, False), "Named": (True, False)}
    assert same_body == {"Fresh": True, "Seen": False, "Named": True}
