"""A directory worth harvesting: some hundred invented people, many alike, with decoys and all that lists them."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from network import clock, snapshot
from network.models import Contact, Network, Organisation, Practitioner
from network.policy import as_system
from network.services import decoys
from practices.models import GuideAdviser, PracticePage
from tests.attack.oracle import GROUPS, WIDEST, Looker, Shown
from tests.attack.world import STEPS, Viewer
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term
from tests.practices.factories import make_guide
from tests.site_tree import make_tree
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models import Place

# Some are so frequent that one question is met by more people than may be shown.
TRADES = (*["nurse"] * 6, "lawyer", "teacher", "interpreter")
METHODS = ("street-work", "street-work", "hotline", "outreach", "shelter-work")
TONGUES = ("sq", "sq", "el", "ru", "fr")
COUNTRIES = ("AL", "AL", "GR", "KZ", "FR")
FREE = ("now", "now", "away", "full")
GIVEN = ("Amra", "Belin", "Cosme", "Dorin", "Elmas", "Fatos", "Galya", "Hedda")
FAMILY = ("Quillam", "Torvane", "Mirsky", "Oldren", "Pevane", "Sarvol", "Uldis", "Wenholt", "Yarrin")
STATUSES = (*["verified"] * 6, "due", "stale", "paused", "suspended", "dormant")
DECOYS = 10
# More than a new member is listed in a day; one has more people than one question may show.
FEWEST_BODIES, PEOPLE_A_BODY = 14, 12


@dataclass
class Orchard:
    """All there is, and as whom it is looked at. `shown` says for each public id what the oracle has to know."""

    networks: list[Network]
    bodies: list[Organisation]
    places: list[Place]
    guide: PracticePage
    turned: Practitioner
    viewers: dict[str, Viewer]
    coordinator: Practitioner
    shown: dict[str, Shown] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    decoys: set[str] = field(default_factory=set)


def plant(people: int, dice: random.Random) -> Orchard:
    """So many people in three networks; the turned member is new, and in the second."""
    make_tree()
    networks = [NetworkFactory(), NetworkFactory(), NetworkFactory()]
    networks[0].partners.add(networks[2])
    bodies = [OrganisationFactory() for _ in range(max(FEWEST_BODIES, people // PEOPLE_A_BODY))]
    places = [PlaceFactory(country=country, name=f"{country} town") for country in dict.fromkeys(COUNTRIES)]
    for place in places:
        place.names.create(key=place.name.lower(), main=True)
    turned = PractitionerFactory(
        user=UserFactory(), networks=[networks[1]], profession=term("nurse"), verified_on=clock.today()
    )
    coordinator = PractitionerFactory(user=UserFactory(), coordinates=[networks[0]], listing_for="network")
    viewers = {
        "a stranger": Viewer(Looker("a stranger")),
        "a member who turned": Viewer(
            Looker("a member who turned", True, frozenset({networks[1].pk}), owns=frozenset({turned.pk})), turned.user
        ),
    }
    orchard = Orchard(networks, bodies, places, make_guide(), turned, viewers, coordinator)
    for number in range(people):
        _grow(orchard, number, dice)
    for made in decoys.make(network=networks[0], names=[f"Decoy Sample{each}" for each in range(DECOYS)]):
        orchard.decoys.add(made.public_id)
    # A decoy is as narrow as the member it imitates; here all are where the turned member can meet them.
    as_system("decoys").filter(decoy=True).update(listing_for="members")
    snapshot.take()
    return orchard


def _grow(orchard: Orchard, number: int, dice: random.Random) -> None:
    chosen = {group: dice.choice(STEPS[: STEPS.index(WIDEST[group]) + 1][-2:]) for group in GROUPS}
    chosen |= {"listing": dice.choice(("network", "partners", "members", "members", "members", "public"))}
    chosen |= {"contact": dice.choice(("nobody", "members")), "post": "members"}
    network, status = dice.choice(orchard.networks), dice.choice(STATUSES)
    trade, method, tongue, free = (dice.choice(each) for each in (TRADES, METHODS, TONGUES, FREE))
    entry = PractitionerFactory(
        display_name=f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN) % len(FAMILY)]}",
        status=status,
        user=UserFactory(),
        networks=[network],
        organisation=orchard.bodies[0] if number % 2 else dice.choice(orchard.bodies),
        profession=term(trade),
        terms=[term(method, "method")],
        areas=[dice.choice([orchard.places[0], *orchard.places])],
        speaks=[tongue],
        availability=free,
        corridors=["KZ"],
        confirmed_at=clock.today() - timedelta(days=dice.randrange(300)),
        **{f"{group}_for": audience for group, audience in chosen.items()},
    )
    Contact.objects.create(practitioner=entry, phone=f"sample {number}")
    GuideAdviser.objects.create(practitioner=entry, guide_key=orchard.guide.translation_key)
    orchard.shown[entry.public_id] = Shown(entry.pk, frozenset({network.pk}), status, False, chosen)
    orchard.names[entry.public_id] = entry.display_name
