"""What a curious viewer would ask: by words, by facets, by place, and pages that list, count or suggest people."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.attack.world import World

WORDS = (
    "nurse", "Albanian", "police officer near Tirana", "lantern", "street work", "KZ", "nobody", "a", '"night bus"',
    "-nurse lawyer", "медсестра", "undocumented", "lan", "works with undocumented", "Lantern Hidden", "Nobody",
)  # fmt: skip
FACETS = {
    "profession": ("nurse", "lawyer", "teacher"),
    "language": ("sq", "el", "ru"),
    "method": ("street-work", "outreach"),
    "availability": ("now", "away", "full"),
    "undocumented": ("yes",),
    "target_group": ("undocumented-migrants",),
}


@dataclass(frozen=True)
class Question:
    """An address, or what search is asked for itself: words, facets, a place."""

    page: str = ""
    text: str = ""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    place: str = ""


class Questions:
    """Drawn from one dice."""

    def __init__(self, world: World, dice: random.Random) -> None:
        self.dice = dice
        self.slugs = [network.slug for network in (world.a, world.b, world.p)]

    def drawn(self, *, searches: int, pages: int) -> list[Question]:
        """Of each kind so many, none twice."""
        asked = [*(self._search() for _each in range(searches)), *self._pages(pages)]
        return list(dict.fromkeys(asked))

    def _search(self) -> Question:
        dice = self.dice
        facets = (self._facet(),) if dice.random() < 0.7 else ()
        text = dice.choice(WORDS) if dice.random() < 0.7 or not facets else ""
        return Question(text=text, facets=facets, place=dice.choice(["", "", "", "Tirana"]))

    def _facet(self) -> tuple[str, tuple[str, ...]]:
        values = {**FACETS, "network": self.slugs}
        name = self.dice.choice(list(values))
        return name, (self.dice.choice(values[name]),)

    def _pages(self, many: int) -> Iterator[Question]:
        every = [
            "/en/people/",
            "/en/people/?q=lantern",
            "/en/people/?profession=nurse&language=sq",
            "/en/people/?availability=now&page=2",
            *(f"/en/networks/{slug}/" for slug in self.slugs),
            "/en/search/?q=lantern",
            "/en/search/?q=nurse&kind=person",
            "/en/search/suggest/?q=lan",
            "/en/search/suggest/?of=people&q=nobo",
            "/en/search/suggest/?of=people&q=nurs",
            "/en/gaps/",
            "/en/corridors/?from=AL&to=KZ",
        ]
        return (Question(page=each) for each in self.dice.sample(every, min(many, len(every))))
