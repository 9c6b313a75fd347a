"""Pages of one entry, one organisation, one network."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from network import clock, quota, sections
from network.models import Hotline, Network, Organisation
from network.snapshot import take
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term
from tests.vocabulary.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def test_absent_and_hidden_entries_answer_the_same_and_offer_sign_in(client: Client) -> None:
    hidden = PractitionerFactory(networks=[NetworkFactory()], listing_for="network")

    answers = [client.get(f"/en/people/{public_id}/") for public_id in (hidden.public_id, "0" * 20)]

    first, second = (answer.content.decode().replace(hidden.public_id, "").replace("0" * 20, "") for answer in answers)
    assert [answer.status_code for answer in answers] == [404, 404]
    assert first == second
    assert "/account/login/" in first
    assert dict(answers[0].headers) == dict(answers[1].headers)
    assert "noindex" in answers[0]["X-Robots-Tag"]


def test_an_entry_shows_what_its_reader_may_see(client: Client) -> None:
    entry = PractitionerFactory(
        networks=[NetworkFactory()],
        listing_for="public",
        name_for="public",
        display_name="Open Name",
        function="Canary",
    )

    page = client.get(f"/en/people/{entry.public_id}/").content.decode()

    assert "Open Name" in page
    assert "Canary" not in page


def test_a_sample_says_that_it_cannot_be_reached(client: Client) -> None:
    entry = PractitionerFactory(networks=[NetworkFactory()], listing_for="public", sample=True)

    assert "Sample person, cannot be reached" in client.get(f"/en/people/{entry.public_id}/").content.decode()


def test_the_tab_tells_nothing(client: Client) -> None:
    entry = PractitionerFactory(
        networks=[NetworkFactory(name="Canary network")], listing_for="public", name_for="public", display_name="Canary"
    )
    network = NetworkFactory(name="Canary network")
    body = OrganisationFactory(name="Canary house")

    for address in (f"/en/people/{entry.public_id}/", network.get_absolute_url(), body.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Canary" not in page.partition("<title>")[2].partition("</title>")[0]


def test_an_organisation_shows_its_people_only_to_those_who_may_know_where_they_work(
    client: Client, signed_in: Any
) -> None:
    body, network = OrganisationFactory(), NetworkFactory()
    PractitionerFactory(networks=[network], organisation=body, listing_for="public", display_name="Canary")
    reader = PractitionerFactory(networks=[network], user=UserFactory())

    assert "Canary" not in client.get(body.get_absolute_url()).content.decode()
    assert "Canary" in signed_in(reader).get(body.get_absolute_url()).content.decode()


def test_a_network_shows_its_roster_to_its_own_members_only(client: Client, signed_in: Any) -> None:
    ours, theirs = NetworkFactory(), NetworkFactory()
    PractitionerFactory(
        networks=[ours], listing_for="public", name_for="public", networks_for="public", display_name="Canary"
    )
    member = PractitionerFactory(networks=[ours], user=UserFactory())
    stranger = PractitionerFactory(networks=[theirs], user=UserFactory())

    assert "Canary" not in client.get(ours.get_absolute_url()).content.decode()
    assert "Canary" not in signed_in(stranger).get(ours.get_absolute_url()).content.decode()
    assert "Canary" in signed_in(member).get(ours.get_absolute_url()).content.decode()


def test_a_network_shows_bands_and_no_number(client: Client) -> None:
    place = PlaceFactory(country="AL")
    network = NetworkFactory()
    network.areas.add(place)
    network.professions_wanted.add(term("nurse"))
    for _ in range(7):
        PractitionerFactory(networks=[network], areas=[place], profession=term("nurse"))
    take()

    page = client.get(network.get_absolute_url()).content.decode()

    assert page.count("5–9") == 2
    assert "under 5" not in page


@pytest.mark.parametrize("people", [1, 30])
def test_a_network_page_costs_at_most_twelve_queries(
    client: Client, people: int, django_assert_max_num_queries: Any
) -> None:
    place, network = PlaceFactory(), NetworkFactory()
    network.areas.add(place)
    network.professions_wanted.add(term("nurse"), term("lawyer"))
    network.partners.add(NetworkFactory())
    for _ in range(people):
        PractitionerFactory(networks=[network], areas=[place])

    with django_assert_max_num_queries(12):
        client.get(network.get_absolute_url())


def test_a_network_page_costs_members_at_most_seven_more(signed_in: Any, django_assert_max_num_queries: Any) -> None:
    network = NetworkFactory()
    for _ in range(15):
        PractitionerFactory(networks=[network], speaks=["sq"], areas=[PlaceFactory()])
    session = signed_in(PractitionerFactory(networks=[network], user=UserFactory()))

    with django_assert_max_num_queries(19):
        session.get(network.get_absolute_url())


def test_organisations_are_listed_by_country_at_a_constant_cost(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    OrganisationFactory.create_batch(25, country="AL", type=term("ngo", "organisation_type"))
    OrganisationFactory(name="Elsewhere house", country="GR")

    with django_assert_max_num_queries(8):
        page = client.get("/en/organisations/?country=AL").content.decode()

    assert "Elsewhere house" not in page
    assert page.count('class="card ') == 25


def test_a_name_only_organisation_says_that_nothing_further_was_checked(client: Client) -> None:
    body = OrganisationFactory(name_only=True)

    assert "nothing further checked" in client.get(body.get_absolute_url()).content.decode()


def test_help_gives_numbers_by_country_as_links_to_call(client: Client) -> None:
    Hotline.objects.create(organisation=OrganisationFactory(), number="116 006", country="AL", audience="trafficking")
    Hotline.objects.create(organisation=OrganisationFactory(sample=True), number="555 999", country="GR")

    page = client.get("/en/people/?q=nobodyatall").content.decode()

    assert page.index("call your local emergency number") < page.index('href="tel:116006"')
    assert "not checked with its operator" in page
    assert "555 999" not in page


def test_another_app_adds_a_section_that_sees_the_card_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(sections, "registered", {})

    @sections.section("entry")
    def guides(record: Any, principals: frozenset[str], language: str) -> None:
        seen.append(record)

    entry = PractitionerFactory(networks=[NetworkFactory()], listing_for="public", display_name="Canary")
    client.get(f"/en/people/{entry.public_id}/")

    assert [type(each).__name__ for each in seen] == ["EntryCard"]
    assert "Canary" not in repr(seen)


@pytest.fixture
def three_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quota that a test can use up: three organisations a day, two for whoever is new."""
    monkeypatch.setattr(quota, "LISTS", quota.Quota("list", ((quota.DAY, 3),)))


