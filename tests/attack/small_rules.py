"""The rules of the policy that are no field group: contact, pages that name people, previews, areas, the database.

What is expected is asked of the oracle, or stands here in words from the architecture and the field list.
"""

from collections.abc import Iterator

from network.models import Practitioner
from network.policy import SYSTEM_CALLERS, as_system, faces, from_database, may_reveal, meets_people, principals_of
from network.policy.onlookers import onlookers
from network.policy.redaction import visible_groups
from tests.attack.oracle import Looker, finds, reveals, sees
from tests.attack.world import GROUPS, World
from tests.network.factories import NetworkFactory, PractitionerFactory, as_read
from tests.vocabulary.factories import PlaceFactory

FIELDS = ("email", "phone", "messenger", "private_note")
NO_FIELDS = ("login", "display_name", "user", "")
# Contact is in no index, and nobody is searched by how they were vetted or by a number to call.
NEVER_SEARCHED = {"contact", "badge", "verification", "duty_line"}
READERS = ("anonymous", "member of A", "coordinator of A", "authority in B", "owner")


def disagreements_about_contact(world: World) -> Iterator[str]:
    """Who may ask for a field of whose contact."""
    shown = {canary.shown.pk: canary.shown for canary in world.canaries}
    entries = as_system("index").filter(pk__in=shown).for_cards()
    # Stopped with their network, coordinators keep the desk and are no members.
    stopped = frozenset({"public", f"network:{world.a.pk}", f"coordinator:{world.a.pk}"})
    viewers = {name: principals_of(each.user, second_factor=each.second_factor) for name, each in world.viewers.items()}
    for entry in entries:
        for name, principals in viewers.items():
            told = reveals(world.viewers[name].looker, shown[entry.pk])
            if any(may_reveal(entry, principals, field) != told for field in FIELDS):
                yield f"{name} → {entry.pk}: contact"
            if any(may_reveal(entry, principals, field) for field in NO_FIELDS):
                yield f"{name} → {entry.pk}: no field of the contact"
        if may_reveal(entry, stopped, "phone"):
            yield f"{entry.pk}: to a coordinator who is no member"


def disagreements_about_small_rules(world: World) -> Iterator[str]:
    """Pages that name people, rows without a viewer, previews and areas."""
    for name, viewer in world.viewers.items():
        if meets_people(principals_of(viewer.user, second_factor=viewer.second_factor)) != viewer.looker.member:
            yield f"{name}: people beside a guide"
    try:
        as_system("curiosity")
        yield "rows for a purpose that is not listed"
    except KeyError:
        as_system(next(iter(SYSTEM_CALLERS)))
    yield from _previews(world)
    yield from _faces()


def _previews(world: World) -> Iterator[str]:
    """The typical viewers that an owner is shown see what such viewers see."""
    shown = {canary.shown.pk: canary.shown for canary in world.canaries if canary.shown.status == "verified"}
    networks = frozenset({world.a.pk, world.b.pk})
    typical = [
        Looker("stranger"),
        Looker("member", member=True),
        Looker("partner", member=True, partners=networks),
        Looker("colleague", member=True, networks=networks),
        Looker("officer", member=True, authority=True),
    ]
    entries = list(as_system("index").filter(pk__in=shown).for_cards())
    for looker, onlooker in zip(typical, onlookers(networks), strict=True):
        for entry in entries:
            told = {group for group in GROUPS if sees(looker, shown[entry.pk], group)}
            if visible_groups(entry, onlooker.principals) != told:
                yield f"{looker.name} → {entry.pk}: the preview"


def _faces() -> Iterator[str]:
    """A place of fewer than fifty thousand people is shown as what lies around it, once."""
    country = PlaceFactory(kind="country", population=3_000_000)
    region = PlaceFactory(kind="region", population=200_000, parent=country)
    villages = [PlaceFactory(population=900, parent=region) for _ in range(2)]
    home = NetworkFactory()
    person = as_read(PractitionerFactory(areas=villages, networks=[home]))
    areas = faces.areas(person)
    if [(area.id, area.around) for area in areas] != [(region.pk, (region.pk, country.pk))]:
        yield "a small place"
    leads = as_read(PractitionerFactory(coordinates=[home]))
    if [each.coordinator for entry in (person, leads) for each in faces.networks(entry)] != [False, True]:
        yield "who coordinates"


def disagreements_about_the_database(world: World) -> Iterator[str]:
    """Who is met, and what is searched of them, where the index does not answer."""
    canaries = {canary.entry.public_id: canary.shown for canary in world.canaries}
    for name in READERS:
        viewer = world.viewers[name]
        cards, everybody = from_database.seen_by(principals_of(viewer.user, second_factor=viewer.second_factor))
        met = {card.public_id: card for card in cards}
        for public_id, shown in canaries.items():
            card = met.get(public_id)
            if (card is not None) != finds(viewer.looker, shown):
                yield f"{name} → {public_id}: met"
            elif card and card.groups != {
                group for group in GROUPS if group not in NEVER_SEARCHED and sees(viewer.looker, shown, group)
            }:
                yield f"{name} → {public_id}: what is searched"
        if not everybody:
            yield f"{name}: not everybody"
    yield from _of_many()


def _of_many() -> Iterator[str]:
    """Of a directory that is too large, those confirmed last, and it is said."""
    reader = frozenset({"public", "member"})
    most = Practitioner.objects.in_directory(reader).count() - 1
    was, from_database.MOST_READ = from_database.MOST_READ, most
    try:
        cards, everybody = from_database.seen_by(reader)
    finally:
        from_database.MOST_READ = was
    if everybody or len(cards) != most:
        yield "more than are read"
