"""Applications and coordinators drawn by lot, small enough that every rule of vetting meets its counterpart often."""

import random
from collections.abc import Iterator

from network.policy import vetting
from network.policy.vetting import Act, Case, Coordinator, Step, able, bar, objection, on_desk, reaches
from tests.attack import vetting_oracle as oracle

HOW_MANY, SEED = 1_500, 20
PEOPLE, BODIES, NETWORKS = range(1, 6), (1, 2, 3, None), (1, 2, 3)
STATUSES = ("confirmed", "evidence", "refused", "verified")


def disagreements_about_vetting() -> Iterator[str]:
    """Where the rules and their oracle differ over the drawn facts."""
    dice = random.Random(SEED)
    for _ in range(HOW_MANY):
        case = _case(dice)
        desk = [_coordinator(dice) for _ in range(2)]
        if case.next_act != oracle.awaited(case):
            yield f"{case}: what has to be done next"
        if on_desk(case, desk) != oracle.acts_as(case, desk):
            yield f"{case}: with which entry of {desk}"
        if able(case, desk) != [
            each for each in desk if oracle.on_desk_of(case, each) and oracle.may(case, each, oracle.awaited(case))
        ]:
            yield f"{case}: who of {desk} is able"
        for each in desk:
            yield from _about_one(case, each)


def _about_one(case: Case, who: Coordinator) -> Iterator[str]:
    if reaches(case, who) != oracle.on_desk_of(case, who):
        yield f"{case}: the desk of {who}"
    if (bar(case, who) is not None) != oracle.near(case, who):
        yield f"{case}: near {who}"
    for step in oracle.STEPS:
        found = objection(case, who, Act(step))
        if (found is None) != oracle.may(case, who, step):
            yield f"{case}: {step} by {who}"
        if (found in vetting.BARS) != oracle.near(case, who):
            yield f"{case}: kept from reading, {who}"


def _case(dice: random.Random) -> Case:
    applicant, *others = dice.sample(PEOPLE, 4)
    return Case(
        network=dice.choice(NETWORKS),
        stand_in=dice.choice([None, None, *NETWORKS]),
        status=dice.choice(STATUSES),
        closed=dice.random() < 0.15,
        appealed=dice.random() < 0.6,
        applicant=applicant,
        organisation=dice.choice(BODIES),
        inviter=dice.choice([None, None, others[0]]),
        inviter_organisation=dice.choice([None, None, *BODIES]),
        vouchers=frozenset(others[1:] if dice.random() < 0.2 else ()),
        recorded=_step(dice),
        decided=_step(dice),
    )


def _step(dice: random.Random) -> Step | None:
    if dice.random() < 0.15:
        return None
    bodies = frozenset(each for each in dice.choices(BODIES, k=dice.randint(0, 2)) if each)
    return Step(dice.choice([None, *PEOPLE]), bodies)


def _coordinator(dice: random.Random) -> Coordinator:
    """Now and then somebody who also answers a mailbox."""
    entry, mailbox = dice.sample(PEOPLE, 2)
    same = {entry, mailbox} if dice.random() < 0.3 else {entry}
    networks = dice.sample(NETWORKS, dice.randint(1, 2))
    return Coordinator(entry, f"person {entry}", dice.choice(BODIES), frozenset(networks), frozenset(same))
