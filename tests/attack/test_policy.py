"""The policy against the oracle, viewer by viewer and group by group; and every line of the policy is needed for it."""

from collections.abc import Iterator

import pytest

from network.models import Practitioner
from network.policy import as_system, principals_of, redact_all
from network.policy.redaction import card, visible_groups
from network.policy.views_of import views_of
from tests.attack.mutants import MUTANTS, Mutant, running
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
def test_every_line_of_the_policy_is_needed(world: World, mutant: Mutant) -> None:
    with running(mutant):
        assert any(True for _difference in disagreements(world)), f"nobody noticed: {mutant}"
