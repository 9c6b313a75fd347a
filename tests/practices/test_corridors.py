"""The corridor finder: both ends of a way, as the viewer may see them."""

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client

from network.models import Practitioner
from practices.corridors import corridor_page, read
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term
from tests.practices.factories import make_guide, make_term
from tests.site_tree import make_site
from tests.vocabulary.factories import PlaceFactory

pytestmark = pytest.mark.django_db
PUBLIC, MEMBER = frozenset({"public"}), frozenset({"public", "member"})
WAY = "from=AL&to=GR"


@pytest.fixture
def world(indexed: Callable) -> dict[str, Practitioner]:
    """One person, network and organisation at each end; one who says that they work across."""
    made: dict[str, Practitioner] = {}
    for code, language in (("AL", "sq"), ("GR", "el")):
        PlaceFactory(id=code, kind="country", country=code, name=code)
        network = NetworkFactory(name=f"Network of {code}")
        network.areas.set([code])
        OrganisationFactory(country=code, name=f"Office of {code}", languages=["en", language])
        fields = {"networks": [network], "areas": [code], "speaks": ["en", language], "listing_for": "members"}
        made[code] = PractitionerFactory(name_for="members", **fields)
        made[f"{code} across"] = PractitionerFactory(
            name_for="members", corridors_for="members", corridors=["AL", "GR"], open_to_authority=True, **fields
        )
    indexed()
    return made


def page(asked: str, principals: frozenset[str] = MEMBER) -> dict:
    return corridor_page(read(QueryDict(asked)), principals)


def test_both_ends_show_people_networks_and_organisations(world: dict[str, Practitioner]) -> None:
    ends = page(WAY)["ends"]

    assert [(end.code, end.role) for end in ends] == [("AL", "Origin"), ("GR", "Destination")]
    assert [len(end.people) for end in ends] == [2, 2]
    assert [end.networks[0].title for end in ends] == ["Network of AL", "Network of GR"]
    assert [end.organisations[0].title for end in ends] == ["Office of AL", "Office of GR"]


def test_whoever_says_that_they_work_across_comes_first(world: dict[str, Practitioner]) -> None:
    ends = page(WAY)["ends"]

    assert ends[0].people[0].title == world["AL across"].display_name


def test_a_country_on_the_way_stands_between(world: dict[str, Practitioner]) -> None:
    assert [end.code for end in page(f"{WAY}&via=MK")["ends"]] == ["AL", "MK", "GR"]


def test_readers_without_an_account_are_shown_bands_and_no_people(world: dict[str, Practitioner]) -> None:
    ends = page(WAY, PUBLIC)["ends"]

    assert [(end.people, end.band) for end in ends] == [(None, "under 5"), (None, "under 5")]


def test_nobody_hidden_from_a_member_is_at_either_end(world: dict[str, Practitioner], indexed: Callable) -> None:
    world["AL"].listing_for = "network"
    world["AL"].save()
    indexed()

    assert [end.people_total for end in page(WAY)["ends"]] == [1, 2]


def test_languages_spoken_at_both_ends_are_named(world: dict[str, Practitioner]) -> None:
    assert page(WAY)["shared"] == ["English"]


def test_languages_of_people_and_organisations_that_are_not_shown_count_too(
    world: dict[str, Practitioner], indexed: Callable
) -> None:
    for number in range(6):
        OrganisationFactory(country="GR", name=f"Aid {number}", languages=["el"])
        PractitionerFactory(
            networks=[NetworkFactory()], areas=["AL"], speaks=["sq"], listing_for="members",
            corridors=["GR"], corridors_for="members",
        )  # fmt: skip
    PractitionerFactory(networks=[NetworkFactory()], areas=["AL"], speaks=["ar"], listing_for="members")
    OrganisationFactory(country="GR", name="Zone", languages=["ar"])
    indexed()

    asked = page(WAY)

    assert asked["shared"] == ["Arabic", "English"]
    assert "Zone" not in [card.title for card in asked["ends"][1].organisations]


@pytest.mark.parametrize("hidden", [{"listing_for": "network"}, {"languages_for": "network"}])
def test_a_language_that_only_somebody_hidden_speaks_is_not_told(
    world: dict[str, Practitioner], indexed: Callable, hidden: dict[str, str]
) -> None:
    fields = {"areas": ["AL"], "speaks": ["ar"], "listing_for": "members", **hidden}
    network = NetworkFactory()
    PractitionerFactory(networks=[network], **fields)
    OrganisationFactory(country="GR", name="Zone", languages=["ar"])
    indexed()

    assert page(WAY)["shared"] == ["English"]
    assert page(WAY, MEMBER | {f"network:{network.pk}"})["shared"] == ["Arabic", "English"]


def test_readers_without_an_account_are_told_what_the_public_directory_tells(
    world: dict[str, Practitioner], indexed: Callable
) -> None:
    OrganisationFactory(country="GR", name="Zone", languages=["ar", "fa"])
    for language, listing in (("ar", "public"), ("fa", "members")):
        shown = {f"{group}_for": listing for group in ("listing", "area", "languages")}
        PractitionerFactory(networks=[NetworkFactory()], areas=["AL"], speaks=[language], **shown)
    indexed()

    assert page(WAY, PUBLIC)["shared"] == ["Arabic", "English"]


def test_a_national_coordination_body_is_the_focal_point(world: dict[str, Practitioner]) -> None:
    OrganisationFactory(
        country="GR", name="The rapporteur", type=term("national-coordination-body", "organisation_type")
    )

    origin, destination = page(WAY)["ends"]

    assert [card.title for card in destination.focal_points] == ["The rapporteur"]
    assert origin.focal_points == ()


@pytest.mark.parametrize(
    "asked", ["", "from=AL", "to=GR", "from=AL&to=AL", "from=ZZ&to=GR", "from=%00&to=GR", "from=al&to=<b>"]
)
def test_without_two_different_ends_nothing_is_looked_up(asked: str) -> None:
    assert page(asked)["ends"] == []


def test_the_page_says_what_an_end_lacks(client: Client, indexed: Callable) -> None:
    indexed()

    shown = client.get(f"/en/corridors/?{WAY}").content.decode()

    for sentence in ("No network covers this country yet", "None is recorded here yet", "No language is recorded"):
        assert sentence in shown


def test_guides_for_the_way_and_routes_of_both_countries_are_listed(client: Client, indexed: Callable) -> None:
    make_site()
    guide = make_guide(title="Look for a family", slug="look-for-a-family")
    guide.terms.add(make_term("method", "family-tracing"))
    guide.save_revision().publish()
    indexed()

    shown = client.get(f"/en/corridors/?{WAY}").content.decode()

    assert "Look for a family" in shown
    assert "Compensation in Albania" in shown


def test_the_number_of_queries_does_not_grow_with_people(
    world: dict[str, Practitioner], signed_in: Callable, django_assert_max_num_queries
) -> None:
    viewer = PractitionerFactory(user=UserFactory(), networks=[NetworkFactory()])
    client = signed_in(viewer)
    client.get(f"/en/corridors/?{WAY}")

    with django_assert_max_num_queries(45):
        client.get(f"/en/corridors/?{WAY}")
