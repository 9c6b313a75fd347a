"""Who sees what of an entry: every audience against every viewer, written out apart from the policy's own code."""

import pytest

from network.models import Practitioner
from network.policy import GROUPS, NotVisible, redact, redact_all
from network.policy.authority import held_by_authority
from network.querysets import NoViewer
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, as_read, term
from tests.vocabulary.factories import PlaceFactory

pytestmark = pytest.mark.django_db

PUBLIC = frozenset({"public"})
MEMBER = PUBLIC | {"member", "network:999"}
PARTNER = MEMBER | {"partner:{}"}
COLLEAGUE = MEMBER | {"network:{}"}
COORDINATOR = COLLEAGUE | {"coordinator:{}"}
VIEWERS = {
    "the public": PUBLIC,
    "a member of another network": MEMBER,
    "a member of a partner network": PARTNER,
    "a member of the same network": COLLEAGUE,
    "its coordinator": COORDINATOR,
}
SEEN_BY = {
    "public": set(VIEWERS),
    "members": set(VIEWERS) - {"the public"},
    "partners": {"a member of a partner network", "a member of the same network", "its coordinator"},
    "network": {"a member of the same network", "its coordinator"},
}


def principals(viewer: str, network: int) -> frozenset[str]:
    return frozenset(each.format(network) for each in VIEWERS[viewer])


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("audience", SEEN_BY)
def test_an_entry_is_listed_for_its_audience_and_nobody_else(audience: str, viewer: str) -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], listing_for=audience)

    found = Practitioner.objects.in_directory(principals(viewer, network.pk))

    assert (entry in found) == (viewer in SEEN_BY[audience])


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("audience", SEEN_BY)
def test_a_name_is_shown_to_its_audience_and_nobody_else(audience: str, viewer: str) -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], listing_for="public", name_for=audience, display_name="Canary")

    card = redact(as_read(entry), principals(viewer, network.pk))

    assert (card.name == "Canary") == (viewer in SEEN_BY[audience])
    assert ("Canary" in repr(card)) == (viewer in SEEN_BY[audience])


def test_no_field_group_is_wider_than_the_listing() -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], listing_for="network", name_for="public", profession_for="public")

    with pytest.raises(NotVisible):
        redact(as_read(entry), principals("a member of a partner network", network.pk))


def test_everything_hidden_is_as_if_it_had_never_been_filled_in() -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(
        networks=[network],
        listing_for="public",
        profession=term("lawyer"),
        terms=[term("nurse"), term("outreach", "method"), term("children", "target_group")],
        areas=[PlaceFactory(name="Canarytown")],
        speaks=["sq"],
        organisation=OrganisationFactory(name="Canary House"),
        function="Canary desk",
        offers="Canary offers",
        looks_for="Canary wishes",
        duty_line="555 canary",
        works_with_undocumented=True,
        firewall_statement="Canary wall",
        corridors=["GR"],
        display_name="Canary",
    )
    bare = PractitionerFactory(networks=[network], listing_for="public", public_id="0" * 20)

    card, empty = (redact(as_read(each), PUBLIC) for each in (entry, bare))

    hidden = {
        name: getattr(card, name) for name in card.__dataclass_fields__ if name not in ("key", "url", "public_id")
    }
    assert hidden == {name: getattr(empty, name) for name in hidden}
    assert card.title == "a practitioner"


def test_without_a_name_the_title_is_made_of_what_is_shown() -> None:
    network = NetworkFactory(name="Harbour network")
    place = PlaceFactory(name="Tirana")
    entry = PractitionerFactory(
        networks=[network],
        areas=[place],
        profession=term("nurse"),
        listing_for="public",
        profession_for="public",
        area_for="public",
    )

    assert redact(as_read(entry), PUBLIC).title == "Nurse, Tirana"
    assert redact(as_read(entry), MEMBER).title == "Nurse, Tirana, Harbour network"


def test_police_do_not_see_who_works_with_undocumented_persons() -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(
        networks=[network],
        listing_for="public",
        undocumented_for="public",
        works_with_undocumented=True,
        corridors=["GR"],
    )
    colleague = principals("a member of the same network", network.pk)

    theirs, ours = redact(as_read(entry), held_by_authority(colleague)), redact(as_read(entry), colleague)

    assert (ours.works_with_undocumented, [each.id for each in ours.corridors]) == (True, ["GR"])
    assert (theirs.works_with_undocumented, theirs.corridors) == (None, ())


def test_an_owner_can_open_the_second_switch() -> None:
    entry = PractitionerFactory(
        networks=[NetworkFactory()],
        listing_for="public",
        undocumented_for="public",
        works_with_undocumented=True,
        open_to_authority=True,
    )

    assert redact(as_read(entry), held_by_authority(PUBLIC)).works_with_undocumented is True