def working_for(network: Network, number: int) -> list[Organisation]:
    """So many organisations, each with one colleague of the network."""
    bodies = [OrganisationFactory() for _each in range(number)]
    for body in bodies:
        PractitionerFactory(networks=[network], organisation=body, listing_for="members", display_name="Canary")
    return bodies


@pytest.mark.parametrize(("verified_days_ago", "shown"), [(31, 3), (29, 2)])
def test_an_account_is_shown_the_people_of_so_many_organisations_a_day(
    signed_in: Any, three_lists: None, verified_days_ago: int, shown: int
) -> None:
    network, verified = NetworkFactory(), clock.today() - timedelta(days=verified_days_ago)
    bodies = working_for(network, 5)
    client = signed_in(PractitionerFactory(networks=[network], user=UserFactory(), verified_on=verified))

    pages = [client.get(body.get_absolute_url()).content.decode() for body in bodies]

    assert ["Canary" in page for page in pages] == [True] * shown + [False] * (5 - shown)
    assert "You have used up what one account has for now" in pages[-1]
    with clock.standing_at(clock.now() + timedelta(days=1, minutes=1)):
        assert "Canary" in client.get(bodies[-1].get_absolute_url()).content.decode()


def test_coming_back_to_an_organisation_on_the_same_day_uses_up_nothing(signed_in: Any, three_lists: None) -> None:
    network = NetworkFactory()
    bodies = working_for(network, 4)
    client = signed_in(PractitionerFactory(networks=[network], user=UserFactory()))

    for body in [bodies[0]] * 5 + bodies[1:3] + [bodies[0]]:
        assert "Canary" in client.get(body.get_absolute_url()).content.decode()
    assert "Canary" not in client.get(bodies[3].get_absolute_url()).content.decode()


def test_an_organisation_that_lists_nobody_uses_up_nothing_and_says_no_more_than_others(
    signed_in: Any, three_lists: None
) -> None:
    network = NetworkFactory()
    client = signed_in(PractitionerFactory(networks=[network], user=UserFactory()))
    empty = [OrganisationFactory() for _each in range(5)]

    before = [client.get(body.get_absolute_url()).content.decode() for body in empty]
    shown = ["Canary" in client.get(body.get_absolute_url()).content.decode() for body in working_for(network, 4)]
    after = client.get(OrganisationFactory().get_absolute_url()).content.decode()

    assert shown == [True, True, True, False]
    assert not any("used up" in page for page in before)
    assert "You have used up what one account has for now" in after
