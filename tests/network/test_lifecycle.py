"""Which steps an entry may take, and that each leaves its row."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network import clock, lifecycle
from network.lifecycle import STEPS, StepRefused
from network.models import AuditRow, Practitioner
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_every_status_of_the_model_has_its_steps() -> None:
    assert set(STEPS) == set(Practitioner.Status.values)
    assert {to for steps in STEPS.values() for to in steps} < set(Practitioner.Status.values)


def test_nobody_becomes_a_member_but_from_recorded_evidence_or_a_life_as_one() -> None:
    assert {status for status, steps in STEPS.items() if "verified" in steps} == {
        "evidence", "verified", "due", "stale", "dormant", "paused", "suspended",
    }  # fmt: skip


def test_a_step_is_taken_and_audited_together() -> None:
    entry = PractitionerFactory(status="evidence")

    moved = lifecycle.move(entry, "verified", actor="a" * 20, network="tirana")

    assert (moved.status, moved.next_due) == ("verified", clock.today() + lifecycle.VERIFIED_FOR)
    row = AuditRow.objects.get()
    assert (row.action, row.subject, row.detail) == ("entry verified", entry.public_id, {"from": "evidence"})


def test_a_step_that_does_not_follow_changes_nothing() -> None:
    entry = PractitionerFactory(status="applied")

    with pytest.raises(StepRefused, match="applied"):
        lifecycle.move(entry, "verified", actor="a" * 20)

    assert AuditRow.objects.count() == 0


def test_a_stale_copy_of_the_entry_does_not_decide() -> None:
    entry = PractitionerFactory(status="confirmed")
    lifecycle.move(entry, "withdrawn", actor="a" * 20)

    with pytest.raises(StepRefused):
        lifecycle.move(entry, "evidence", actor="b" * 20)


def test_a_member_needs_a_second_factor_and_one_who_left_for_good_does_not_keep_the_need_open() -> None:
    entry = PractitionerFactory(status="evidence", user=UserFactory(), networks=[NetworkFactory()])

    assert lifecycle.move(entry, "verified", actor="a" * 20).user.second_factor_required


@pytest.mark.parametrize(
    ("days", "status"),
    [(31, "verified"), (30, "due"), (1, "due"), (0, "stale"), (-29, "stale"), (-30, "dormant"), (-400, "dormant")],
)
def test_where_an_entry_stands_is_told_by_the_days_until_its_confirmation_runs_out(days: int, status: str) -> None:
    assert lifecycle.status_by_date(clock.today() + timedelta(days=days)) == status


def test_the_clock_can_be_set() -> None:
    with clock.standing_at(timezone.now() + timedelta(days=400)):
        assert clock.today() > timezone.localdate() + timedelta(days=398)
    assert clock.today() == timezone.localdate()