@pytest.mark.parametrize(
    "status", ["applied", "dormant", "erased", "paused", "left", "suspended", "withdrawn", "refused"]
)
def test_an_entry_that_is_not_in_force_is_found_by_nobody(status: str) -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], listing_for="public", status=status)
    everybody = COORDINATOR | {f"coordinator:{network.pk}", f"network:{network.pk}", f"owner:{entry.pk}"}

    assert entry not in Practitioner.objects.in_directory(everybody)
    with pytest.raises(NotVisible):
        redact(as_read(entry), principals("a member of the same network", network.pk))


def test_a_paused_entry_can_be_opened_by_its_owner_and_its_coordinators_only() -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], status="paused")
    openers = {viewer for viewer in VIEWERS if entry in Practitioner.objects.visible_to(principals(viewer, network.pk))}

    assert openers == {"its coordinator"}
    assert entry in Practitioner.objects.visible_to(PUBLIC | {f"owner:{entry.pk}"})


@pytest.mark.parametrize("status", ["applied", "confirmed", "evidence", "refused", "withdrawn", "left", "erased"])
def test_coordinators_do_not_open_who_applies_or_who_has_gone(status: str) -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], status=status, listing_for="public")

    assert entry not in Practitioner.objects.visible_to(principals("its coordinator", network.pk))
    with pytest.raises(NotVisible):
        redact(as_read(entry), principals("its coordinator", network.pk))


@pytest.mark.parametrize("status", ["dormant", "paused", "suspended"])
def test_coordinators_open_who_is_hidden_for_now(status: str) -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], status=status)

    assert entry in Practitioner.objects.visible_to(principals("its coordinator", network.pk))
    assert redact(as_read(entry), principals("its coordinator", network.pk)).name == entry.display_name
    assert entry not in Practitioner.objects.visible_to(principals("a member of the same network", network.pk))


def test_a_membership_that_ended_opens_nothing() -> None:
    network = NetworkFactory()
    entry = PractitionerFactory(networks=[network], listing_for="network")
    entry.memberships.update(ended="2026-01-01")

    assert entry not in Practitioner.objects.in_directory(principals("a member of the same network", network.pk))


def test_an_owner_sees_all_of_their_entry() -> None:
    entry = PractitionerFactory(networks=[NetworkFactory()], listing_for="network", works_with_undocumented=True)

    card = redact(as_read(entry), held_by_authority(PUBLIC | {f"owner:{entry.pk}"}))

    assert card.groups == frozenset(GROUPS)
    assert (card.own, card.works_with_undocumented, card.name) == (True, True, entry.display_name)


def test_a_choice_by_a_hidden_field_shows_nobody() -> None:
    body = OrganisationFactory()
    PractitionerFactory(networks=[NetworkFactory()], listing_for="public", organisation=body)
    entries = Practitioner.objects.in_directory(PUBLIC).filter(organisation=body)

    assert redact_all(entries, PUBLIC, showing="post") == []
    assert len(redact_all(entries, PUBLIC)) == 1


@pytest.mark.parametrize(
    "read",
    [
        lambda: list(Practitioner.objects.all()),
        lambda: Practitioner.objects.count(),
        lambda: Practitioner.objects.exists(),
        lambda: Practitioner.objects.get(pk=1),
        lambda: Practitioner.objects.first(),
        lambda: list(Practitioner.objects.values_list("display_name")),
        lambda: list(Practitioner.objects.iterator()),
        lambda: Practitioner.objects.aggregate(),
        lambda: Practitioner.objects.update(display_name="x"),
        lambda: Practitioner.objects.all().delete(),
        lambda: list(OrganisationFactory().practitioners.all()),
        lambda: list(NetworkFactory().memberships.filter(practitioner__in=Practitioner.objects.all())),
        lambda: list(Practitioner.objects.in_directory(PUBLIC) | Practitioner.objects.all()),
    ],
)
def test_entries_cannot_be_read_without_saying_who_looks(read: object) -> None:
    with pytest.raises(NoViewer):
        read()  # type: ignore[operator]


def test_a_page_of_entries_costs_one_query(django_assert_num_queries: object) -> None:
    network = NetworkFactory()
    for _ in range(5):
        PractitionerFactory(
            networks=[network], listing_for="public", areas=[PlaceFactory()], terms=[term("nurse")], speaks=["sq", "en"]
        )

    with django_assert_num_queries(1):  # type: ignore[operator]
        cards = redact_all(Practitioner.objects.in_directory(COLLEAGUE), COLLEAGUE)

    assert len(cards) == 5


def test_a_small_municipality_is_shown_as_the_region_around_it() -> None:
    region = PlaceFactory(kind="region", name="Wide region", population=300_000)
    village = PlaceFactory(name="Canaryville", population=4_000, parent=region)
    entry = PractitionerFactory(networks=[NetworkFactory()], listing_for="public", area_for="public", areas=[village])

    card = redact(as_read(entry), PUBLIC)

    assert [area.label for area in card.areas] == ["Wide region"]
    assert "Canaryville" not in repr(card)
