"""Two who act at the same moment: exactly one act is done, the other is told so, and nothing is half done."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from network import audit
from network.models import Application, AuditRow, Decision, Evidence, Invitation, Membership, Suspension
from network.services import applicants, vouching
from network.services.suspending import StandsOtherwise, lift, suspend_entry
from network.services.vetting import TooLate, decide, record_evidence
from tests.network.factories import PractitionerFactory, UserFactory
from tests.network.joining_world import a_network, application, coordinator, desk, status_of

pytestmark = pytest.mark.usefixtures("really_committed")


def at_once(*acts: Callable[[], Any]) -> list[object]:
    """Runs the acts in threads that start together; what each returned or raised, in order."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        start.wait(timeout=20)
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return list(results)


def failures(results: list[object]) -> list[type]:
    return [type(each) for each in results if isinstance(each, Exception)]


def test_of_two_decisions_at_once_one_counts() -> None:
    network, (one, yes, no) = a_network(3)
    row = application(network, "evidence", recorded_by=one)
    yes_desk, no_desk = desk(yes), desk(no)

    results = at_once(
        lambda: decide(reference=row.reference, desk=yes_desk, accept=True, reason="Yes."),
        lambda: decide(reference=row.reference, desk=no_desk, accept=False, reason="No."),
    )

    decision = Decision.objects.get()
    accepted = decision.answer == "accepted"
    assert failures(results) == [TooLate]
    assert status_of(row) == ("verified" if accepted else "refused")
    assert Membership.objects.filter(practitioner=row.practitioner_id).count() == int(accepted)
    assert AuditRow.objects.filter(subject=row.practitioner.public_id).count() == 1
    assert audit.first_broken() is None


def test_of_two_records_at_once_one_counts() -> None:
    network, (one, other) = a_network()
    row = application(network)
    desks = [desk(one), desk(other)]

    results = at_once(
        *(
            lambda each=each: record_evidence(reference=row.reference, desk=each, kind="register", note="Seen.")
            for each in desks
        )
    )

    assert failures(results) == [TooLate]
    assert Evidence.objects.count() == 1
    assert status_of(row) == "evidence"


def test_deciding_and_withdrawing_at_once_do_one_of_both() -> None:
    network, (one, other) = a_network()
    row = application(network, "evidence", recorded_by=one)
    other_desk = desk(other)

    results = at_once(
        lambda: decide(reference=row.reference, desk=other_desk, accept=True, reason="Yes."),
        lambda: applicants.withdraw(user=row.account),
    )

    row = Application.objects.get()
    assert failures(results) in ([TooLate], [applicants.NotNow])
    assert (status_of(row), row.outcome) in (("verified", "accepted"), ("withdrawn", "withdrawn"))


def test_the_last_invitation_is_sent_once() -> None:
    network, _people = a_network()
    member = PractitionerFactory(user=UserFactory(), networks=[network])
    for number in range(4):
        vouching.invite(member=member, network=network, email=f"p{number}@example.org", language="en")

    results = at_once(
        *(
            lambda number=number: vouching.invite(
                member=member, network=network, email=f"q{number}@example.org", language="en"
            )
            for number in range(4)
        )
    )

    assert failures(results) == [vouching.QuotaReached] * 3
    assert Invitation.objects.count() == vouching.INVITATIONS


def test_of_two_liftings_at_once_one_counts() -> None:
    network, (one, other) = a_network()
    third = coordinator(network)
    member = PractitionerFactory(user=UserFactory(), networks=[network])
    row = suspend_entry(entry=member, network=network, desk=desk(one), reason="Lost.")
    desks = [desk(other), desk(third)]

    results = at_once(*(lambda each=each: lift(reference=row.reference, desk=each, reason="Found.") for each in desks))

    assert failures(results) == [StandsOtherwise]
    assert Suspension.objects.get().lifted_at is not None
