"""What owners may not change, whose badge rests, and what somebody is not told of themselves.

What is expected stands here in words, from docs/decisions/0034 and the promises on the pages that report.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from network import audit
from network.models import AuditRow, Practitioner
from network.policy import identity, log
from tests.attack.desk_world import DeskWorld
from tests.network.factories import OrganisationFactory, PractitionerFactory, as_read, term
from tests.network.joining_world import application

ALL = {"display_name", "profession", "organisation"}
VETTING = ("applied", "confirmed", "evidence", "refused")
STATUSES = (*VETTING, "verified", "due", "stale", "dormant", "paused", "left")


def disagreements_about_what_is_fixed(world: DeskWorld) -> Iterator[str]:
    """Nothing of whoever is being vetted changes, and the organisation of nobody who coordinates."""
    told: list[tuple[Practitioner, set[str]]] = [
        (PractitionerFactory(status=status), ALL if status in VETTING else set()) for status in STATUSES
    ]
    told += [(world.people[name], {"organisation"}) for name in ("one", "both", "dormant", "mailbox")]
    told += [(world.people[name], set()) for name in ("member", "former", "alone")]
    told.append((as_read(world.rows["further verified"].practitioner), ALL))
    over = application(world.networks["home"], "verified", closed_at="2026-01-01T00:00Z")
    told.append((over.practitioner, set()))
    for entry, names in told:
        if identity.fixed(entry) != names:
            yield f"{entry.status} {entry.pk}: {sorted(identity.fixed(entry))}"


def disagreements_about_badges(world: DeskWorld) -> Iterator[str]:
    """It is borne in time, by whom coordinators have seen; another coordinator says that they have."""
    for status in STATUSES:
        for day in (None, date(2026, 1, 7)):
            borne = identity.bears_badge(Practitioner(status=status, changed_on=day))
            if borne != (status in ("verified", "due") and day is None):
                yield f"{status}, changed on {day}"
    was, body = Practitioner(display_name="Ana", profession=term("nurse")), OrganisationFactory()
    others: dict[str, Any] = {"display_name": "Maria", "profession": term("doctor"), "organisation": body}
    for name, value in {**others, "function": "Night team"}.items():
        now = Practitioner(**{"display_name": "Ana", "profession": was.profession, name: value})
        if identity.changed(was, now) != ([name] if name in others else []):
            yield f"another {name}"
    one, member = world.people["one"], world.people["member"]
    told = [
        ("one", member, True), ("one", one, False), ("one", world.people["mailbox"], False),
        ("one", PractitionerFactory(organisation=one.organisation), False),
        ("of no organisation", PractitionerFactory(), True),
        ("of no organisation", world.people["of no organisation"], False),
    ]  # fmt: skip
    for name, entry, may in told:
        if identity.may_confirm_change(entry, world.desk(name)) != may:
            yield f"{name} of {entry.pk}"


def disagreements_about_the_log(world: DeskWorld) -> Iterator[str]:
    """Nobody reads that they were reported; everybody else at the desk does, and all read what the person may know."""
    one, member = world.people["one"], world.people["member"]
    acts = ("entry reported", "entry verified", "an act of tomorrow")
    for subject in (one, member):
        for act in acts:
            audit.record(act, actor=world.people["both"].public_id, subject=subject.public_id, network="home")
    rows = AuditRow.objects.filter(action__in=acts)
    for name, hidden in (("one", one), ("member", member), ("both", None)):
        read = {(row.subject, row.action) for row in rows.exclude(log.kept_from([world.people[name].pk]))}
        kept = {(hidden.public_id, act) for act in ("entry reported", "an act of tomorrow")} if hidden else set()
        if read != {(each.public_id, act) for each in (one, member) for act in acts} - kept:
            yield f"{name}: the log"
