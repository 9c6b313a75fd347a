"""Acts of joining: somebody new applies, confirms, is vetted by two coordinators, appeals, withdraws, comes back.

Every act says what the specification expects of it before the product is asked; see `acts`.
"""

import random
import re
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core import mail

from network.models import Application
from network.policy.vetting import coordinators_acting
from network.services import applicants, applying, confirming, vetting
from tests.attack.life.deeds import Deed, act, expects, refused
from tests.attack.life.people import APPEAL, YEAR, Person, Vetting
from tests.attack.life.town import Town, audiences
from tests.network.factories import term

PASSWORD = "a long sample passphrase"
MOST_PEOPLE = 22


@act(weight=3)
def applies(town: Town, dice: random.Random) -> Deed | None:
    """Somebody new; or somebody who left a post, signed in."""
    network = dice.choice(town.networks)
    left = [each for each in town.people.values() if each.status == "left" and each.account]
    if left and dice.random() < 0.5:
        person = dice.choice(left)
        asked = _asked(person.email, person.token, network, person.audiences)
        applying.apply(asked, language="en", account=_user(person))
        person.status, person.vetting = "confirmed", _vetting(person, confirmed=True)
        person.ended()
        return person, f"{person.token} applies again"
    if len(town.people) >= MOST_PEOPLE:
        return None
    chosen, token = audiences(dice), town.token()
    applying.apply(_asked(f"{token}@example.org", token, network, chosen), language="en")
    row = Application.objects.select_related("practitioner").latest("pk")
    person = Person(row.practitioner_id, row.practitioner.public_id, token, "applied", chosen, f"{token}@example.org")
    person.vetting = _vetting(person)
    found = re.search(r"/join/confirm/([\w-]+)/", str(mail.outbox[-1].body))
    assert found is not None
    person.vetting.secret, person.made = found.group(1), town.moment
    return town.remember(person), f"{token} applies to {network}"


def _asked(email: str, token: str, network: Any, chosen: dict[str, str]) -> applying.Asked:
    return applying.Asked(
        email=email, name=token, name_warnings=(), role_mailbox=False, profession=term("nurse").pk, function="",
        organisation="", areas=(), languages={"sq": "native"}, offers="", network=network, method="register",
        claim="Register of nurses, 123", audiences=chosen,
    )  # fmt: skip


def _vetting(person: Person, *, confirmed: bool = False) -> Vetting:
    row = Application.objects.filter(practitioner=person.pk).latest("pk")
    return Vetting(row.network_id, row.reference, confirmed=confirmed)


def _user(person: Person) -> Any:
    return get_user_model().objects.get(email=person.account)


@act(weight=4)
def confirms_the_address(town: Town, dice: random.Random) -> Deed | None:
    """The link works once, for three days."""
    person = town.somebody(dice, lambda each: each.vetting is not None and each.vetting.secret != "")
    if person is None or person.vetting is None:
        return None
    in_time = person.status == "applied" and town.moment < person.made + applying.LINK_LASTS
    with expects(in_time, confirming.LinkRefused) as done:
        confirming.confirm(person.vetting.secret, user=AnonymousUser(), password=PASSWORD)
    if done:
        person.status, person.account, person.vetting.confirmed = "confirmed", person.email, True
        town.session(person)
    return person, f"{person.token} opens the link{refused(done)}"


def _desk(town: Town, dice: random.Random) -> tuple[Person, list[Any]] | None:
    leader = town.somebody(dice, lambda each: bool(each.organisation and each.account))
    return (leader, coordinators_acting(town.principals(leader))) if leader else None


def _on_desk(leader: Person, made: Vetting) -> bool:
    stands_in = Application.objects.values_list("stand_in", flat=True).get(reference=made.reference)
    return bool(leader.desk() & {made.network, stands_in})


