"""The index's documents: every viewer matches at most one of an entry, and it holds just what they may see."""

import random

import pytest

from network.policy import GROUPS, views_of
from network.policy.audiences import NARROW_FOR_AUTHORITY, allowed
from network.policy.authority import held_by_authority
from network.policy.redaction import visible_groups
from tests.network.factories import NetworkFactory, PractitionerFactory, as_read

pytestmark = pytest.mark.django_db
WORLDS = range(25)


def viewers(ours: list[int], other: int, owner: int) -> list[frozenset[str]]:
    """Everybody who can meet an entry of the networks `ours`, as members hold principals."""
    public = frozenset({"public"})
    member = public | {"member", f"network:{other}"}
    near = [member, member | {f"partner:{ours[0]}"}]
    near += [public | {"member", f"network:{each}"} for each in ours]
    near += [
        public | {"member", *(f"network:{each}" for each in ours)},
        public | {"member", f"network:{ours[0]}", f"partner:{ours[-1]}", f"coordinator:{ours[0]}"},
    ]
    near = [public, *near, *(each | {f"owner:{owner}"} for each in near)]
    return [*near, *(held_by_authority(each) for each in near)]


@pytest.mark.parametrize("world", WORLDS)
def test_every_viewer_finds_at_most_one_view_with_just_what_they_may_see(world: int) -> None:
    chance = random.Random(world)
    first, second, other = NetworkFactory.create_batch(3)
    audiences = {f"{group}_for": chance.choice(allowed(group))[0] for group in GROUPS}
    entry = as_read(
        PractitionerFactory(
            networks=chance.choice([[first], [first, second]]),
            works_with_undocumented=chance.choice([None, True]),
            corridors=chance.choice([[], ["GR"]]),
            open_to_authority=chance.random() < 0.3,
            **audiences,
        )
    )
    ours = [row["id"] for row in entry.network_rows]
    never_filled = frozenset(
        (() if entry.works_with_undocumented else ("undocumented",)) + (() if entry.corridors else ("corridors",))
    )

    for principals in viewers(ours, other.pk, entry.pk):
        matched = [v for v in views_of(entry) if v.principals & principals and not v.not_for & principals]
        allowed_groups = visible_groups(entry, principals)
        assert len(matched) == (1 if allowed_groups else 0), (sorted(principals), matched)
        if matched:
            assert matched[0].groups - never_filled == allowed_groups - never_filled


def test_views_that_show_the_same_are_one() -> None:
    entry = as_read(PractitionerFactory(networks=[NetworkFactory()], **{f"{group}_for": "network" for group in GROUPS}))

    assert [view.name for view in views_of(entry)] == ["owner", "network"]


def test_the_second_switch_makes_views_of_its_own_only_where_it_hides_something() -> None:
    network = NetworkFactory()
    silent = as_read(PractitionerFactory(networks=[network]))
    speaking = as_read(PractitionerFactory(networks=[network], corridors=["GR"]))

    assert not any("authority" in view.name for view in views_of(silent))
    narrow = [view for view in views_of(speaking) if "authority" in view.name]
    assert narrow
    assert all(view.groups.isdisjoint(NARROW_FOR_AUTHORITY) for view in narrow)


@pytest.mark.parametrize("status", ["applied", "paused", "dormant", "suspended", "left", "erased"])
def test_an_entry_that_is_not_in_force_has_no_view(status: str) -> None:
    assert views_of(as_read(PractitionerFactory(networks=[NetworkFactory()], status=status))) == []
