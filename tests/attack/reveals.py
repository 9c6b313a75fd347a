"""Reveals under attack: many tries at one moment grant exactly what is left, and a killed process leaves no half look.

    N=10000 SEED=1 KILLS=20 python -m tests.attack.reveals

On SQLite, or with DATABASE_URL on a PostgreSQL server; always in a database of its own.
"""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from tests.attack.own_database import leave, own_database, pressed

# isort: split
from django.contrib.auth import get_user_model
from django.db import connection

from accounts.models import OutgoingMail
from network import audit, clock, lifecycle, quota
from network.models import Allowance, AuditRow, Contact, Network, Practitioner, Reveal
from network.policy import principals_of
from network.services import reveals
from tests.attack.part import Record, Settings
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory

TRIES_A_KILL = 500
THREADS, A_ROUND, OWNERS, CHILD = 50, 200, 12, "child"


class World:
    """Owners who opened a phone number to members, and viewers with something left of their quota."""

    def __init__(self, owners: int = OWNERS) -> None:
        self.network = NetworkFactory()
        self.owners = [self._owner(number) for number in range(owners)]

    def _owner(self, number: int) -> str:
        entry = PractitionerFactory(networks=[self.network], user=UserFactory(), contact_for="members")
        Contact.objects.create(practitioner=entry, phone=f"sample {number}")
        return str(entry.public_id)

    def viewer(self, *, new: bool, used: int) -> Practitioner:
        """A member of long standing or of today, who has used up a part of the day."""
        entry = PractitionerFactory(
            networks=[self.network], user=UserFactory(), verified_on=clock.today() - timedelta(days=0 if new else 400)
        )
        moment = (clock.now() - timedelta(hours=1)).isoformat()
        Allowance.objects.create(account=entry.user, quota=quota.REVEALS.name, used=[moment] * used)
        return entry


def look(viewer: Practitioner, principals: frozenset[str], owner: str) -> str:
    """One try, as a request makes it: granted, or over the quota."""
    asked = reveals.Asked(account=viewer.user, viewer=viewer, principals=principals, reason="To ask for an appointment")
    try:
        pressed(lambda: reveals.reveal(asked, public_id=owner, field="phone"))
    except quota.OverQuota:
        return "over the quota"
    return "granted"


def race(settings: Settings, rng: random.Random, threads: int = THREADS) -> tuple[int, int, int]:
    """Rounds of tries at one moment; returns (tries, granted, should have been granted), raises at a difference."""
    world, tries, made, granted_in_all, expected_in_all = World(), settings.number, 0, 0, 0
    with ThreadPoolExecutor(threads) as pool:
        for start in range(0, tries, A_ROUND):
            if settings.over():
                break
            new, used = rng.random() < 0.3, rng.randrange(0, 6)
            viewer = world.viewer(new=new, used=used)
            principals = principals_of(viewer.user, second_factor=True)
            expected = quota.left(viewer.user, quota.REVEALS, halved=lifecycle.on_probation(viewer))
            owners = [rng.choice(world.owners) for _ in range(min(A_ROUND, tries - start))]
            outcomes = Counter(pool.map(lambda owner, v=viewer, p=principals: look(v, p, owner), owners))
            assert outcomes["granted"] == expected == Reveal.objects.filter(viewer=viewer).count(), outcomes
            assert expected == quota.REVEALS.most(10, halved=new) - used
            made += outcomes.total()
            granted_in_all += outcomes["granted"]
            expected_in_all += expected
            settings.say(f"{made} of {tries} tries to look")
        leave(pool, threads)
    return made, granted_in_all, expected_in_all


def whole() -> dict[str, int]:
    """How many of each there are; one look is one row of each, whatever was killed when."""
    return {
        "looks": Reveal.objects.count(),
        "audit rows": AuditRow.objects.filter(action="contact revealed").count(),
        "mails": OutgoingMail.objects.count(),
    }


def kills(times: int, database: str, rng: random.Random) -> int:
    """Kills a process that is looking, again and again; returns how many looks there were, raises at a half one."""
    for _ in range(times):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.attack.reveals", CHILD, database], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "looking\n"
        time.sleep(rng.uniform(0.05, 0.6))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        counts = whole()
        assert len(set(counts.values())) == 1, counts
        assert audit.first_broken() is None
    return counts["looks"]


def look_for_ever(database: str) -> None:
    """The process that is killed: four viewers who look and look, their quota given back, until somebody ends it."""
    connection.close()
    connection.settings_dict["NAME"] = database
    owners = list(Contact.objects.values_list("practitioner__public_id", flat=True))
    network = Network.objects.get()

    def work(number: int) -> None:
        user = get_user_model().objects.create_user(f"{os.getpid()}-{number}@example.org")
        viewer: Any = PractitionerFactory(networks=[network], user=user)
        principals = principals_of(user, second_factor=True)
        for step in itertools.count():
            look(viewer, principals, owners[step % len(owners)])
            if step == 0:
                sys.stdout.write("looking\n")
                sys.stdout.flush()
            if step % 8 == 7:
                Allowance.objects.filter(account=user).update(used=[])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))


def attack(settings: Settings, times: int | None = None) -> Record:
    """Tries at one moment, then kills; raises at the first thing that is wrong."""
    rng, times = random.Random(settings.seed), max(1, settings.number // TRIES_A_KILL) if times is None else times
    with own_database() as database:
        made, granted, expected = race(settings, rng)
        assert len(set(whole().values())) == 1, whole()
        told = f"By {THREADS} threads {granted} granted of {expected}, each with its audit row and its mail."
        if times:
            looks = kills(times, database, rng)
            assert looks > granted, "the killed processes did nothing"
            told += f" {times} kills, {looks - granted} looks, 0 without audit row or mail."
    return Record(made, told, {"looks without their row": [], "looks over the quota": []})


def main() -> None:
    tries, seed, times = (int(os.environ.get(*each)) for each in (("N", "10000"), ("SEED", "1"), ("KILLS", "20")))
    sys.stdout.write(f"{connection.vendor}, seed {seed}: {attack(Settings(tries, seed), times).told}\n")


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        look_for_ever(sys.argv[2])
    else:
        main()
