"""Saves of every kind that changes what can be found, without end, through the same calls as the site's."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import OperationalError, transaction
from wagtail.models import Page, PageViewRestriction

from network.models import Membership, Network, Organisation, Practitioner, SpokenLanguage
from network.policy import as_system
from practices.models import LibraryPage, PracticePage
from search import outbox
from tests.attack.kills.world import HIDDEN, add_person, note
from tests.practices.factories import make_guide
from vocabulary.models import Place, Term

# Of all that exists some is hidden for good; the rest goes on changing.
MOST_PEOPLE, MOST_GUIDES = 80, 12
# Nobody goes for good where so few are left: a long run would otherwise end with nothing to write.
FEWEST_PEOPLE, FEWEST_GUIDES = 10, 3


class Writer:
    """Everything is drawn from one dice, so that a seed tells what was done."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder, self.dice = folder, dice
        self.acts: list[tuple[int, Callable[[], None]]] = [
            (4, self.rename), (4, self.other_audience), (3, self.speak), (3, self.practise), (2, self.move_about),
            (2, self.pause), (2, self.come), (2, self.hide_for_good), (1, self.erase), (1, self.leave),
            (2, self.publish), (1, self.unpublish), (1, self.write_guide), (1, self.hide_guide), (1, self.move_library),
            (1, self.door), (1, self.move_term), (1, self.rename_network), (1, self.move_place),
            (1, self.rename_body), (1, self.take_back), (1, self.load),
        ]  # fmt: skip

    def run(self) -> None:
        weights, acts = zip(*self.acts, strict=True)
        while True:
            # A busy database is told to the person at the desk, who tries again.
            with suppress(OperationalError):
                self.dice.choices(acts, weights)[0]()
            time.sleep(self.dice.random() * 0.02)

    def _people(self) -> Any:
        """Those who were not hidden for good: what is written to the others could show them again."""
        return as_system("index").exclude(status="suspended")

    def _person(self) -> Practitioner:
        return self._some(self._people())

    def _guide(self) -> PracticePage:
        return self._some(PracticePage.objects)

    def _some(self, records: Any) -> Any:
        return records.order_by("pk")[self.dice.randrange(records.count())]

    def rename(self) -> None:
        person = self._person()
        person.function = f"function {self.dice.randrange(100)}"
        person.save()

    def other_audience(self) -> None:
        person = self._person()
        person.name_for = self.dice.choice(["network", "partners", "members", "public"])
        person.languages_for = self.dice.choice(["network", "public"])
        person.save()

    def speak(self) -> None:
        person = self._person()
        with transaction.atomic():
            person.languages.all().delete()
            SpokenLanguage.objects.bulk_create(
                SpokenLanguage(practitioner=person, language=each)
                for each in self.dice.sample(["sq", "el", "en", "fr"], 2)
            )

    def practise(self) -> None:
        self._person().terms.set([self._some(Term.objects.filter(scheme="method"))])

    def move_about(self) -> None:
        person = self._person()
        with transaction.atomic():
            person.memberships.filter(ended=None).update(ended="2026-01-01")
            Membership.objects.create(practitioner=person, network=self._some(Network.objects))

    def pause(self) -> None:
        person = self._person()
        person.status = "paused" if person.status == "verified" else "verified"
        person.save()

    def come(self) -> None:
        count = as_system("index").count()
        if count < MOST_PEOPLE:
            token = f"z{self.dice.randrange(10**8):08d}z"
            method, place = self._some(Term.objects.filter(scheme="method")), self._some(Place.objects)
            with transaction.atomic():
                add_person(token, self._some(Network.objects), method, place, self._some(Organisation.objects))

    def hide_for_good(self) -> None:
        if self._people().count() <= FEWEST_PEOPLE:
            return
        person = self._person()
        person.status = "suspended"
        person.save()
        note(self.folder / HIDDEN, person.display_name)

    def erase(self) -> None:
        if self._people().count() <= FEWEST_PEOPLE:
            return
        person = self._person()
        as_system("erasure").filter(pk=person.pk).delete()
        note(self.folder / HIDDEN, person.display_name)

    def leave(self) -> None:
        person = self._person()
        person.memberships.update(ended="2026-02-02")

    def publish(self) -> None:
        guide = self._guide()
        guide.summary = f"Summary {self.dice.randrange(100)}"
        guide.save_revision().publish()

    def unpublish(self) -> None:
        guide = self._guide()
        if guide.live:
            Page.objects.get(pk=guide.pk).unpublish()
        else:
            (guide.get_latest_revision() or guide.save_revision()).publish()

    def write_guide(self) -> None:
        if PracticePage.objects.count() < MOST_GUIDES:
            token = f"y{self.dice.randrange(10**8):08d}y"
            make_guide({"method": "method-1"}, title=f"Guide {token}", slug=token)

    def hide_guide(self) -> None:
        if PracticePage.objects.count() <= FEWEST_GUIDES:
            return
        guide = self._guide()
        token = guide.title.rpartition(" ")[2]
        with transaction.atomic():
            guide.delete()
        note(self.folder / HIDDEN, token)

    def move_library(self) -> None:
        """Behind a door and out again, with everything below."""
        library = LibraryPage.objects.get(locale__language_code="en")
        home = Page.objects.get(depth=2, slug="home-en")
        room = Page.objects.filter(slug="room").first() or home.add_child(instance=Page(title="Room", slug="room"))
        PageViewRestriction.objects.get_or_create(page=room, restriction_type=PageViewRestriction.LOGIN)
        target = home if library.get_parent().pk == room.pk else room
        Page.objects.get(pk=library.pk).move(Page.objects.get(pk=target.pk), pos="last-child")

    def door(self) -> None:
        door, made = PageViewRestriction.objects.get_or_create(
            page=Page.objects.get(pk=self._guide().pk), defaults={"restriction_type": PageViewRestriction.LOGIN}
        )
        if not made:
            door.delete()

    def move_term(self) -> None:
        term = self._some(Term.objects.filter(pk__startswith="method-"))
        term.broader = self.dice.choice([None, *Term.objects.filter(pk__startswith="above-")])
        term.save()

    def rename_network(self) -> None:
        network = self._some(Network.objects)
        network.name = f"Network {self.dice.randrange(100)}"
        network.save()

    def rename_body(self) -> None:
        body = self._some(Organisation.objects)
        body.name = f"Body {self.dice.randrange(100)}"
        body.save()

    def move_place(self) -> None:
        place = self._some(Place.objects.filter(kind="municipality"))
        place.latitude = 41 + self.dice.random()
        place.save()

    def take_back(self) -> None:
        """Begun and given up: nothing of it may ever be found."""
        with transaction.atomic():
            self.rename()
            self.practise()
            transaction.set_rollback(True)

    def load(self) -> None:
        """As a loader does: much at once, noted only as a whole."""
        with outbox.paused():
            for _ in range(3):
                self.rename()
                self.practise()
