"""How much of the directory somebody gets who sets out to get it all: a stranger, and a member who turned.

They open whatever shows people: questions by facets, words and places with all their pages, suggestions, corridors,
networks, organisations, guides, published counts, saved searches, their own export, made-up addresses. Then the member
writes, and for five weeks looks at contacts and opens organisations. `harvest(how_many, seed)` is the long form: so
many questions each.
"""

import random
import re
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from urllib.parse import urlencode

from django.core.cache import cache

from network import clock
from network.models import Message, SavedSearch
from network.policy import as_system
from tests.attack.five_weeks import LISTS, Weeks
from tests.attack.oracle import finds
from tests.attack.orchard import COUNTRIES, FAMILY, FREE, GIVEN, METHODS, TONGUES, TRADES, Orchard, plant
from tests.attack.outcome import Enough, Outcome, never
from tests.attack.standing import ground, indexed
from tests.attack.world import Viewer
from tests.network.sessions import session_for

# Source: the rules of the directory and of contact, as the operator's guide states them.
MOST_SHOWN, A_PAGE, SAVED = 50, 20, 20
MESSAGES_OF_THE_NEW = 3
PEOPLE_A_QUESTION, FEWEST_PEOPLE, MOST_PEOPLE = 2, 160, 2_000
# Where decoys may be met: questions by facets alone, whichever page asks them.
BY_FACETS = frozenset({"people by facets", "search by facets", "corridors"})
# A network's own members see all of it.
ROSTERS = frozenset({"networks"})
PUBLISHED = ("/en/", "/en/people/", "/en/people/?page=2&sort=newest", "/en/search/?kind=person", "/en/gaps/")
ENTRY, UNCLAIMED = re.compile(r"/people/([0-9a-f]{20})/"), re.compile(r"/unclaimed/([0-9a-f]{20})/open/")


