"""Who may not read and who may not act: every rule of vetting from its negative side."""

from typing import Any

import pytest
from django.test import Client

from network.models import Application, Voucher
from network.names import warnings_of
from network.policy import as_system
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory
from tests.network.joining_world import EVIDENCE, YES, a_network, application, at, coordinator, enter, gone, status_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["nobody", "member", "editor", "superuser", "elsewhere", "without factor", "applicant"])
def test_to_everybody_but_its_coordinators_an_application_does_not_exist(who: str) -> None:
    network, (one, _other) = a_network()
    row = application(network, display_name="Canary")
    staff = UserFactory(is_staff=True, is_superuser=True)
    browsers = {
        "nobody": lambda: Client(),
        "member": lambda: enter(PractitionerFactory(user=UserFactory(), networks=[network])),
        "editor": lambda: enter(PractitionerFactory(user=UserFactory(is_staff=True), status="withdrawn")),
        "superuser": lambda: enter(PractitionerFactory(user=staff, networks=[network])),
        "elsewhere": lambda: enter(coordinator(NetworkFactory())),
        "without factor": lambda: enter(one, second_factor=False),
        "applicant": lambda: enter(row.practitioner),
    }
    browser = browsers[who]()

    pages = [browser.get(at(row), follow=True), browser.get("/account/desk/", follow=True)]
    acts = [browser.post(at(row, act), {**EVIDENCE, **YES}) for act in ("evidence", "decision", "missing", "calling")]

    assert not any("Canary" in page.content.decode() for page in pages)
    assert all(answer.status_code in (302, 404) for answer in acts)
    assert status_of(row) == "confirmed"


def test_absent_and_forbidden_applications_answer_the_same() -> None:
    network, _people = a_network()
    row = application(network)
    browser = enter(coordinator(NetworkFactory()))

    hidden, absent = (
        browser.get(f"/account/desk/applications/{each}/", follow=True) for each in (row.reference, "0" * 20)
    )

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content.decode().replace(row.reference, "") == absent.content.decode().replace("0" * 20, "")


def barred(why: str, network: Any, one: Any) -> Application:
    """An application that keeps `one` away."""
    if why == "own organisation":
        return application(network, organisation=one.organisation, display_name="Canary")
    if why == "invited":
        return application(network, inviter=one, display_name="Canary")
    if why == "invited by a colleague":
        inviter = PractitionerFactory(organisation=one.organisation, networks=[network])
        return application(network, inviter=inviter, display_name="Canary")
    row = application(network, display_name="Canary")
    Voucher.objects.create(application=row, member=one, organisation=one.organisation)
    return row


@pytest.mark.parametrize("why", ["own organisation", "invited", "invited by a colleague", "vouched"])
def test_whoever_is_near_the_applicant_neither_reads_nor_acts(why: str) -> None:
    network, (one, other) = a_network()
    row = barred(why, network, one)
    browser = enter(one)

    queue = browser.get("/account/desk/").content.decode()
    opened = browser.get(at(row), follow=True)
    acted = browser.post(at(row, "evidence"), EVIDENCE, follow=True)

    assert "Canary" not in queue
    assert "An application" in queue
    assert gone(opened)
    assert gone(acted)
    assert status_of(row) == "confirmed"
    assert enter(other).get(at(row)).status_code == 200


def mailbox_of(person: Any, network: Any) -> Any:
    """A role mailbox that coordinates the network and that this person's account answers too."""
    mailbox = PractitionerFactory(role_mailbox=True, organisation=OrganisationFactory(), coordinates=[network])
    mailbox.answered_by.add(person.user)
    return mailbox


def test_nobody_vets_themselves_through_a_mailbox_that_they_answer() -> None:
    network, _people = a_network()
    row = application(network)
    mailbox_of(row.practitioner, network)
    browser = enter(row.practitioner)

    assert "An application" in browser.get("/account/desk/").content.decode()
    assert gone(browser.post(at(row, "evidence"), EVIDENCE, follow=True))


def test_nobody_records_as_themselves_and_decides_as_a_mailbox() -> None:
    network, (one, _other) = a_network()
    row = application(network, "evidence", recorded_by=one)
    mailbox_of(one, network)

    assert enter(one).post(at(row, "decision"), YES).status_code == 403
    assert status_of(row) == "evidence"


def test_who_recorded_does_not_decide() -> None:
    network, (one, _other) = a_network()
    row = application(network, "evidence", recorded_by=one)

    answer = enter(one).post(at(row, "decision"), YES)

    assert answer.status_code == 403
    assert "earlier step" in answer.content.decode()
    assert status_of(row) == "evidence"


def test_a_colleague_of_who_recorded_does_not_decide() -> None:
    network, (one, _other) = a_network()
    row = application(network, "evidence", recorded_by=one)
    colleague = coordinator(network, one.organisation)

    answer = enter(colleague).post(at(row, "decision"), YES)

    assert answer.status_code == 403
    assert status_of(row) == "evidence"


def test_changing_ones_organisation_after_recording_does_not_help() -> None:
    network, (one, other) = a_network()
    row = application(network, "evidence", recorded_by=one)
    before = one.organisation
    as_system("lifecycle").filter(pk=one.pk).update(organisation=OrganisationFactory())
    as_system("lifecycle").filter(pk=other.pk).update(organisation=before)

    assert enter(other).post(at(row, "decision"), YES).status_code == 403


def test_a_coordinator_without_an_organisation_acts_on_nothing() -> None:
    network, _people = a_network()
    row = application(network)
    nowhere = coordinator(network)
    as_system("lifecycle").filter(pk=nowhere.pk).update(organisation=None)

    assert enter(nowhere).post(at(row, "evidence"), EVIDENCE).status_code == 403


def test_who_says_that_the_applicant_is_a_colleague_does_not_record() -> None:
    network, (one, _other) = a_network()
    row = application(network)

    answer = enter(one).post(at(row, "evidence"), {**EVIDENCE, "organisation": one.organisation.name})

    assert answer.status_code == 403
    assert status_of(row) == "confirmed"


def test_the_coordinator_sees_the_letters_of_an_odd_name() -> None:
    network, (one, _other) = a_network()
    row = application(network, name_warnings=warnings_of("Аna"), display_name="Аna")

    page = enter(one).get(at(row)).content.decode()

    assert page.count("U+0410 CYRILLIC CAPITAL LETTER A") == 1


def test_the_coordinator_sees_the_letters_of_a_name_that_was_changed_since() -> None:
    network, (one, _other) = a_network()
    row = application(network, name_warnings=[], display_name="Аna")

    page = enter(one).get(at(row)).content.decode()

    assert page.count("U+0410 CYRILLIC CAPITAL LETTER A") == 1


def test_the_desk_shows_the_ending_of_the_address_only() -> None:
    network, (one, _other) = a_network()
    row = application(network)

    page = enter(one).get(at(row)).content.decode()

    assert "@example.org" in page
    assert row.account.email not in page


def test_the_log_names_an_applicant_to_those_who_vet_them_alone() -> None:
    network, (one, other) = a_network()
    colleague = coordinator(network, other.organisation)
    row = application(network, display_name="Canary Applicant", organisation=other.organisation)
    enter(one).post(at(row, "missing"), {"missing": "Which register?"})

    logs = {each: enter(each).get("/account/desk/log/").content.decode() for each in (one, other, colleague)}

    assert [at(row) in log for log in logs.values()] == [True, False, False]
    assert ["Canary Applicant" in log for log in logs.values()] == [True, False, False]
    assert all("Asked for more evidence" in log for log in logs.values())
