"""The directory's page: nobody without a question, at most fifty with one, and never more than policy allows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from network.models import Membership
from search import indexer
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, term
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models import PlaceName

pytestmark = pytest.mark.django_db
PEOPLE = "/en/people/"
OPEN = {f"{group}_for": "public" for group in ("listing", "profession", "area", "languages", "practice", "name")}


def body(client: Client, address: str = PEOPLE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_question_nobody_is_listed(client: Client, indexed: Callable[[], None]) -> None:
    PractitionerFactory(networks=[NetworkFactory()], profession=term("nurse"), display_name="Canary Name", **OPEN)
    indexed()

    page = body(client)

    assert "Canary Name" not in page
    assert 'value="nurse"' in page
    assert "<svg" in page


def test_a_profession_lists_those_who_show_it(client: Client, indexed: Callable[[], None]) -> None:
    network = NetworkFactory()
    PractitionerFactory(networks=[network], profession=term("nurse"), display_name="Open Nurse", **OPEN)
    PractitionerFactory(networks=[network], profession=term("nurse"), display_name="Shy Nurse")
    PractitionerFactory(networks=[network], profession=term("lawyer"), display_name="Open Lawyer", **OPEN)
    indexed()

    page = body(client, f"{PEOPLE}?profession=nurse")

    assert "Open Nurse" in page
    assert "Shy Nurse" not in page
    assert "Open Lawyer" not in page


def test_a_hidden_field_cannot_be_confirmed_by_filtering(client: Client, indexed: Callable[[], None]) -> None:
    fields = {**OPEN, "profession_for": "members"}
    PractitionerFactory(networks=[NetworkFactory()], profession=term("nurse"), display_name="Canary Name", **fields)
    indexed()

    assert "Canary Name" not in body(client, f"{PEOPLE}?profession=nurse")


def test_a_member_finds_what_members_may_see(indexed: Callable[[], None], signed_in: Any) -> None:
    network = NetworkFactory()
    PractitionerFactory(networks=[network], profession=term("nurse"), name_for="members", display_name="Shy Nurse")
    reader = PractitionerFactory(networks=[NetworkFactory()], user=UserFactory())
    indexed()

    assert "Shy Nurse" in body(signed_in(reader), f"{PEOPLE}?profession=nurse")


def test_who_can_be_called_in_a_town_and_speaks_a_language(client: Client, indexed: Callable[[], None]) -> None:
    network, town = NetworkFactory(), PlaceFactory(name="Tirana", latitude=41.33, longitude=19.82)
    far = PlaceFactory(name="Faraway", latitude=60.0, longitude=25.0)
    PlaceName.objects.create(place=town, key="tirana", main=True)
    PractitionerFactory(networks=[network], areas=[town], speaks=["sq"], display_name="Speaks There", **OPEN)
    PractitionerFactory(networks=[network], areas=[town], speaks=["el"], display_name="Mute There", **OPEN)
    PractitionerFactory(networks=[network], areas=[far], speaks=["sq"], display_name="Speaks Far", **OPEN)
    indexed()

    page = body(client, f"{PEOPLE}?near=Tirana&within=25&language=sq")

    assert "Speaks There" in page
    assert "Mute There" not in page
    assert "Speaks Far" not in page


def test_a_place_that_is_not_found_is_said_beside_the_results(client: Client, indexed: Callable[[], None]) -> None:
    indexed()

    page = body(client, f"{PEOPLE}?near=Nowhereatall&q=nurse")

    assert page.count("No place of this name was found") == 2


def test_a_revoked_membership_bites_on_the_next_request(indexed: Callable[[], None], signed_in: Any) -> None:
    PractitionerFactory(networks=[NetworkFactory()], profession=term("nurse"), display_name="Shy", name_for="members")
    reader = PractitionerFactory(networks=[NetworkFactory()], user=UserFactory())
    indexed()
    session = signed_in(reader)
    assert "Shy" in body(session, f"{PEOPLE}?profession=nurse")

    Membership.objects.filter(practitioner=reader).update(ended="2026-01-01")

    assert "Shy" not in body(session, f"{PEOPLE}?profession=nurse")


def test_a_paused_member_is_not_found_by_name(
    client: Client, indexed: Callable[[], None], django_capture_on_commit_callbacks: Any
) -> None:
    entry = PractitionerFactory(networks=[NetworkFactory()], display_name="Canary Name", **OPEN)
    indexed()
    assert "Canary" in body(client, f"{PEOPLE}?q=Canary").replace('value="Canary"', "")

    entry.status = "paused"
    entry.save()

    assert entry.public_id not in body(client, f"{PEOPLE}?q=Canary")


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "%00%E2%80%AE" * 50,
        "q=" + "x" * 6000,
        "page=999999999",
        "page=-1",
        "page=%D9%A3",
        "within=12",
        "near=%F0%9F%98%80",
        "near=41.3,19.8",
        "profession=%27%22%3E%3Cscript%3E",
        "&".join(f"profession={number}" for number in range(300)),
        "nonsense[]=1",
        "not=nurse&q=nurse",
    ],
)
def test_a_strange_address_is_an_ordinary_page(client: Client, indexed: Callable[[], None], query: str) -> None:
    indexed()

    page = body(client, f"{PEOPLE}?{query}")

    assert "<script>" not in page


def test_people_are_kept_out_of_search_engines_and_caches(client: Client, indexed: Callable[[], None]) -> None:
    indexed()

    response = client.get(PEOPLE)

    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("query", ["", "?profession=nurse", "?q=nurse+Tirana&language=sq", "?q=nobodyatall"])
def test_a_page_of_people_costs_at_most_eight_queries(
    client: Client, indexed: Callable[[], None], django_assert_max_num_queries: Any, query: str
) -> None:
    network, place = NetworkFactory(), PlaceFactory(name="Tirana")
    PlaceName.objects.create(place=place, key="tirana", main=True)
    for _ in range(12):
        PractitionerFactory(networks=[network], areas=[place], profession=term("nurse"), speaks=["sq"], **OPEN)
    indexed()
    client.get(PEOPLE + query)  # the lexicon is read once a process

    with django_assert_max_num_queries(8):
        client.get(PEOPLE + query)


def test_signing_in_costs_at_most_seven_queries_more(
    indexed: Callable[[], None], signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    network = NetworkFactory()
    for _ in range(12):
        PractitionerFactory(networks=[network], profession=term("nurse"), speaks=["sq"])
    reader = PractitionerFactory(networks=[network], user=UserFactory())
    indexed()
    session = signed_in(reader)
    session.get(f"{PEOPLE}?profession=nurse")

    with django_assert_max_num_queries(15):
        session.get(f"{PEOPLE}?profession=nurse")


def test_no_more_than_fifty_are_shown_over_all_pages(client: Client, indexed: Callable[[], None]) -> None:
    network = NetworkFactory()
    ids = {PractitionerFactory(networks=[network], profession=term("nurse"), **OPEN).public_id for _ in range(60)}
    indexed()

    pages = [body(client, f"{PEOPLE}?profession=nurse&page={number}") for number in range(1, 8)]

    assert len({each for each in ids if any(each in page for page in pages)}) == 50
    assert "At most 50 people are shown" in pages[0]


def test_a_change_is_found_after_the_outbox_is_emptied(
    client: Client, indexed: Callable[[], None], django_capture_on_commit_callbacks: Any
) -> None:
    entry = PractitionerFactory(networks=[NetworkFactory()], display_name="Canary Name", speaks=["sq"], **OPEN)
    indexed()

    with django_capture_on_commit_callbacks(execute=True):
        entry.languages.create(language="el")
    indexer.rebuild()

    assert "Canary Name" in body(client, f"{PEOPLE}?language=el")


def test_htmx_gets_the_part_that_changes(client: Client, indexed: Callable[[], None]) -> None:
    PractitionerFactory(networks=[NetworkFactory()], profession=term("nurse"), display_name="Canary Name", **OPEN)
    indexed()

    answer = client.get(f"{PEOPLE}?profession=nurse", headers={"HX-Request": "true"})
    part = answer.content.decode()

    assert "Canary Name" in part
    assert 'id="found"' in part
    assert "<html" not in part
    assert "HX-Request" in answer["Vary"]
    assert "no-store" in answer["Cache-Control"]


def test_a_place_chosen_by_its_id_is_named_and_kept(client: Client, indexed: Callable[[], None]) -> None:
    place = PlaceFactory(name="Tirana")
    PractitionerFactory(networks=[NetworkFactory()], areas=[place], display_name="Canary Name", **OPEN)
    indexed()

    page = body(client, f"{PEOPLE}?near={place.pk}")

    assert "Canary Name" in page
    assert f'type="hidden" name="near" value="{place.pk}"' in page
    assert "Within 50 km of Tirana" in page
