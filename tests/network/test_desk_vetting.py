"""The two acts of vetting: who may see, who may act, and that the rules hold whatever the page showed."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from network import clock
from network.models import AuditRow, Decision, Evidence, Voucher
from network.policy import as_system, principals_of
from network.services import entries
from tests.network.factories import OrganisationFactory, PractitionerFactory
from tests.network.joining_world import (
    EVIDENCE,
    NO,
    YES,
    a_network,
    application,
    at,
    coordinator,
    enter,
    gone,
    status_of,
)

pytestmark = pytest.mark.django_db


def test_one_records_another_decides_and_a_member_is_there() -> None:
    network, (one, other) = a_network()
    row = application(network)

    enter(one).post(at(row, "evidence"), EVIDENCE)
    enter(other).post(at(row, "decision"), YES)

    row.refresh_from_db()
    entry = as_system("lifecycle").get(pk=row.practitioner_id)
    assert (entry.status, entry.verified_by, entry.verified_network, entry.verified_on) == (
        "verified", "register", network, clock.today()
    )  # fmt: skip
    assert entry.memberships.get(ended=None).network == network
    assert "member" in principals_of(row.account, second_factor=True)
    assert get_user_model().objects.get(pk=row.account_id).second_factor_required
    assert (row.outcome, row.claim, Evidence.objects.get().note) == ("accepted", None, None)
    assert [(each.action, each.actor) for each in AuditRow.objects.order_by("number")] == [
        ("entry evidence", one.public_id),
        ("entry verified", other.public_id),
    ]


def test_who_saw_it_and_when_stays_when_the_proof_is_gone() -> None:
    network, (one, other) = a_network()
    row = application(network)
    row.proofs.create(kind="pdf", content="canary", size=6, given_at=timezone.now())

    enter(one).post(at(row, "evidence"), EVIDENCE)
    enter(other).post(at(row, "decision"), NO)

    seen = Evidence.objects.get()
    assert row.proofs.count() == 0
    assert (seen.seen_by, seen.seen_on, seen.kind) == (one, clock.today(), "register")


def test_nothing_is_decided_before_it_was_seen_nor_twice() -> None:
    network, (one, other) = a_network()
    third = coordinator(network)
    row = application(network)

    early = enter(other).post(at(row, "decision"), YES)
    enter(one).post(at(row, "evidence"), EVIDENCE)
    enter(other).post(at(row, "decision"), YES)
    late = enter(third).post(at(row, "decision"), NO)

    assert (early.status_code, late.status_code) == (409, 409)
    assert "Somebody else has done this" in late.content.decode()
    assert [each.answer for each in Decision.objects.all()] == ["accepted"]
    assert status_of(row) == "verified"


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("evidence", {}),
        ("evidence", {**EVIDENCE, "seen": ""}),
        ("evidence", {**EVIDENCE, "organisation": "No such body"}),
        ("evidence", {**EVIDENCE, "note": "x" * 1_000_000}),
        ("evidence", {**EVIDENCE, "kind": "a feeling"}),
        ("missing", {"missing": ""}),
    ],
)
def test_an_incomplete_act_is_not_done_and_says_why(act: str, form: dict[str, str]) -> None:
    network, (one, _other) = a_network()
    row = application(network)

    answer = enter(one).post(at(row, act), form)

    assert answer.status_code == 200
    assert "Something needs to be put right" in answer.content.decode()
    assert status_of(row) == "confirmed"


def test_the_reason_is_cipher_text_and_the_applicant_reads_it() -> None:
    network, (one, other) = a_network()
    row = application(network, "evidence", recorded_by=one)
    enter(other).post(at(row, "decision"), {**NO, "reason": "canary reason"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM network_decision")
        stored = cursor.fetchone()[0]

    page = enter(row.practitioner).get("/account/application/").content.decode()
    assert "canary" not in stored
    assert "canary reason" in page
    assert other.display_name not in page


def test_what_is_missing_goes_back_to_the_applicant_and_evidence_is_seen_anew() -> None:
    network, (one, other) = a_network()
    row = application(network, "evidence", recorded_by=one)

    enter(other).post(at(row, "missing"), {"missing": "A letter with a stamp."})
    browser = enter(row.practitioner)
    page = browser.get("/account/application/").content.decode()
    browser.post("/account/application/more/", {"words": "The stamp is number 7."})

    row.refresh_from_db()
    assert "A letter with a stamp." in page
    assert (status_of(row), row.missing) == ("confirmed", None)
    assert "The stamp is number 7." in (row.claim or "")


def test_an_appeal_is_heard_by_somebody_who_has_not_dealt_with_it() -> None:
    network, (one, other) = a_network()
    third = coordinator(network)
    row = application(network, "refused", recorded_by=one, decided_by=other)
    enter(row.practitioner).post("/account/application/appeal/", {"words": "Look at page two."})

    refused = [enter(each).post(at(row, "decision"), YES).status_code for each in (one, other)]
    colleague = enter(coordinator(network, other.organisation)).post(at(row, "decision"), YES)
    heard = enter(third).post(at(row, "decision"), YES)

    assert (refused, colleague.status_code, heard.status_code) == ([403, 403], 403, 302)
    assert status_of(row) == "verified"
    assert [(each.answer, each.on_appeal) for each in Decision.objects.all()] == [
        ("refused", False),
        ("accepted", True),
    ]


def test_a_refused_appeal_is_final() -> None:
    network, (one, other) = a_network()
    third = coordinator(network)
    row = application(network, "refused", recorded_by=one, decided_by=other)
    browser = enter(row.practitioner)
    browser.post("/account/application/appeal/", {"words": "Look at page two."})
    enter(third).post(at(row, "decision"), NO)

    browser.post("/account/application/appeal/", {"words": "And again."})

    row.refresh_from_db()
    assert (status_of(row), row.outcome, row.appeal) == ("refused", "refused", None)


def test_an_appeal_comes_once_and_in_time() -> None:
    network, (one, other) = a_network()
    row = application(network, "refused", recorded_by=one, decided_by=other)

    with clock.standing_at(timezone.now() + timedelta(days=31)):
        enter(row.practitioner).post("/account/application/appeal/", {"words": "Too late."})
    row.refresh_from_db()

    assert row.appealed_at is None


def test_a_refused_application_without_an_appeal_leaves_the_desk() -> None:
    network, (one, other) = a_network()
    row = application(network, "refused", recorded_by=one, decided_by=other, display_name="Canary")

    assert "Canary" not in enter(coordinator(network)).get("/account/desk/").content.decode()
    assert gone(enter(one).get(at(row), follow=True))


def test_two_vouchers_of_different_organisations_are_needed() -> None:
    network, (one, _other) = a_network()
    body = OrganisationFactory()
    row = application(network, method="vouchers")
    first, colleague, stranger = (
        PractitionerFactory(networks=[network], organisation=each) for each in (body, body, OrganisationFactory())
    )
    for member in (first, colleague):
        Voucher.objects.create(application=row, member=member, organisation=body, answer="yes")
    record = {**EVIDENCE, "kind": "vouchers"}

    same = enter(one).post(at(row, "evidence"), record)
    Voucher.objects.create(application=row, member=stranger, organisation=stranger.organisation, answer="yes")
    as_system("lifecycle").filter(pk=stranger.pk).update(status="suspended")
    suspended = enter(one).post(at(row, "evidence"), record)
    as_system("lifecycle").filter(pk=stranger.pk).update(status="verified")
    good = enter(one).post(at(row, "evidence"), record)

    assert "have to vouch first" in same.content.decode()
    assert "have to vouch first" in suspended.content.decode()
    assert good.status_code == 302
    assert entries.entry(row.practitioner_id).status == "evidence"


def test_an_organisation_that_is_not_in_the_list_is_added_by_name_only_when_said() -> None:
    network, (one, _other) = a_network()
    row = application(network)
    form = {**EVIDENCE, "organisation": "House of Nurses"}

    unsaid = enter(one).post(at(row, "evidence"), form)
    enter(one).post(at(row, "evidence"), {**form, "new_organisation": "on"})

    body = entries.entry(row.practitioner_id).organisation
    assert "No organisation in the list" in unsaid.content.decode()
    assert body is not None
    assert (body.name, body.name_only, body.slug) == ("House of Nurses", True, "house-of-nurses")
