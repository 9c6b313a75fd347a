"""The policy against the oracle, viewer by viewer and group by group; and every line of the policy is needed for it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from network.models import Practitioner
from network.policy import as_system, principals_of, redact_all
from network.policy.redaction import card, visible_groups
from network.policy.views_of import views_of
from tests.attack import deciding, drawn_cases, edges, identity_rules, more_mutants, small_rules
from tests.attack import desk_world as desks
from tests.attack.desk_world import DeskWorld, build_desk
from tests.attack.mutants import MUTANTS, Mutant, Without, running
from tests.attack.oracle import GROUPS, Looker, Shown, finds, may_vet, sees
from tests.attack.world import World

pytestmark = pytest.mark.django_db
CLOSED_TERM = "undocumented-migrants"


def disagreements(world: World) -> Iterator[str]:
    """Where the product and the oracle differ."""
    shown = {canary.shown.pk: canary.shown for canary in world.canaries}
    entries = {entry.pk: entry for entry in as_system("index").filter(pk__in=shown).for_cards()}
    views = {pk: views_of(entry) for pk, entry in entries.items()}
    for name, viewer in world.viewers.items():
        principals = principals_of(viewer.user, second_factor=viewer.second_factor)
        found = set(Practitioner.objects.in_directory(principals).filter(pk__in=shown).values_list("pk", flat=True))
        opened = set(Practitioner.objects.visible_to(principals).filter(pk__in=shown).values_list("pk", flat=True))
        for pk, each in shown.items():
            told = _groups(viewer.looker, each)
            where = f"{name} → {pk} {each.status}"
            groups = visible_groups(entries[pk], principals)
            if groups != told:
                yield f"{where}: {sorted(groups ^ told)}"
            met = [view for view in views[pk] if view.principals & principals and not view.not_for & principals]
            if [view.groups for view in met] != ([told] if finds(viewer.looker, each) else []):
                yield f"{where}: the index"
            if (pk in found) != finds(viewer.looker, each):
                yield f"{where}: lists"
            if (pk in opened) != bool(told):
                yield f"{where}: its address"
            terms = {term.id for term in card(entries[pk], groups).target_groups}
            if (CLOSED_TERM in terms) != {"undocumented", "practice"}.issubset(told):
                yield f"{where}: a term that says the same"
        chosen = redact_all(
            Practitioner.objects.in_directory(principals).filter(pk__in=shown), principals, showing="post"
        )
        if {each.public_id for each in chosen} != {
            entries[pk].public_id
            for pk, each in shown.items()
            if finds(viewer.looker, each) and sees(viewer.looker, each, "post")
        }:
            yield f"{name}: chosen by a hidden group"


def _groups(looker: Looker, entry: Shown) -> frozenset[str]:
    known = entry.status in ("verified", "due", "stale") or may_vet(looker, entry) or entry.pk in looker.owns
    return frozenset(group for group in GROUPS if known and sees(looker, entry, group))


def test_product_and_oracle_agree_about_everybody(world: World) -> None:
    assert list(disagreements(world)) == []


def test_what_is_shown_to_nobody_is_no_proof(world: World) -> None:
    """Every token that some viewer may see is seen by one: else a product that shows nothing would pass."""
    lookers = [viewer.looker for viewer in world.viewers.values()]
    unseen = [
        (canary.entry.pk, group)
        for canary in world.canaries
        for group in GROUPS
        if group != "contact" and canary.shown.status == "verified"
        if not any(sees(looker, canary.shown, group) for looker in lookers)
    ]

    assert unseen == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_every_line_of_the_policy_is_needed(world: World, mutant: Mutant | Without) -> None:
    with running(mutant):
        assert any(True for _difference in disagreements(world)), f"nobody noticed: {mutant}"


@pytest.fixture(scope="module")
def desk(world: World, django_db_blocker: Any) -> DeskWorld:
    """Coordinators, applications and all who are near them; it goes with the world that it stands in."""
    with django_db_blocker.unblock():
        return build_desk()


# Comparison → the world it looks at, by the name of its fixture, and the lines that it has to notice.
Comparison = Callable[..., Iterator[str]]
RULES: dict[Comparison, tuple[str, list[Mutant | Without]]] = {
    drawn_cases.disagreements_about_vetting: ("", more_mutants.OF_VETTING),
    desks.disagreements_about_the_desk: ("desk", more_mutants.OF_THE_DESK),
    desks.disagreements_about_applications: ("desk", more_mutants.OF_APPLICATIONS),
    desks.disagreements_about_recovery: ("desk", more_mutants.OF_RECOVERY),
    desks.disagreements_about_looks: ("desk", more_mutants.OF_LOOKS),
    small_rules.disagreements_about_contact: ("world", more_mutants.OF_CONTACT),
    small_rules.disagreements_about_small_rules: ("world", more_mutants.OF_SMALL_RULES),
    small_rules.disagreements_about_the_database: ("world", more_mutants.OF_THE_DATABASE),
    identity_rules.disagreements_about_what_is_fixed: ("desk", more_mutants.OF_WHAT_IS_FIXED),
    identity_rules.disagreements_about_badges: ("desk", more_mutants.OF_BADGES),
    identity_rules.disagreements_about_the_log: ("desk", more_mutants.OF_THE_LOG),
    edges.disagreements_about_audiences: ("", more_mutants.OF_AUDIENCES),
    edges.disagreements_about_accounts: ("desk", more_mutants.OF_ACCOUNTS),
    edges.disagreements_about_cards: ("desk", more_mutants.OF_CARDS),
}
MORE = [(compared, mutant) for compared, (_where, mutants) in RULES.items() for mutant in mutants]


@pytest.fixture
def compared_in(world: World, desk: DeskWorld) -> Callable[[Comparison], Iterator[str]]:
    """Runs a comparison in its world."""
    worlds = {"": (), "world": (world,), "desk": (desk,)}
    return lambda compared: compared(*worlds[RULES[compared][0]])


@pytest.mark.parametrize("compared", RULES, ids=lambda each: each.__name__)
def test_the_other_rules_are_as_specified(
    compared_in: Callable[[Comparison], Iterator[str]], compared: Comparison
) -> None:
    assert list(compared_in(compared)) == []


@pytest.mark.parametrize(("compared", "mutant"), MORE, ids=[str(mutant) for _compared, mutant in MORE])
def test_every_line_of_the_other_rules_is_needed(
    compared_in: Callable[[Comparison], Iterator[str]], compared: Comparison, mutant: Mutant | Without
) -> None:
    with running(mutant):
        assert any(True for _difference in compared_in(compared)), f"nobody noticed: {mutant}"


def test_every_deciding_line_of_the_policy_has_a_mutant_or_a_reason_why_not() -> None:
    assert deciding.without_mutant([*MUTANTS, *(mutant for _compared, mutant in MORE)]) == deciding.DECLARED.keys()
