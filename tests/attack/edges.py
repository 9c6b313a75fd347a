"""What the matrix of canaries has no viewer or entry for: who was stopped, decoys, what a card leaves out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from network import clock
from network.models import Membership, Practitioner, Suspension
from network.policy import NotVisible, audiences, principals_of, redact, redact_all, views_of
from network.policy.authority import is_authority
from network.policy.redaction import visible_groups
from search.query import browsing
from tests.attack.desk_world import DeskWorld
from tests.attack.oracle import FIRST, GROUPS, REACH, WIDEST
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, as_read, term
from tests.network.joining_world import coordinator, member_of

MEMBER, STRANGER = frozenset({"public", "member"}), frozenset({"public"})
# Police, border, migration and consular members.
OFFICERS = ("police-officer", "border-guard", "consular-officer", "asylum-officer")
THEIR_BODIES = ("law-enforcement-agency", "migration-authority")


def disagreements_about_audiences() -> Iterator[str]:
    """What may be chosen, and who is an authority."""
    for group in GROUPS:
        least = "nobody" if group == "contact" else "network"
        told = {each for each, reach in REACH.items() if REACH[least] <= reach <= REACH[WIDEST[group]]}
        if {each for each, _label in audiences.allowed(group)} != told:
            yield f"{group}: what may be chosen"
        if audiences.GROUPS[group].default != FIRST[group]:
            yield f"{group}: where it stands at first"
    for profession in OFFICERS:
        if not is_authority(marked=False, terms=[profession], organisation_type=None):
            yield f"{profession}: no authority"
    for body in THEIR_BODIES:
        if not is_authority(marked=False, terms=[], organisation_type=body):
            yield f"{body}: no authority"
    if is_authority(marked=False, terms=["nurse"], organisation_type="hospital"):
        yield "a nurse: an authority"


def disagreements_about_accounts(world: DeskWorld) -> Iterator[str]:
    """What accounts hold; coordinators who are stopped with their whole network keep its desk and nothing else."""
    home, partner = world.networks["home"], world.networks["partner"]
    people, pk = world.people, {name: person.pk for name, person in world.people.items()}
    near = {"public", "member", f"network:{home.pk}", f"partner:{partner.pk}"}
    told = {
        "member": {*near, f"owner:{pk['member']}"},
        "one": {*near, f"owner:{pk['one']}", f"owner:{pk['mailbox']}", f"coordinator:{home.pk}"},
        "dormant": {"public", f"owner:{pk['dormant']}"},
        "closed account": {"public"},
    }
    for name, held in told.items():
        if world.held(name) != held:
            yield f"{name}: what they hold"
    erased = PractitionerFactory(status="erased", user=UserFactory(), networks=[home])
    if _held(erased) != STRANGER or visible_groups(as_read(erased), frozenset({f"owner:{erased.pk}"})):
        yield "the erased: something is left"
    if Practitioner.objects.visible_to(frozenset({f"owner:{erased.pk}"})).exists():
        yield "the erased: opened"
    dormant = people["dormant"]
    if not Practitioner.objects.visible_to(world.held("dormant")).filter(pk=dormant.pk).exists():
        yield "dormant: one's own"
    of_both = member_of(home)
    Membership.objects.create(practitioner=of_both, network=partner)
    if {each for each in _held(of_both) if each.startswith("partner:")} != {f"partner:{world.networks['small'].pk}"}:
        yield "of two networks that are partners: partners"
    if {each for each in world.held("former") if each.startswith(("coordinator", "partner"))}:
        yield "former: what they held"
    body = OrganisationFactory(type=term("law-enforcement-agency", "organisation_type"))
    officers = {
        "by the mark": member_of(home, authority=True),
        "by the main profession": member_of(home, profession=term("consular-officer")),
        "by another profession": member_of(home, terms=[term("asylum-officer")]),
        "by the organisation": member_of(home, organisation=body),
    }
    for how, officer in officers.items():
        if "authority" not in _held(officer):
            yield f"an authority {how}"
    yield from _stopped(world)


def _held(entry: Practitioner) -> frozenset[str]:
    return principals_of(entry.user, second_factor=True)


def _stopped(world: DeskWorld) -> Iterator[str]:
    network, other = NetworkFactory(), world.networks["far"]
    fields = {"suspended_at": clock.now()}
    whole = Suspension.objects.create(network=network, **fields)
    keeps = {f"network:{network.pk}", f"coordinator:{network.pk}"}
    with_all, besides, lifted = (coordinator(network, status="suspended") for _ in range(3))
    only_member = member_of(network, status="suspended")
    dormant = coordinator(network, status="dormant")
    Membership.objects.create(practitioner=with_all, network=other, role="coordinator")
    for each in (with_all, besides, only_member, dormant):
        Suspension.objects.create(network=network, entry=each, part_of=whole, **fields)
    Suspension.objects.create(network=network, entry=besides, **fields)
    Suspension.objects.create(network=network, entry=lifted, part_of=whole, lifted_at=clock.now(), **fields)
    told: dict[str, tuple[Practitioner, set[str]]] = {
        "stopped with all": (with_all, keeps),
        "for themselves too": (besides, set()),
        "lifted": (lifted, set()),
        "a member": (only_member, set()),
        "dormant": (dormant, set()),
    }
    for name, (entry, kept) in told.items():
        if _held(entry) != {"public", f"owner:{entry.pk}", *kept}:
            yield f"{name}: what they hold"


def disagreements_about_cards(world: DeskWorld) -> Iterator[str]:
    """Decoys, and what a card says or leaves out besides its groups."""
    far = world.networks["far"]
    decoy = PractitionerFactory(decoy=True, listing_for="members", networks=[far])
    asked = {"words": MEMBER, "facets": browsing(MEMBER)}
    for how, principals in asked.items():
        found = Practitioner.objects.in_directory(principals).filter(pk=decoy.pk).exists()
        met = any(view.principals & principals and not view.not_for & principals for view in views_of(as_read(decoy)))
        if {found, met} != {how == "facets"}:
            yield f"a decoy, asked by {how}"
    open_to_all = {f"{group}_for": reach for group, reach in WIDEST.items()}
    shown = as_read(
        PractitionerFactory(
            networks=[far],
            availability="away",
            available_until=clock.today() - timedelta(days=1),
            verified_by="register",
            terms=[term("undocumented-migrants", "target_group"), term("children", "target_group")],
            **open_to_all,
        )
    )  # fmt: skip
    card = redact(shown, MEMBER)
    if (card.availability and card.availability.id) != "now" or card.available_until is not None:
        yield "an absence that is over"
    if not card.ask_directly or redact(shown, STRANGER).ask_directly:
        yield "whom a member writes to, and whom a stranger"
    if far.slug not in redact(shown, STRANGER).ask_url:
        yield "the network that a stranger writes to"
    if card.hidden_state or {each.id for each in redact(shown, STRANGER).target_groups} != {"children"}:
        yield "what the card says"
    for status, badge in {"verified": True, "due": True, "stale": False}.items():
        if redact(as_read(PractitionerFactory(status=status, networks=[far], **open_to_all)), MEMBER).verified != badge:
            yield f"{status}: the badge"
    said: dict[str, dict[str, Any]] = {
        "yes or no": {"works_with_undocumented": False},
        "the firewall": {"firewall": term("firewall-full", "firewall")},
        "a statement": {"firewall_statement": "We report nobody."},
        "a term": {"terms": [term("undocumented-migrants", "target_group")]},
    }
    for what, fields in said.items():
        views = views_of(as_read(PractitionerFactory(networks=[far], **open_to_all, **fields)))
        if not any("undocumented" in view.groups for view in views if "member" in view.principals):
            yield f"{what} about undocumented persons: the index"
    yield from _opened(world, open_to_all)


def _opened(world: DeskWorld, open_to_all: dict[str, str]) -> Iterator[str]:
    far = world.networks["far"]
    paused = as_read(PractitionerFactory(status="paused", networks=[far], user=UserFactory(), **open_to_all))
    leads = world.held("of far")
    if not redact(paused, leads).hidden_state or redact(paused, leads).ask_url:
        yield "paused: as its coordinators see it"
    if redact(paused, _held(paused)).ask_url or not redact(paused, _held(paused)).own or redact(paused, leads).own:
        yield "one's own"
    try:
        redact(paused, MEMBER)
        yield "hidden: a card"
    except NotVisible:
        pass
    mine = as_read(PractitionerFactory(networks=[far], user=UserFactory(), **open_to_all))
    if redact(mine, _held(mine)).ask_url:
        yield "one's own: whom to ask"
    named = redact(mine, STRANGER)
    hidden = redact(as_read(PractitionerFactory(networks=[far], **open_to_all | {"name_for": "network"})), STRANGER)
    if named.title != mine.display_name or hidden.title != far.name:
        yield "the name rule"
    chosen = redact_all(Practitioner.objects.in_directory(STRANGER).filter(pk=mine.pk), STRANGER)
    if [each.public_id for each in chosen] != [mine.public_id]:
        yield "a list"
