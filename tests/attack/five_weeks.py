"""What quotas leave to a member who uses them up for five weeks: each grant and refusal is held against the rule.

Source of the limits: the rules of contact, and of the people of organisations, as the operator's guide states them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle

from network import clock
from network.models import Organisation, Practitioner
from network.policy import principals_of
from network.quota import OverQuota
from network.services import reveals
from network.services.listing import people_of
from tests.attack.outcome import Outcome

# (days, how often in them), for whoever is not new: looks at contacts, and organisations whose people are listed.
LOOKS, LISTS = ((1, 10), (30, 40)), ((1, 10), (30, 40))
NEW_FOR = 30
# Days of the five weeks on which something is tried: the quota of a day, of a month, and the half of both.
DAYS = (0, 1, 2, 3, 12, 30, 31, 34, 35)


@dataclass
class Weeks:
    """Five weeks of the member who turned, who is new at their beginning. `met` holds whom organisations gave."""

    bodies: Sequence[Organisation]
    turned: Practitioner
    outcome: Outcome
    begun: datetime = field(default_factory=clock.now)
    met: set[str] = field(default_factory=set)

    def look(self, opened: Sequence[str]) -> int:
        """Every contact that is open, day after day; returns how many were granted."""
        asked = reveals.Asked(
            account=self.turned.user, viewer=self.turned, principals=self._principals(), reason="To ask"
        )
        granted, targets = list[datetime](), cycle(opened)
        for day in DAYS:
            with clock.standing_at(self.begun + timedelta(days=day, minutes=1)):
                for _ in range(LOOKS[0][1] + 1):
                    free, seen = self._free(granted, LOOKS), True
                    try:
                        reveals.reveal(asked, public_id=next(targets), field="phone")
                        granted.append(clock.now())
                    except OverQuota:
                        seen = False
                    self._count("a look at a contact", seen=seen, free=free)
        return len(granted)

    def walk(self, listed: int, days: Sequence[int] = DAYS[1:]) -> int:
        """One organisation after the other, when so many were listed on the first day; returns how many were in all."""
        granted, bodies, principals = [self.begun] * listed, cycle(self.bodies), self._principals()
        for day in days:
            with clock.standing_at(self.begun + timedelta(days=day, minutes=1)):
                before: set[int] = set()
                for _ in range(LISTS[0][1] + 1):
                    body = next(bodies)
                    free = body.pk in before or self._free(granted, LISTS)
                    people = people_of(body, account=self.turned.user, principals=principals)
                    self._count("a list of an organisation", seen=people.over is None, free=free)
                    self.met |= {card.public_id for card in people.cards}
                    if people.cards and body.pk not in before:
                        before.add(body.pk)
                        granted.append(clock.now())
        return len(granted)

    def _principals(self) -> frozenset[str]:
        return principals_of(self.turned.user, second_factor=True)

    def _free(self, granted: Sequence[datetime], limits: Sequence[tuple[int, int]]) -> bool:
        """Whether the rule in words leaves something at this moment."""
        moment = clock.now()
        share = 2 if moment < self.begun + timedelta(days=NEW_FOR) else 1
        return all(
            sum(each > moment - timedelta(days=days) for each in granted) < most // share for days, most in limits
        )

    def _count(self, what: str, *, seen: bool, free: bool) -> None:
        self.outcome.tried[f"{what} over five weeks"] += 1
        if seen != free:
            said = "granted" if seen else "refused"
            self.outcome.found.append(f"{what} on {clock.now():%d %B} was {said} against the quota")
