"""The byte search: people who have said something everywhere are erased, and every byte that is kept is looked at.

The site is one of its own in a folder: database with its log, index, media, cache, mail that waits, temporary files,
log file. Before the erasure each word must be found where it stands, and with the erasure broken on purpose something
must be found afterwards: a search that looks nowhere fails.
"""

import os
import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

from tests.attack.erasure.house import House, house

# isort: split
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import sessions
from network import clock, daily
from search import engines, indexer, outbox, purge
from tests.attack.erasure import person as people
from tests.attack.erasure.person import Person
from tests.attack.erasure.places import silent
from tests.attack.erasure.rows import Rows, gone, holding, rows
from tests.attack.erasure.stays import may_stay
from tests.attack.erasure.tokens import Token, Tokens
from tests.attack.part import Record, Settings

# After an erasure the files are clean on the next day; the last frozen copy goes after a month.
AT_ONCE, FILES, ALL = timedelta(0), timedelta(days=1), timedelta(days=31)
# Said in clear, so that its bytes stand in the database's files; and of that, what is indexed.
IN_CLEAR = ("User.email", "User.first_name", "User.last_name", "EmailChange.new_email", "Authenticator.data",
            *(f"Practitioner.{name}" for name in people.FREE_WORDS))  # fmt: skip
INDEXED = ("Practitioner.display_name", "Practitioner.function", "Practitioner.firewall_statement",
           "Practitioner.offers", "Practitioner.looks_for")  # fmt: skip


@dataclass(slots=True)
class Found:
    """What was wrong, by kind, in sentences."""

    unseen: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    index: list[str] = field(default_factory=list)

    def told(self) -> dict[str, list[str]]:
        return {
            "words that were not found where they stood": self.unseen,
            "words left in rows": self.rows,
            "bytes left in files": self.files,
            "left in the index": self.index,
        }


def erased(place: House, say: Tokens, start: datetime) -> Found:
    """One life that ends at a moment with an erasure, and what of it can be found later."""
    found = Found()
    with clock.standing_at(start):
        person = people.somebody(say)
        people.lives(person)
        indexer.rebuild()
        outbox.drain()
        place.samples()
        before, index_before = rows(), place.index_files()
        found.unseen = unseen(person, before, place)
        assert in_index(person)
        people.erases_themselves(person)
        outbox.drain()
        found.index += ["at once: the entry"] if in_index(person) else []
        found.rows = left(person, rows(), AT_ONCE)
    a_day_passes(start + FILES)
    # What goes later, by its own date, is cipher text: the promise of clean files is for the erasure.
    went = gone(before, rows())
    for later in (FILES, ALL):
        a_day_passes(start + later)
        found.rows += left(person, rows(), later)
        found.files += bytes_left(person, went, place, later)
    found.files += ["files are still to be written anew"] if purge.due_at() else []
    found.index += [f"a file that was not written anew: {each}" for each in index_before & place.index_files()]
    return found


def a_day_passes(moment: datetime) -> None:
    """What the timers of docs/operating.md do until the end of a day."""
    call_command("send_mail", stdout=StringIO())
    call_command("daily", on=moment.date().isoformat(), stdout=StringIO())


def in_index(person: Person) -> bool:
    """Whether the engine holds a document of the entry."""
    return any(key == f"person:{person.entry.public_id}" for key, _print in engines.get_engine().fingerprints())


def unseen(person: Person, before: Rows, place: House) -> list[str]:
    """Places whose last word can be read in no row, is found by no search, or whose bytes are in no file.

    The embedded engine's files are packed: that they are written anew is asked for instead of their bytes.
    """
    seen = set().union(*holding(before, person.say).values())
    files = place.disk().holding(person.say)
    last = {token.place: token for token in person.say.said}
    told = silent(last) + [f"{each}: in no row" for each, token in last.items() if token not in seen]
    if place.keeps_tables:
        told += [f"{each}: in no file" for each in IN_CLEAR if not place.in_tables(files[last[each]])]
    if place.server and not any(place.in_server(files[last[each]]) for each in INDEXED):
        told.append("nothing was found in the search server's files")
    browser, address = people.session_of(person.others[0]), f"/en/people/{person.entry.public_id}/"
    told += [f"{each}: found by no search" for each in INDEXED if address not in _searched(browser, last[each])]
    return told


def _searched(browser: Client, token: Token) -> str:
    return browser.get("/en/people/", {"q": token.number}).content.decode()


def left(person: Person, there: Rows, since: timedelta) -> list[str]:
    """Words of this person that can still be read in a row and may not."""
    return sorted(
        f"after {since.days} days: {token.place} in {column}"
        for column, tokens in holding(there, person.say).items()
        for token in tokens
        if not may_stay(token.place, column, since)
    )


def bytes_left(person: Person, went: list[tuple[str, str]], place: House, since: timedelta) -> list[str]:
    """Words, and secrets, hashes and cipher text of what went, whose bytes are still in a file."""

    def look() -> list[str]:
        disk = place.disk()
        words = [f"{token.place} as {form} in {path}"
                 for token, where in disk.holding(person.say).items() for path, form in where.items()]  # fmt: skip
        pieces = [f"{column} in {path}" for column, path in disk.holding_pieces(went).items()]
        return [f"after {since.days} days: {each}" for each in sorted([*words, *pieces])]

    if still := place.settled(look):
        still = [*place.said("could not be written anew"), *still]
    return still


def nothing(*_arguments: Any) -> int:
    """In place of something that ought to be done."""
    return 0


# The daily tasks and the function without which something must be found, in rows and in files.
FORGOTTEN_TASKS = ("files with erased text written anew", "message reports")


def unnoticed(place: House, seed: int, start: datetime) -> list[str]:
    """Somebody is erased while the product forgets some of its work: of which work that was not noticed."""
    forgotten = dict.fromkeys(FORGOTTEN_TASKS, nothing)
    with patch.dict(daily.registered, forgotten), patch.object(sessions, "forget", nothing):
        found = erased(replace(place, patience=0), Tokens(random.Random(f"{seed}/fault")), start)
    hidden = not place.keeps_tables
    told = {
        "a database that is not written anew": hidden or any("Practitioner.offers" in each for each in found.files),
        # PostgreSQL moves the rows of a page together when it is read, and may write over a short one.
        "secrets in it": place.tables is not None or any("network_contact.phone" in each for each in found.files),
        "an index that is not": bool(found.index or place.server),
        "sessions that stay": any("User.email in django_session" in each for each in found.rows),
        "frozen copies that stay": any("network_messagereport.body" in each for each in found.rows),
    }
    return [fault for fault, noticed in told.items() if not noticed]


def erasures(settings: Settings) -> Record:
    """So many people, one after the other in the same house, so that each meets what the ones before have left."""
    found: dict[str, list[str]] = {}
    with house(os.environ.get("SEARCH_ENGINE", "embedded")) as place:
        now = timezone.now()
        found["faults that went unnoticed"] = unnoticed(place, settings.seed, now)
        done = 0
        while done < settings.number and not settings.over():
            say = Tokens(random.Random(f"{settings.seed}/{done}"))
            now += timedelta(days=200)
            for what, told in erased(place, say, now).told().items():
                found.setdefault(what, []).extend(told)
            done += 1
            settings.say(f"{done} of {settings.number} erased, {sum(map(len, found.values()))} traces found")
    told = f"Each had said something at {len({token.place for token in say.said})} places, in an order of their own."
    return Record(done, told, found)
