"""Acts of members and of those who coordinate, and what time does."""

import random
from datetime import timedelta
from typing import Any

from network.lifecycle import StepRefused
from network.models import Membership, Practitioner
from network.policy import as_system
from network.policy.vetting import coordinators_acting
from network.services import applying, entry, erasure, freshness, suspending, tidying
from network.snapshot import take
from tests.attack.life.checks import insist, published
from tests.attack.life.deeds import Deed, act, expects, refused
from tests.attack.life.people import APPEAL, RENEWABLE, STOPPABLE, Person, Stop
from tests.attack.life.town import Town, audiences

REFUSED_SUSPENSIONS = (suspending.NotHere, suspending.NotByYou, suspending.StandsOtherwise)


def row(person: Person) -> Any:
    """The entry as it stands now."""
    return as_system("lifecycle").get(pk=person.pk)


@act(weight=4)
def changes_audiences(town: Town, dice: random.Random) -> Deed | None:
    """As the form of one's entry does."""
    person = town.anybody(dice)
    found, person.audiences = row(person), audiences(dice)
    person.open_to_authority = found.open_to_authority = dice.random() < 0.3
    for group, audience in person.audiences.items():
        setattr(found, f"{group}_for", audience)
    found.save()
    return person, f"{person.token} chooses other audiences"


@act(weight=1)
def moves_about(town: Town, dice: random.Random) -> Deed | None:
    """Serves another area."""
    person = town.anybody(dice)
    row(person).areas.set([dice.choice(town.places)])
    return person, f"{person.token} serves another area"


@act(weight=3)
def pauses(town: Town, dice: random.Random) -> Deed | None:
    person = town.anybody(dice)
    with expects(person.listed, StepRefused) as done:
        entry.pause(entry=row(person), actor=person.public_id)
    person.status = "paused" if done else person.status
    return person, f"{person.token} pauses{refused(done)}"


@act(weight=3)
def comes_back(town: Town, dice: random.Random) -> Deed | None:
    """From a pause, to where the entry stands by its date."""
    person = town.somebody(dice, lambda each: each.status == "paused") or town.anybody(dice)
    with expects(person.status == "paused", StepRefused) as done:
        entry.come_back(entry=row(person), actor=person.public_id)
    person.status = person.by_date(town.today) if done else person.status
    return person, f"{person.token} comes back{refused(done)}"


@act(weight=1)
def leaves(town: Town, dice: random.Random) -> Deed | None:
    """Out of the post."""
    person = town.anybody(dice)
    with expects(person.listed or person.status in ("dormant", "paused"), StepRefused) as done:
        entry.leave(entry=row(person), actor=person.public_id)
    if done:
        person.status = "left"
        person.ended()
    return person, f"{person.token} leaves the post{refused(done)}"


@act(weight=2)
def leaves_a_network(town: Town, dice: random.Random) -> Deed | None:
    """Out of one of several; the last is left with the post only."""
    person, network = town.anybody(dice), dice.choice(town.networks).pk
    gone = False
    with expects(person.networks != {network}, entry.LastNetwork) as done:
        gone = entry.leave_network(entry=row(person), network_id=network, actor=person.public_id)
    insist(gone == (bool(done) and network in person.networks), f"{person} left a network: {gone}")
    if gone:
        person.networks.discard(network)
        person.coordinates.discard(network)
    return person, f"{person.token} leaves a network{refused(done)}"


@act(weight=3)
def joins_a_second_network(town: Town, dice: random.Random) -> Deed | None:
    """Taken in by whoever runs the site."""
    network = dice.choice(town.networks)
    person = town.somebody(dice, lambda each: each.listed and network.pk not in each.networks)
    if person is None or network.pk in town.stopped:  # nobody is let into a network that is suspended
        return None
    Membership.objects.create(practitioner_id=person.pk, network=network)
    person.networks.add(network.pk)
    return person, f"{person.token} joins {network} too"


@act(weight=3)
def renews(town: Town, dice: random.Random) -> Deed | None:
    person = town.anybody(dice)
    with expects(person.status in RENEWABLE, StepRefused) as done:
        freshness.confirm(entry=row(person), actor=person.public_id)
    if done:
        person.renewed(town.today)
    return person, f"{person.token} confirms{refused(done)}"


@act(weight=1)
def is_erased(town: Town, dice: random.Random) -> Deed | None:
    person = town.anybody(dice)
    erasure.erase(entry=row(person), actor=person.public_id)
    town.forget(person)
    return person, f"{person.token} is erased"


def _leader(town: Town, dice: random.Random) -> Person | None:
    return town.somebody(dice, lambda each: bool(each.organisation and each.account))


