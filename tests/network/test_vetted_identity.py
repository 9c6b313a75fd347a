"""Who was vetted stays known: by whom, as whom, and with whose eyes they look."""

from datetime import date
from typing import Any

import pytest

from network.models import AuditRow, Practitioner
from network.policy import as_system, redact
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, as_read, term
from tests.network.joining_world import EVIDENCE, YES, a_network, application, coordinator, enter, member_of
from tests.network.sessions import held_by
from tests.network.test_own_entry import address, filled

pytestmark = pytest.mark.django_db
VETTED = date(2026, 1, 7)
WIDE = {f"{group}_for": "members" for group in ("listing", "name", "profession", "post", "badge")}


def edited(entry: Practitioner, **changes: Any) -> Practitioner:
    """The entry after its owner has sent the form with these changes."""
    client = enter(entry)
    answer = client.post(address(entry, "edit/"), filled(client, entry) | changes)
    assert answer.status_code == 302, answer.context["form"].errors
    return as_system("index").get(pk=entry.pk)


def vetted(network: Any, **fields: Any) -> Practitioner:
    """A member who was vetted as a nurse of an organisation."""
    given = {"verified_on": VETTED, "profession": term("nurse"), "organisation": OrganisationFactory()}
    return member_of(network, **given, **WIDE, **fields)


def bears_badge(entry: Practitioner, viewer: Practitioner) -> bool:
    return bool(redact(as_read(entry), held_by(viewer)).verified)


# The eyes of an authority


@pytest.mark.parametrize(
    "sign", [{"authority": True}, {"profession": "consular-officer"}, {"organisation": "migration-authority"}]
)
def test_an_authority_member_sheds_it_by_no_edit(sign: dict[str, Any]) -> None:
    fields = dict(sign)
    if "profession" in fields:
        fields["profession"] = term(fields["profession"])
    if "organisation" in fields:
        fields["organisation"] = OrganisationFactory(type=term(fields["organisation"], "organisation_type"))
    entry = PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()], **fields)
    other = OrganisationFactory()

    edited(entry, profession=term("social-worker").pk, organisation=other.pk)

    assert "authority" in held_by(entry)


def test_who_comes_back_in_another_post_is_one_until_a_coordinator_says_otherwise() -> None:
    network, (one, _other) = a_network()
    row = application(network)
    Practitioner.objects.visible_to(frozenset({f"owner:{row.practitioner_id}"})).update(
        profession=term("consular-officer")
    )

    page = enter(one).get(f"/account/desk/applications/{row.reference}/")

    assert page.context["forms"]["evidence"]["authority"].value() is True


# While one is being vetted


@pytest.mark.parametrize("status", ["confirmed", "evidence"])
def test_an_applicant_stays_whom_the_evidence_is_for(status: str) -> None:
    network, (one, _other) = a_network()
    body, elsewhere = OrganisationFactory(), OrganisationFactory()
    row = application(
        network, status, organisation=body, display_name="Ana Sample", recorded_by=one if status == "evidence" else None
    )
    entry = as_system("index").get(pk=row.practitioner_id)

    after = edited(entry, display_name="Dr. Voss", profession=term("doctor").pk, organisation=elsewhere.pk, offers="Hm")

    assert (after.display_name, after.profession_id, after.organisation) == ("Ana Sample", "nurse", body)
    assert after.offers == "Hm"


def test_a_coordinator_gets_round_no_rule_by_changing_organisation() -> None:
    network, (one, other) = a_network()
    row = application(network, "evidence", organisation=other.organisation, recorded_by=one)
    page = f"/account/desk/applications/{row.reference}/"
    barred = enter(other).get(page).status_code

    edited(other, organisation=OrganisationFactory().pk)

    assert (barred, enter(other).get(page).status_code) == (404, 404)


# The badge


@pytest.mark.parametrize("name", ["display_name", "profession", "organisation"])
def test_the_badge_rests_from_a_change_until_a_coordinator_has_seen_it(name: str) -> None:
    network, (one, _other) = a_network()
    entry, viewer = vetted(network), member_of(network)
    other = {"display_name": "Another", "profession": term("doctor").pk, "organisation": OrganisationFactory().pk}
    assert bears_badge(entry, viewer)

    edited(entry, **{name: other[name]})

    assert not bears_badge(entry, viewer)
    log = AuditRow.objects.get(action="vetted entry changed")
    assert (log.network, log.detail) == (network.slug, {"changed": [name]})
    assert "the badge rests" in enter(one).get("/account/desk/members/").content.decode()
    assert seen(one, network, entry).status_code == 302
    assert bears_badge(entry, viewer)
    assert seen(one, network, entry).status_code == 409


def seen(by: Practitioner, network: Any, entry: Practitioner) -> Any:
    return enter(by).post(f"/account/desk/networks/{network.slug}/changed/{entry.public_id}/")


def test_other_edits_leave_the_badge_alone() -> None:
    network, _two = a_network()
    entry, viewer = vetted(network), member_of(network)

    edited(entry, offers="Evening rounds", function="Night team")

    assert bears_badge(entry, viewer)
    assert not AuditRow.objects.filter(action="vetted entry changed").exists()


def test_nobody_says_so_of_themselves_of_colleagues_or_of_other_networks_members() -> None:
    network, (one, other) = a_network()
    stranger = coordinator(NetworkFactory())
    entry = vetted(network)
    edited(entry, organisation=other.organisation.pk)
    one_changed = edited(one, display_name="Another name")

    answers = [
        seen(other, network, entry),
        seen(stranger, network, entry),
        seen(stranger, stranger.memberships.get().network, entry),
        seen(member_of(network), network, entry),
        seen(one, network, one_changed),
    ]

    assert [each.status_code for each in answers] == [403, 404, 404, 404, 403]
    assert not bears_badge(entry, member_of(network))


def test_whoever_is_vetted_anew_bears_it_again() -> None:
    network, (one, other) = a_network()
    row = application(network)
    Practitioner.objects.visible_to(frozenset({f"owner:{row.practitioner_id}"})).update(
        verified_on=VETTED, changed_on=VETTED
    )

    enter(one).post(f"/account/desk/applications/{row.reference}/evidence/", EVIDENCE)
    enter(other).post(f"/account/desk/applications/{row.reference}/decision/", YES)

    after = as_system("index").get(pk=row.practitioner_id)
    assert (after.status, after.changed_on) == ("verified", None)