@dataclass
class Harvester:
    """One of the two at work. `met` holds the ids that each way gave."""

    name: str
    viewer: Viewer
    orchard: Orchard
    outcome: Outcome
    dice: random.Random
    met: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # Organisations whose people were listed.
    listed: int = 0

    def __post_init__(self) -> None:
        self.client = self.viewer.client()

    def ask(self, way: str, address: str, *, most: int = MOST_SHOWN) -> set[str]:
        """The people of one question, over all its pages."""
        found = self._open(way, address)
        turned_over = set(found)
        if len(found) >= A_PAGE:
            joined = "&" if "?" in address else "?"
            for page in range(2, 6):
                turned_over |= self._open(way, f"{address}{joined}page={page}")
        figures = self.outcome.figures
        if way not in ROSTERS:
            figures["largest answer"] = max(figures.get("largest answer", 0), len(turned_over))
        if len(turned_over) > most:
            self.outcome.found.append(f"{self.name} at {address}: {len(turned_over)} people for one question")
        return turned_over

    def _open(self, way: str, address: str) -> set[str]:
        self.outcome.tried[f"{self.name}: {way}"] += 1
        found = set(ENTRY.findall(self.client.get(address).getvalue().decode()))
        self.met[way] |= found
        return found

    def everything(self) -> set[str]:
        return set().union(*self.met.values())

    def there(self) -> set[str]:
        """Whom the oracle lets this one find."""
        return {each for each, shown in self.orchard.shown.items() if finds(self.viewer.looker, shown)}

    def work(self, questions: int, enough: Enough) -> None:
        """The questions go to all ways that take them, in turn; the other ways are gone through whole."""
        ways: list[tuple[str, str, Iterator[str]]] = [
            ("people by facets", "/en/people/?", self._facets()),
            ("search by facets", "/en/search/?kind=person&", self._facets()),
            ("people by words", "/en/people/?", self._words()),
            ("search by words", "/en/search/?kind=person&", self._words()),
            ("people by place", "/en/people/?", self._places()),
        ]
        for done in range(questions):
            way, path, drawn = ways[done % len(ways)]
            self.ask(way, path + next(drawn))
            self.outcome.done = done + 1
            if enough(self.outcome):
                break
        for typed in self._typed(questions // 4):
            self.ask("suggestions", f"/en/search/suggest/?{urlencode({'q': typed})}", most=3)
        ends = list(combinations(dict.fromkeys(COUNTRIES), 2))
        for one, other in self.dice.sample(ends, min(len(ends), max(2, questions // 20))):
            self.ask("corridors", f"/en/corridors/?from={one}&to={other}", most=10)
        for network in self.orchard.networks:
            own = network.pk in self.viewer.looker.networks
            self.ask("networks", network.get_absolute_url(), most=len(self.orchard.shown) if own else 0)
        self._open_organisations()
        self.ask("guides", self.orchard.guide.url, most=6)
        for address in PUBLISHED:
            self.ask("published counts", address, most=0)

    def _open_organisations(self) -> None:
        """All of them, one after the other: no decoys there, so the quota of a day is what stops this."""
        most = MOST_SHOWN if self.viewer.looker.member else 0
        for body in self.orchard.bodies:
            self.listed += bool(self.ask("organisations", body.get_absolute_url(), most=most))
        if self.listed > LISTS[0][1] // 2:
            self.outcome.found.append(f"{self.name} is listed the people of {self.listed} organisations in a day")

    def _facets(self) -> Iterator[str]:
        """Value by value, then two and three at a time."""
        values = {
            "profession": TRADES, "language": TONGUES, "country": COUNTRIES, "method": METHODS, "availability": FREE,
            "network": [each.slug for each in self.orchard.networks],
        }  # fmt: skip
        single = [[(name, value)] for name, each in values.items() for value in dict.fromkeys(each)]
        self.dice.shuffle(single)
        yield from (urlencode(each) for each in single)
        while True:
            names = self.dice.sample(sorted(values), self.dice.choice((2, 2, 3)))
            yield urlencode([(name, self.dice.choice(values[name])) for name in names])

    def _words(self) -> Iterator[str]:
        words = [*TRADES, *METHODS, *GIVEN, *FAMILY, *"aeiostdq", "sample", "guide", "nobody", '"a"', "-nurse", "*"]
        while True:
            yield urlencode({"q": " ".join(self.dice.sample(words, self.dice.choice((1, 1, 2))))})

    def _places(self) -> Iterator[str]:
        while True:
            place = self.dice.choice(self.orchard.places)
            yield urlencode(
                {"near": self.dice.choice((place.pk, place.name)), "within": self.dice.choice((10, 50, 200))}
            )

    def _typed(self, number: int) -> Iterable[str]:
        """The first three letters of names, known and made up."""
        known = [each[:3] for each in (*GIVEN, *FAMILY)]
        return [self.dice.choice([*known, "aaa", "decoy"]) for _ in range(number)]


def harvest(how_many: int, seed: int, *, engine: str = "embedded", enough: Enough = never) -> Outcome:
    """Both at work with so many questions each, in a directory that grows with them; all of it is rolled back."""
    outcome, dice = Outcome(), random.Random(seed)
    cache.clear()
    with ground(engine):
        orchard = plant(min(MOST_PEOPLE, max(FEWEST_PEOPLE, how_many * PEOPLE_A_QUESTION)), dice)
        indexed()
        for name, viewer in orchard.viewers.items():
            harvester = Harvester(name, viewer, orchard, outcome, dice)
            harvester.work(how_many, enough)
            _judge(harvester)
            _guess(harvester)
            if viewer.user is not None:
                _keep_searches(harvester)
                _own_data(harvester)
                _write(harvester)
                _go_on(harvester)
    outcome.figures["entries"] = len(orchard.shown)
    return outcome


def _judge(harvester: Harvester) -> None:
    """Nobody but whom the oracle allows, decoys where they belong, and no way that gives what search does not."""
    outcome, there, decoys = harvester.outcome, harvester.there(), harvester.orchard.decoys
    own = {harvester.orchard.turned.public_id} if harvester.viewer.user else set()
    for way, met in harvester.met.items():
        if denied := met - there - decoys - own:
            outcome.found.append(f"{harvester.name} by {way}: {len(denied)} people whom they may not find")
        if met & decoys and way not in BY_FACETS:
            outcome.found.append(f"{harvester.name} by {way}: decoys, though it was not asked by facets alone")
        _share(harvester, way, met & there, there)
    _share(harvester, "everything", harvester.everything() & there, there)
    _share(harvester, "everything, of all entries", harvester.everything(), harvester.orchard.shown)
    _share(harvester, "decoys met", harvester.everything() & decoys, decoys)


def _share(harvester: Harvester, what: str, met: Collection[str], of: Collection[str]) -> None:
    harvester.outcome.figures[f"{harvester.name}, {what}"] = round(len(met) / len(of), 3) if of else 0.0


def _guess(harvester: Harvester) -> None:
    """A made-up address and that of somebody hidden answer alike."""
    hidden = sorted(set(harvester.orchard.shown) - harvester.there())[:3]
    tried = [*hidden, *(secrets.token_hex(10) for _ in range(2))]
    bodies = set()
    for each in tried:
        answer = harvester.client.get(f"/en/people/{each}/")
        said = re.sub(r'nonce="[^"]+"|value="[^"]{20,}"', "", answer.content.decode().replace(each, ""))
        bodies.add((answer.status_code, said))
    harvester.outcome.tried["addresses guessed"] += len(tried)
    if {status for status, _said in bodies} != {404} or len(bodies) != 1:
        harvester.outcome.found.append(f"{harvester.name}: hidden and absent entries answer in {len(bodies)} ways")


def _keep_searches(harvester: Harvester) -> None:
    """Saved searches are few, and their page names nobody of those they find."""
    kept = SavedSearch.objects.filter(user=harvester.viewer.user)
    fields = {"user": harvester.viewer.user, "page": "people", "language": "en", "created": clock.now()}
    SavedSearch.objects.bulk_create(SavedSearch(name=each, query=f"q={each}", **fields) for each in GIVEN)
    for number in range(SAVED - len(GIVEN) + 2):
        asked = {"page": "people", "query": f"q={FAMILY[number % len(FAMILY)]}+{number}", "language": "en"}
        harvester.client.post("/account/searches/save/", asked)
    if kept.count() != SAVED:
        harvester.outcome.found.append(f"{kept.count()} searches were saved")
    harvester.ask("saved searches", "/account/searches/", most=0)


def _own_data(harvester: Harvester) -> None:
    """The export is of oneself alone, and nobody else's opens."""
    orchard, client = harvester.orchard, harvester.client
    exported = client.get(f"/account/entry/{orchard.turned.public_id}/export/").getvalue().decode()
    if found := [each for each in orchard.shown if each in exported]:
        harvester.outcome.found.append(f"the export names {len(found)} others")
    others = sorted(orchard.shown)[:3]
    if {client.get(f"/account/entry/{each}/export/").status_code for each in others} != {404}:
        harvester.outcome.found.append("the export of somebody else opens")


def _write(harvester: Harvester) -> None:
    """Whoever writes to whom they met, a decoy among them, is heard of by the coordinators, and stopped soon."""
    orchard = harvester.orchard
    met = sorted(harvester.everything() & orchard.decoys)[:1] + sorted(harvester.there())[:6]
    for each in met:
        harvester.client.post(f"/account/messages/new/{each}/", {"text": "Could we meet?"})
    sent = Message.objects.filter(sender=orchard.turned)
    if sent.count() != MESSAGES_OF_THE_NEW:
        harvester.outcome.found.append(f"{sent.count()} messages were sent in a day")
    decoys = set(as_system("decoys").filter(decoy=True).values_list("pk", flat=True))
    to_decoys = {message.public_id for message in sent if message.conversation.other(orchard.turned.pk) in decoys}
    harvester.outcome.tried["messages to decoys"] += len(to_decoys)
    desk = session_for(orchard.coordinator.user).get("/account/desk/messages/").content.decode()
    if set(UNCLAIMED.findall(desk)) != to_decoys:
        harvester.outcome.found.append("not every message to a decoy lies on the coordinators' desk")


def _go_on(harvester: Harvester) -> None:
    """Five weeks of looking at every contact that is open, and of opening one organisation after another."""
    orchard, there = harvester.orchard, harvester.there()
    weeks = Weeks(orchard.bodies, orchard.turned, harvester.outcome)
    figures, name = harvester.outcome.figures, harvester.name
    opened = [each for each in sorted(there) if orchard.shown[each].audiences["contact"] == "members"]
    figures[f"{name}, contacts in five weeks"] = weeks.look(opened)
    figures[f"{name}, organisations in five weeks"] = weeks.walk(harvester.listed)
    _share(harvester, "by organisations in five weeks", (weeks.met | harvester.met["organisations"]) & there, there)
    if met := weeks.met & orchard.decoys:
        harvester.outcome.found.append(f"{name} in five weeks: {len(met)} decoys in organisations")
