"""The first network: nonsense is refused in words, a half run is finished, and nobody is a member by command alone."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from network.models import AuditRow, Consent, Membership, Network
from network.policy import as_system, principals_of
from tests.network.factories import OrganisationFactory, PractitionerFactory, UserFactory, term
from tests.network.joining_world import PASSWORD
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models.place import PlaceName

pytestmark = pytest.mark.django_db
ANA = "ana@example.org; Ana Example; nurse; House One"
BEN = "ben@example.org; Ben Example; lawyer; House Two"
LINK = re.compile(r"/en/join/begin/[\w-]+/")


@pytest.fixture(autouse=True)
def words() -> None:
    for slug in ("nurse", "lawyer", "police-officer"):
        term(slug)
    PlaceName.objects.create(place=PlaceFactory(name="Tirana"), key="tirana", main=True)


def found(*coordinators: str, **changes: Any) -> None:
    options = {"slug": "one", "name": "Network One", "area": ["Tirana"], "coordinator": list(coordinators)}
    call_command("found_network", **(options | changes), verbosity=0)


def test_two_coordinators_get_a_link_and_are_members_by_their_own_act(client: Client, committed: Any) -> None:
    with committed():
        found(ANA, BEN)
    ana = get_user_model().objects.get(email="ana@example.org")
    assert principals_of(ana, second_factor=True) == {"public", f"owner:{ana.practitioner.pk}"}
    address = LINK.search(str(mail.outbox[0].body))
    assert address is not None

    opened = client.get(address.group())
    unsaid = client.post(address.group(), {"password": PASSWORD, "again": PASSWORD})
    begun = client.post(address.group(), {"password": PASSWORD, "again": PASSWORD, "agreed": "on"})
    again = client.post(address.group(), {"password": PASSWORD, "again": PASSWORD, "agreed": "on"})

    ana.refresh_from_db()
    network = Network.objects.get()
    assert [each.status_code for each in (opened, unsaid, begun, again)] == [200, 200, 302, 410]
    assert f"coordinator:{network.pk}" in principals_of(ana, second_factor=True)
    assert principals_of(ana, second_factor=False) == {"public"}
    assert ana.check_password(PASSWORD)
    assert ana.second_factor_required
    assert Consent.objects.get().practitioner_id == ana.practitioner.pk
    assert client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD}).status_code == 302


def test_it_is_logged_as_the_operators_act() -> None:
    found(ANA, BEN)

    rows = AuditRow.objects.order_by("number").values_list("action", "actor")
    assert rows[0] == ("network founded", "operator")
    assert [action for action, _actor in rows].count("coordinator named") == 2


def test_running_again_finishes_and_changes_nothing_that_stands(committed: Any) -> None:
    with committed():
        found(ANA, BEN)
        first = LINK.search(str(mail.outbox[0].body))
        found(ANA, BEN)

    assert first is not None
    assert (Network.objects.count(), Membership.objects.count()) == (1, 2)
    assert get_user_model().objects.filter(email__endswith="@example.org").count() == 2
    assert Client().get(first.group()).status_code == 410  # the newer link counts
    assert len(mail.outbox) == 4


def test_a_network_that_has_lost_its_coordinators_gets_others() -> None:
    found(ANA, BEN)
    found("cle@example.org; Cle Example; nurse; House Three")

    assert Membership.objects.filter(role="coordinator").count() == 3


def test_a_member_in_force_becomes_coordinator_without_a_link(committed: Any) -> None:
    entry = PractitionerFactory(user=UserFactory(email="ana@example.org"), organisation=OrganisationFactory())
    with committed():
        found(ANA, BEN)

    assert entry.memberships.get().role == "coordinator"
    assert [message.to for message in mail.outbox] == [["ben@example.org"]]


def test_an_unknown_organisation_becomes_a_name_and_a_known_one_is_used() -> None:
    house = OrganisationFactory(name="House One")

    found(ANA, BEN)

    assert as_system("lifecycle").get(display_name="Ana Example").organisation == house
    assert as_system("lifecycle").get(display_name="Ben Example").organisation.name_only


@pytest.mark.parametrize(
    ("coordinators", "changes", "said"),
    [
        ([ANA], {}, "two coordinators at least"),
        ([ANA, ANA.upper()], {}, "named twice"),
        ([ANA, BEN.replace("Two", "One")], {}, "different organisations"),
        ([ANA, "ben; Ben; lawyer; House Two"], {}, "no e-mail address"),
        ([ANA, "ben@example.org; ; lawyer; House Two"], {}, "a name and an organisation"),
        ([ANA, BEN.replace("lawyer", "wizard")], {}, "no profession is called"),
        ([ANA, BEN.replace("lawyer", "police-officer")], {}, "listed as a post"),
        ([ANA, "ben@example.org; Ben"], {}, "Write a coordinator as"),
        ([ANA, BEN], {"slug": "not an address"}, "cannot be an address"),
        ([ANA, BEN], {"name": " "}, "needs a name"),
        ([ANA, BEN], {"kind": "secret"}, "The kind is"),
        ([ANA, BEN], {"area": []}, "needs an area"),
        ([ANA, BEN], {"area": ["Nowhereville"]}, "not in the gazetteer"),
    ],
)
def test_nonsense_is_refused_in_a_sentence_and_nothing_is_done(
    coordinators: list[str], changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        found(*coordinators, **changes)

    assert not Network.objects.exists()
    assert not get_user_model().objects.filter(email__endswith="@example.org").exists()


def test_the_address_of_another_network_is_refused() -> None:
    found(ANA, BEN)

    with pytest.raises(CommandError, match="belongs to the network “Network One”"):
        found(ANA, BEN, name="Network Two")


def test_somebody_suspended_is_not_brought_in_by_the_back_door() -> None:
    PractitionerFactory(user=UserFactory(email="ana@example.org"), status="suspended")

    with pytest.raises(CommandError, match="settled first"):
        found(ANA, BEN)
    assert not Network.objects.exists()


def test_it_can_be_told_in_a_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Network One", "one", "local", "Tirana", ANA, BEN, ""])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))

    call_command("found_network", verbosity=0)

    assert Network.objects.get().name == "Network One"


def test_without_anybody_to_answer_it_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)

    with pytest.raises(CommandError, match="give --slug"):
        call_command("found_network", verbosity=0)
