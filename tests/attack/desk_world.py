"""A desk and everybody near it, and what of it the specification grants: for the rules that read the database.

What is expected stands here in names, from docs/decisions/0017, 0020, 0027 and 0029, not from the code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from network import clock
from network.models import Application, Decision, Evidence, Membership, Network, Practitioner, Voucher
from network.policy import NotVisible, applications, looks, principals_of, recovery, vetting
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, as_read
from tests.network.joining_world import application, coordinator, member_of

APPLIES_WITH = {"listing", "name", "profession", "post", "area", "languages", "advice"}
ASKS_WITH = APPLIES_WITH | {"networks", "badge", "verification"}


@dataclass
class DeskWorld:
    """Networks, people and applications by name; `small` has coordinators of one organisation only."""

    networks: dict[str, Network] = field(default_factory=dict)
    people: dict[str, Practitioner] = field(default_factory=dict)
    rows: dict[str, Application] = field(default_factory=dict)

    def who(self, pks: Iterable[int]) -> list[str]:
        """The names of these entries, in order of the alphabet; of a stranger the number."""
        names = {person.pk: name for name, person in self.people.items()}
        return sorted(names.get(pk, str(pk)) for pk in pks)

    def held(self, name: str) -> frozenset[str]:
        """The principals of somebody signed in with a second factor."""
        return principals_of(self.people[name].user, second_factor=True)

    def desk(self, name: str) -> list[vetting.Coordinator]:
        """What somebody coordinates."""
        return vetting.coordinators_acting(self.held(name))


def build_desk() -> DeskWorld:
    """Everything at once, in some hundred rows."""
    world = DeskWorld({name: NetworkFactory(name=name) for name in ("home", "partner", "far", "small")})
    world.networks["home"].partners.add(world.networks["partner"])
    world.networks["small"].partners.add(world.networks["partner"])
    _people(world)
    _applications(world)
    return world


def _people(world: DeskWorld) -> None:
    home, partner, far, small = world.networks.values()
    body = OrganisationFactory()
    people = {
        "one": coordinator(home),
        "two": coordinator(home),
        "both": coordinator(home),
        "dormant": coordinator(home, status="dormant"),
        "closed account": coordinator(home),
        "of no organisation": PractitionerFactory(user=UserFactory(), coordinates=[home]),
        "member": member_of(home, organisation=OrganisationFactory()),
        "of partner": coordinator(partner),
        "of far": coordinator(far),
        "small one": coordinator(small, body),
        "small two": coordinator(small, body),
        "only here": coordinator(None),
        "former": member_of(far),
        "of small": member_of(small),
        "alone": member_of(NetworkFactory()),
    }
    people["mailbox"] = PractitionerFactory(role_mailbox=True, organisation=OrganisationFactory(), coordinates=[home])
    people["mailbox"].answered_by.add(people["one"].user)
    Membership.objects.create(practitioner=people["both"], network=far, role="coordinator")
    Membership.objects.create(practitioner=people["former"], network=home, role="coordinator", ended="2025-12-31")
    Membership.objects.create(practitioner=people["former"], network=small, ended="2025-12-31")
    people["closed account"].user.is_active = False
    people["closed account"].user.save()
    people["erased"] = PractitionerFactory(status="erased", networks=[far])
    people["shy"] = member_of(far, listing_for="network")
    world.people = people


def _applications(world: DeskWorld) -> None:
    home, partner, far, _small = world.networks.values()
    people = world.people
    one, two, member = people["one"], people["two"], people["member"]
    rows = {
        "confirmed": application(home),
        "invited": application(home, inviter=two),
        "vouched": application(home),
        "evidence": application(home, "evidence", recorded_by=two),
        "seen by nobody's": application(home, "evidence", recorded_by=people["of no organisation"]),
        "seen twice": application(home, "evidence", recorded_by=one),
        "refused": application(home, "refused", recorded_by=one, decided_by=two),
        "appealed": application(home, "refused", recorded_by=one, decided_by=two, appealed_at=clock.now()),
        "heard": application(home, "evidence", recorded_by=one, decided_by=two),
        "closed": application(home, closed_at=clock.now()),
        "unconfirmed": application(home, confirmed_at=None),
        "for far": application(far),
        "stand-in": application(partner, stand_in=far),
        **{f"further {status}": _further(home, status) for status in ("verified", "due", "stale", "paused")},
    }  # fmt: skip
    Voucher.objects.create(application=rows["vouched"], member=member, organisation=member.organisation)
    Evidence.objects.create(
        application=rows["seen twice"],
        kind="register",
        seen_by=two,
        organisation=two.organisation,
        seen_on=clock.today(),
    )
    Decision.objects.create(
        application=rows["heard"],
        answer="accepted",
        on_appeal=True,
        decided_by=one,
        organisation=one.organisation,
        decided_at=clock.now(),
    )
    # Somebody who moves to another organisation stands for both.
    rows["moved"] = application(home, "evidence", recorded_by=people["both"])
    people["both"].organisation = OrganisationFactory()
    people["both"].save()
    world.rows = rows


def _further(network: Network, status: str) -> Application:
    """A member, in whatever state, asks a further network."""
    row = application(network, stands="confirmed")
    Practitioner.objects.filter(pk=row.practitioner_id).seen().update(status=status)
    return row


def disagreements_about_the_desk(world: DeskWorld) -> Iterator[str]:
    """Who coordinates, and whom else each of them is."""
    everybody = vetting.coordinators_in([world.networks["home"].pk])
    if world.who(each.entry for each in everybody) != sorted(
        ["one", "two", "both", "closed account", "of no organisation", "mailbox"]
    ):
        yield "who coordinates"
    for each in everybody:
        name = world.who([each.entry])[0]
        if world.who(each.same) != (["mailbox", "one"] if name in ("one", "mailbox") else [name]):
            yield f"{name}: who else they are"
    told = {
        "one": {"one": {"home"}, "mailbox": {"home"}},
        "both": {"both": {"home", "far"}},
        "member": {},
        "former": {},
        "dormant": {},
    }
    for name, coordinated in told.items():
        if _coordinated(world, world.desk(name)) != coordinated:
            yield f"{name}: what they coordinate"
    both, home = world.people["both"].pk, world.networks["home"].pk
    if _coordinated(world, vetting.coordinators_acting(frozenset({f"owner:{both}", f"coordinator:{home}"}))) != {
        "both": {"home"}
    }:
        yield "a coordinator of two networks, acting for one"
    if set(world.who(vetting.entries_behind(world.desk("one")))) != {"one", "mailbox"}:
        yield "the entries behind a desk"


def _coordinated(world: DeskWorld, desk: Iterable[vetting.Coordinator]) -> dict[str, set[str]]:
    names = {network.pk: name for name, network in world.networks.items()}
    return {world.who([each.entry])[0]: {names[pk] for pk in each.networks} for each in desk}


# Application → who may open it. Who recorded may still read; who invited may not.
HOME = {"one", "two", "both", "of no organisation"}
OPENED_BY = {
    "confirmed": HOME,
    "invited": HOME - {"two"},
    "vouched": HOME,
    "evidence": HOME,
    "seen by nobody's": HOME,
    "seen twice": HOME,
    "refused": set(),
    "appealed": HOME,
    "heard": HOME,
    "closed": set(),
    "unconfirmed": set(),
    "for far": {"both", "of far"},
    "stand-in": {"both", "of far"},
    "further verified": HOME,
    "further due": HOME,
    "further stale": set(),
    "further paused": set(),
    "moved": HOME,
}
# What waits is known to the whole desk, also where it may not be opened.
WAITS_AT = OPENED_BY | {"invited": HOME}
# “stand-in” was asked of the partner network, whose own coordinators keep it.
PARTNER = {"stand-in": {"of partner"}}


def disagreements_about_applications(world: DeskWorld) -> Iterator[str]:
    """Which application lies on whose desk, who may open it, and what is read there."""
    yield from _read_of_applicants(world)
    yield from _facts(world)
    for name in ("one", "two", "both", "of far", "of partner", "member"):
        desk = world.desk(name)
        waiting = {row.reference for row, _case in applications.applications_for(desk)}
        for which, row in world.rows.items():
            more = PARTNER.get(which, set())
            if (row.reference in waiting) != (name in WAITS_AT[which] | more):
                yield f"{which}: on the desk of {name}"
            if (applications.open_application(row.reference, desk) is not None) != (name in OPENED_BY[which] | more):
                yield f"{which}: opened by {name}"


def _read_of_applicants(world: DeskWorld) -> Iterator[str]:
    """By those who vet them, and by themselves."""
    cards = applications.cards_of_applicants(world.rows.values())
    for which, row in world.rows.items():
        groups = set(cards[row.pk].groups)
        if groups != (ASKS_WITH if which.startswith("further") else APPLIES_WITH):
            yield f"{which}: what is read of the applicant"
        entry, user = row.practitioner, row.account
        own = applications.own_application(user)
        asked = applications.asked_further(entry)
        if (own is not None) == which.startswith("further") or bool(asked) != which.startswith("further"):
            yield f"{which}: the applicant's own"


def _facts(world: DeskWorld) -> Iterator[str]:
    """What the rules are told of an application: the facts that bar somebody must reach them."""
    people, rows = world.people, world.rows
    facts = {which: applications.case_of(Application.objects.get(pk=row.pk)) for which, row in rows.items()}
    two = people["two"]
    if facts["invited"].inviter_organisation != two.organisation_id or facts["invited"].inviter != two.pk:
        yield "who invited, and of which organisation"
    if facts["vouched"].vouchers != {people["member"].pk} or facts["confirmed"].vouchers:
        yield "who was named"
    if facts["confirmed"].recorded or facts["confirmed"].inviter_organisation is not None:
        yield "nobody invited and nobody recorded"
    if not facts["closed"].closed or facts["confirmed"].closed:
        yield "closed"
    if not facts["appealed"].appealed or facts["refused"].appealed:
        yield "appealed"
    for which, by in {"evidence": "two", "seen twice": "two", "appealed": "one", "moved": "both"}.items():
        step = facts[which].recorded
        if step is None or step.by != people[by].pk or people[by].organisation_id not in step.organisations:
            yield f"{which}: who recorded"
    unknown = facts["seen by nobody's"].recorded
    if unknown is None or unknown.organisations:
        yield "no organisation is none, and not one more"
    first = facts["heard"].decided
    if first is None or first.by != two.pk:
        yield "the first decision"
    moved = facts["moved"].recorded
    if moved is None or len(moved.organisations) != 2:
        yield "then and now"


def disagreements_about_recovery(world: DeskWorld) -> Iterator[str]:
    """Whom somebody may be let in again by, and what these see."""
    home = ["both", "one", "two"]
    listed = ["both", "of far", "of partner", "one", "small one", "small two", "two"]
    circles = {
        "member": home,
        "one": ["both", "two"],
        "small one": ["of partner", "small two"],
        "small two": ["of partner", "small one"],
        "of small": ["of partner", "small one", "small two"],
        "of partner": ["both", "one", "small one", "small two", "two"],
    }
    for name, told in circles.items():
        entry = world.people[name]
        if world.who(each.entry.pk for each in recovery.circle(entry.pk, entry.user_id)) != told:
            yield f"{name}: who lets them in again"
    # Of a network without coordinators, and of none but its past ones.
    for name in ("alone", "only here"):
        entry = world.people[name]
        found = {each.entry.pk for each in recovery.circle(entry.pk, entry.user_id)}
        if {name for name in listed if world.people[name].pk in found} != set(listed):
            yield f"{name}: anybody"
        if found & {world.people[each].pk for each in ("dormant", "closed account", "of no organisation", "former")}:
            yield f"{name}: nobody who cannot be one of two"
    former = world.people["former"]
    if world.who(each.entry.pk for each in recovery.circle(former.pk, former.user_id)) != ["both", "of far"]:
        yield "former: the networks of now"
    one = world.people["one"]
    if one.pk in {each.entry.pk for each in recovery.circle(one.pk, 0)}:
        yield "one: never themselves, by whatever account"
    if one.pk in {each.entry.pk for each in recovery.circle(world.people["mailbox"].pk, one.user_id)}:
        yield "the mailbox: never who asks for it"
    yield from _decides(world)


def _decides(world: DeskWorld) -> Iterator[str]:
    member, one = world.people["member"], world.people["one"]
    deciders = recovery.circle(member.pk, member.user_id)
    for name, told in {"one": "one", "both": "both", "of far": None, "member": None, "former": None}.items():
        found = recovery.decides(deciders, world.held(name))
        if (world.who([found.entry.pk]) if found else []) != ([told] if told else []):
            yield f"{name}: decides"
    far, home = world.networks["far"].pk, world.networks["home"].pk
    for held in ({f"owner:{one.pk}", f"coordinator:{far}"}, {f"owner:{member.pk}", f"coordinator:{home}"}):
        if recovery.decides(deciders, frozenset(held)):
            yield "an owner who does not coordinate, a coordinator who is none of them"
    for name in ("member", "dormant"):
        try:
            groups = recovery.card_for_decider(as_read(world.people[name])).groups
        except NotVisible:
            groups = frozenset()
        if "name" not in groups or "contact" in groups:
            yield f"{name}: what is seen of them"


def disagreements_about_looks(world: DeskWorld) -> Iterator[str]:
    """Who looked, as an owner in the far network reads it."""
    asked = ["one", "former", "erased", "shy", "dormant"]
    found = looks.lookers([world.people[name].pk for name in asked], world.held("member"))
    if world.who(found) != ["dormant", "former", "one", "shy"]:
        yield "who is named"
    told = {"one": ("home",), "former": ("far",), "shy": ("far",)}
    for name, networks in told.items():
        if (looker := found.get(world.people[name].pk)) is None or looker.networks != networks:
            yield f"{name}: networks"
    led = [pk for pk, looker in found.items() if looker.url]
    if world.who(led) != ["former", "one"]:
        yield "whose entry may be opened"