@act(weight=3)
def suspends(town: Town, dice: random.Random) -> Deed | None:
    """A coordinator stops one entry of their network."""
    leader, person, network = _leader(town, dice), town.anybody(dice), dice.choice(town.networks)
    if leader is None:
        return None
    again = person.status == "suspended" and all(stop.whole for stop in person.stops)
    may = network.pk in leader.desk() and leader is not person and network.pk in person.networks
    may = may and (person.status in STOPPABLE or again)
    acting = coordinators_acting(town.principals(leader))
    with expects(may, *REFUSED_SUSPENSIONS) as done:
        made = suspending.suspend_entry(entry=row(person), network=network, desk=acting, reason="A telephone was lost.")
    if done:
        person.stop(Stop(made.reference, leader.pk, network.pk, whole=False))
    return person, f"{leader.token} suspends {person.token}{refused(done)}"


@act(weight=4)
def lifts(town: Town, dice: random.Random) -> Deed | None:
    """Another coordinator than who suspended, and nobody their own."""
    leader = _leader(town, dice)
    person = town.somebody(dice, lambda each: any(not stop.whole for stop in each.stops))
    if leader is None or person is None:
        return None
    stop = next(each for each in person.stops if not each.whole)
    may = stop.network in leader.desk() and leader.pk != stop.by and leader is not person
    acting = coordinators_acting(town.principals(leader))
    with expects(may, *REFUSED_SUSPENSIONS) as done:
        suspending.lift(reference=stop.reference, desk=acting, reason="It was found.")
    if done:
        person.lifted(stop.reference, town.today)
    return person, f"{leader.token} lifts what stops {person.token}{refused(done)}"


@act(weight=1)
def suspends_a_network(town: Town, dice: random.Random) -> Deed | None:
    """Everybody in it is stopped; its coordinators keep the desk."""
    leader, network = _leader(town, dice), dice.choice(town.networks)
    if leader is None:
        return None
    acting = coordinators_acting(town.principals(leader))
    with expects(network.pk in leader.desk() and network.pk not in town.stopped, *REFUSED_SUSPENSIONS) as done:
        whole = suspending.suspend_network(network=network, desk=acting, reason="Accounts were taken over.")
    if done:
        town.stopped[network.pk] = (whole.reference, leader.pk)
        for person in town.people.values():
            if network.pk in person.networks and person.status in (*STOPPABLE, "suspended"):
                person.stop(Stop(whole.reference, leader.pk, network.pk, whole=True))
    return leader, f"{leader.token} suspends {network}{refused(done)}"


@act(weight=3)
def lifts_a_network(town: Town, dice: random.Random) -> Deed | None:
    leader = _leader(town, dice)
    if leader is None or not town.stopped:
        return None
    network = dice.choice(sorted(town.stopped))
    reference, by = town.stopped[network]
    acting = coordinators_acting(town.principals(leader))
    with expects(network in leader.desk() and leader.pk != by, *REFUSED_SUSPENSIONS) as done:
        suspending.lift(reference=reference, desk=acting, reason="All is well.")
    if done:
        del town.stopped[network]
        for person in town.people.values():
            person.lifted(reference, town.today)
    return leader, f"{leader.token} lifts a network{refused(done)}"


@act(weight=4)
def time_passes(town: Town, dice: random.Random) -> Deed | None:
    """Some days, and each day's work done at the end; most of those who coordinate confirm in time."""
    days = dice.choice([1, 4, 20, 31, 60, 200])
    town.pass_time(timedelta(days=days))
    for person in town.people.values():
        if person.coordinates and person.status in RENEWABLE and dice.random() < 0.9:
            freshness.confirm(entry=row(person), actor=person.public_id)
            person.renewed(town.today)
    for work in (freshness.pass_the_day, freshness.erase_the_forgotten, tidying.tidy_daily, freshness.remind):
        work()
    for person in list(town.people.values()):
        person.aged(town.today)
        if person.forgotten(town.today) or _over(town, person):
            town.forget(person)
    return None if not town.people else (town.anybody(dice), f"{days} days pass")


def _over(town: Town, person: Person) -> bool:
    """Whether an application of somebody who never was a member has come to its end."""
    last = person.vetting
    if last is None or person.vetted:
        return False
    unanswered = person.status == "applied" and town.moment > person.made + applying.LINK_LASTS
    undisputed = person.status == "refused" and not last.appealed and _passed(town, last.decided_at)
    refused_for_good = last.refused and (_passed(town, last.closed_at) or _passed(town, last.decided_at))
    return unanswered or last.withdrawn or undisputed or refused_for_good


def _passed(town: Town, moment: Any) -> bool:
    return moment is not None and town.moment > moment + APPEAL


@act(weight=1)
def counts_are_published(town: Town, dice: random.Random) -> Deed | None:
    published(town, take(town.moment))
    return None, ""


@act(weight=1)
def somebody_turns_out_an_officer(town: Town, dice: random.Random) -> Deed | None:
    """Works for an authority from now on."""
    person = town.anybody(dice)
    if person.coordinates:
        return None
    Practitioner._base_manager.filter(pk=person.pk).update(authority=True)
    person.authority = True
    return person, f"{person.token} works for an authority"