@act(weight=5)
def records_evidence(town: Town, dice: random.Random) -> Deed | None:
    """By a coordinator of the network or of one that stands in, who also says whether they work for an authority."""
    person = town.somebody(dice, lambda each: each.vetting is not None and each.status in ("confirmed", "applied"))
    desk = _desk(town, dice)
    if person is None or person.vetting is None or desk is None:
        return None
    leader, acting = desk
    may = person.status == "confirmed" and leader is not person and _on_desk(leader, person.vetting)
    officer = dice.random() < 0.3  # who comes back in another post may be one no more
    with expects(may, vetting.NotOnDesk, vetting.TooLate, vetting.Objected) as done:
        vetting.record_evidence(
            reference=person.vetting.reference, desk=acting, kind="register", note="Seen.", authority=officer
        )
    if done:
        assert leader.organisation is not None
        person.status, person.vetting.recorded = "evidence", (leader.pk, leader.organisation)
        person.authority = officer
    return person, f"{leader.token} records evidence for {person.token}{refused(done)}"


@act(weight=7)
def decides(town: Town, dice: random.Random) -> Deed | None:
    """By another coordinator, of another organisation; on appeal by a third, of another than who refused."""
    person = town.somebody(dice, lambda each: each.vetting is not None and each.vetting.recorded is not None)
    desk = _desk(town, dice)
    if person is None or person.vetting is None or person.vetting.recorded is None or desk is None:
        return None
    (leader, acting), row, yes = desk, person.vetting, dice.random() < 0.65
    before = [row.recorded] if person.status == "evidence" else [row.recorded, row.decided]
    hears = person.status == "refused" and row.appealed
    may = (person.status == "evidence" or hears) and not row.closed and leader is not person
    may = may and _on_desk(leader, row) and before[-1] is not None
    may = may and leader.pk not in {each[0] for each in before if each} and leader.organisation != before[-1][1]  # type: ignore[index]
    may = may and not (yes and row.network in town.stopped)
    with expects(may, vetting.NotOnDesk, vetting.TooLate, vetting.Objected, vetting.NetworkSuspended) as done:
        vetting.decide(reference=row.reference, desk=acting, accept=yes, reason="Known.")
    if done:
        _decided(town, person, row, leader, yes=yes, hears=hears)
    return person, f"{leader.token} says {'yes' if yes else 'no'} to {person.token}{refused(done)}"


def _decided(town: Town, person: Person, row: Vetting, leader: Person, *, yes: bool, hears: bool) -> None:
    assert leader.organisation is not None
    if yes:
        person.status, person.next_due, person.vetted = "verified", town.today + YEAR, True
        person.networks |= {row.network}
    else:
        person.status = "refused"
        row.decided = row.decided or (leader.pk, leader.organisation)
        row.decided_at = row.decided_at or town.moment
    row.closed = yes or hears
    row.closed_at = town.moment if row.closed else None
    row.refused = row.closed and not yes


@act(weight=3)
def appeals(town: Town, dice: random.Random) -> Deed | None:
    """Once, within thirty days of the answer."""
    person = town.somebody(dice, lambda each: each.status == "refused")
    if person is None or person.vetting is None or person.vetting.decided_at is None:
        return None
    row = person.vetting
    may = not row.appealed and not row.closed and town.moment < person.vetting.decided_at + APPEAL
    with expects(may, applicants.NotNow) as done:
        applicants.appeal(user=_user(person), words="Please look again.")
    row.appealed |= bool(done)
    return person, f"{person.token} appeals{refused(done)}"


@act(weight=1)
def withdraws(town: Town, dice: random.Random) -> Deed | None:
    """Takes an open application back."""
    person = town.somebody(dice, lambda each: each.vetting is not None and bool(each.account))
    if person is None or person.vetting is None:
        return None
    with expects(not person.vetting.closed, applicants.NotNow) as done:
        applicants.withdraw(user=_user(person))
    if done:
        person.status, person.vetting.closed, person.vetting.withdrawn = "withdrawn", True, True
        person.vetting.closed_at = town.moment
    return person, f"{person.token} withdraws{refused(done)}"
