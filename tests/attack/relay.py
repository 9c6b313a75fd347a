"""Messages under attack: many sent at one moment keep to the quota, and of many who press “Open” one starts the clock.

    N=1000 SEED=1 python -m tests.attack.relay

On SQLite, or with DATABASE_URL on a PostgreSQL server; always in a database of its own.
"""

import os
import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.attack.own_database import leave, own_database, pressed

# isort: split
from django.db import connection

from accounts.models import OutgoingMail
from network import clock
from network.models import AuditRow, Conversation, Message, Practitioner
from network.policy import principals_of
from network.quota import OverQuota
from network.services import relay
from tests.attack.part import Record, Settings
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory

THREADS, A_ROUND, PRESSED = 20, 50, 8


def sending(settings: Settings, rng: random.Random) -> tuple[int, int, int]:
    """Rounds of messages at one moment, to one person or to many; returns (tries, sent, should have been sent)."""
    network, tries, made, sent_in_all, expected_in_all = NetworkFactory(), settings.number, 0, 0, 0
    others = [PractitionerFactory(networks=[network], user=UserFactory()) for _ in range(6)]
    with ThreadPoolExecutor(THREADS) as pool:
        for start in range(0, tries, A_ROUND):
            if settings.over():
                break
            new = rng.random() < 0.5
            sender = PractitionerFactory(
                networks=[network], user=UserFactory(), verified_on=clock.today() if new else None
            )
            to = [rng.choice(others) for _ in range(min(A_ROUND, tries - start))]
            outcomes = Counter(pool.map(lambda other, s=sender: send(s, other), to))
            expected = 3 if new else 5
            assert outcomes["sent"] == Message.objects.filter(sender=sender).count() == expected, outcomes
            made += len(to)
            settings.say(f"{made} of {tries} tries to send")
            sent_in_all, expected_in_all = sent_in_all + outcomes["sent"], expected_in_all + expected
        leave(pool, THREADS)
    assert OutgoingMail.objects.count() == sent_in_all
    assert Conversation.objects.filter(messages=None).count() == 0
    return made, sent_in_all, expected_in_all


def send(sender: Practitioner, other: Practitioner) -> str:
    principals = principals_of(sender.user, second_factor=True)
    try:
        pressed(
            lambda: relay.send(
                account=sender.user, sender=sender, to=other.pk, principals=principals, text="A question"
            )
        )
    except OverQuota:
        return "over the quota"
    return "sent"


def opening(times: int) -> int:
    """Many officers press “Open” at one moment; returns how many messages each had one who opened it, and one row."""
    network = NetworkFactory()
    mailbox = PractitionerFactory(role_mailbox=True, networks=[network])
    officers = [UserFactory() for _ in range(PRESSED)]
    mailbox.answered_by.set(officers)
    with ThreadPoolExecutor(PRESSED) as pool:
        for _ in range(times):
            sender = PractitionerFactory(networks=[network], user=UserFactory())
            send(sender, mailbox)
            message = Message.objects.get(sender=sender).public_id
            opened = pool.map(
                lambda officer, m=message: pressed(
                    lambda: relay.open_message(account=officer, entry=mailbox, message=m)
                ),
                officers,
            )
            assert sorted(opened) == [False] * (PRESSED - 1) + [True]
        leave(pool, PRESSED)
    assert AuditRow.objects.filter(action="role mailbox opened").count() == times
    return times


def attack(settings: Settings) -> Record:
    """Tries to send at one moment, then officers who press at one moment; raises at the first thing that is wrong."""
    with own_database():
        made, sent, expected = sending(settings, random.Random(settings.seed))
        opened = opening(max(5, made // 20))
    told = f"{sent} sent of {expected}; {opened} messages opened by {PRESSED} at once, each by one."
    return Record(made, told, {"messages over the quota": [], "messages opened by several": []})


def main() -> None:
    tries, seed = int(os.environ.get("N", "1000")), int(os.environ.get("SEED", "1"))
    sys.stdout.write(f"{connection.vendor}, seed {seed}: {attack(Settings(tries, seed)).told}\n")


if __name__ == "__main__":
    main()
