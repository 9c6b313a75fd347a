"""People read from the database: the same keys, order, totals and facets as from the index, for every viewer."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from network.models import Network, Practitioner
from network.policy import GROUPS, from_database
from network.policy.audiences import UNDOCUMENTED_TERMS, allowed
from network.policy.authority import held_by_authority
from search import outbox, state, targets
from search.engines.base import Match
from search.query import Concept, SearchQuery, Understanding, browsing
from search.registry import PlaceMatch
from search.services import search
from search.sources import Sources
from search.state import State
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, term
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models import Place, Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

WORDS = ("lantern", "harbour", "Mira", "Müller", "ёлка", "night")
LANGUAGES = ("sq", "en", "el")


def some(dice: random.Random, values: Any, most: int = 2) -> list[Any]:
    return dice.sample(list(values), dice.randint(0, min(most, len(values))))


def make_world(dice: random.Random) -> tuple[list[Network], list[Place], list[Term]]:
    """People of two networks, everything about them drawn by lot: fields, audiences, switch, state, decoys."""
    networks = NetworkFactory.create_batch(3)
    country = PlaceFactory(id="AL", kind="country", name="Albania", population=3_000_000)
    places = [PlaceFactory(parent=country, latitude=41 + each / 5, population=40_000 * each) for each in range(1, 4)]
    children = term("children", "target_group")
    terms = [term("adolescents", "target_group"), term(next(iter(UNDOCUMENTED_TERMS)), "target_group"), children]
    Term.objects.filter(pk="adolescents").update(broader=children)
    terms += [term("street-work", "method"), term("nurse"), term("lawyer")]
    firewall, body = term("firewall-full", "firewall"), OrganisationFactory(name="Lantern house")
    for number in range(30):
        audiences = {f"{group}_for": dice.choice(allowed(group))[0] for group in GROUPS}
        if dice.random() < 0.6:
            audiences["listing_for"] = dice.choice(["members", "public"])
        away = dice.choice([None, date.today() - timedelta(days=1), date.today() + timedelta(days=5)])
        PractitionerFactory(
            networks=some(dice, networks[:2]),
            areas=some(dice, places),
            terms=some(dice, terms[:4], 3),
            speaks=some(dice, LANGUAGES),
            profession=dice.choice([None, *terms[4:]]),
            organisation=dice.choice([None, body]),
            display_name=" ".join(some(dice, WORDS)),
            function=dice.choice(["", "night desk"]),
            offers=dice.choice(["", "a lantern at night"]),
            works_with_undocumented=dice.choice([None, True, False]),
            firewall=dice.choice([None, firewall]),
            firewall_statement=dice.choice(["", "harbour"]),
            corridors=dice.choice([[], ["GR"]]),
            open_to_authority=dice.random() < 0.3,
            availability=dice.choice(["now", "away", "full"]),
            available_until=away,
            confirmed_at=dice.choice([None, date(2026, 3, 1), date(2026, 9, 9)]),
            status=dice.choice(["verified", "verified", "due", "stale", "paused", "applied", "dormant"]),
            decoy=number % 10 == 0,
            **audiences,
        )
    return networks, places, terms


def some_viewer(dice: random.Random, networks: list[Network]) -> frozenset[str]:
    held = {"public"}
    if dice.random() < 0.8:
        held.add("member")
        for network in some(dice, networks):
            held |= {f"network:{network.pk}"} | ({f"coordinator:{network.pk}"} if dice.random() < 0.3 else set())
        held |= {f"partner:{network.pk}" for network in some(dice, networks) if f"network:{network.pk}" not in held}
    if dice.random() < 0.2:
        entries = Practitioner.objects.in_directory(frozenset({"public", "member"}))
        held |= {f"owner:{pk}" for pk in some(dice, list(entries.values_list("pk", flat=True)), 1)}
    return held_by_authority(frozenset(held)) if dice.random() < 0.25 else frozenset(held)


def some_query(dice: random.Random, viewer: frozenset[str], places: list[Place], terms: list[Term]) -> SearchQuery:
    town = dice.choice(places)
    place = PlaceMatch(
        town.pk, town.name.casefold(), town.name, town.kind, town.country, 1, town.latitude, town.longitude, True
    )
    concepts = [Concept(each.pk, dice.choice([each.pk, *WORDS]).casefold(), each.pk) for each in some(dice, terms, 1)]
    spoken = [Concept(f"language:{each}", each, each) for each in some(dice, LANGUAGES, 1)]
    asked = Understanding(
        concepts=tuple(concepts),
        languages=tuple(spoken) if dice.random() < 0.3 else (),
        places=(place,) if dice.random() < 0.2 else (),
        rest=tuple(some(dice, ("lantern", "mir", "muller", "елка", "night"), 1)),
        beginning=dice.choice(["", "", "", "mir"]),
    )
    facets = {
        "profession": some(dice, ("nurse", "lawyer"), 1),
        "language": some(dice, LANGUAGES, 1),
        "target_group": some(dice, [*UNDOCUMENTED_TERMS, "children"], 1),
        "firewall": some(dice, ("firewall-full",), 1),
        "undocumented": some(dice, ("yes",), 1),
        "availability": some(dice, ("now", "away"), 1),
    }
    chosen = dict(dice.sample(list(facets.items()), 2))
    query = SearchQuery(
        principals=viewer,
        language=dice.choice(["en", "fr"]),
        understood=asked if dice.random() < 0.7 else Understanding(),
        kinds=dice.choice([(), ("person",)]),
        facets={name: tuple(values) for name, values in chosen.items() if values},
        near=place if dice.random() < 0.2 else None,
        within_km=dice.choice([25, 50, 100]),
        page=dice.choice([1, 2]),
        size=5,
    )
    alone = not query.understood.clauses and query.near is None
    return SearchQuery(**{**_fields(query), "principals": browsing(viewer)}) if alone else query


def _fields(query: SearchQuery) -> dict[str, Any]:
    return {name: getattr(query, name) for name in query.__dataclass_fields__}


def answer_of(now: State, query: SearchQuery) -> Any:
    match, answer = Sources(now).ask("directory", query)
    found = {kind: (one.total, [hit.key for hit in one.hits]) for kind, one in answer.found.items()}
    return match, found, {name: dict(counts) for name, counts in answer.facets.items()}


@pytest.mark.parametrize("seed", range(4))
def test_database_and_index_answer_the_same(seed: int) -> None:
    dice = random.Random(seed)
    networks, places, terms = make_world(dice)
    outbox.mend()
    outbox.drain()
    now = state.read()
    in_step = State(now.stamp, now.engine, now.stand_in, now.day)
    narrowing = State(now.stamp, now.engine, now.stand_in, now.day, waiting=True, narrowing=True)

    hits = 0
    for _ in range(60):
        query = some_query(dice, some_viewer(dice, networks), places, terms)
        expected = answer_of(in_step, query)
        assert answer_of(narrowing, query) == expected, query
        hits += bool(expected[1])
    assert hits > 15, "the questions were too hard to prove anything"


def test_a_hidden_field_is_not_confirmed_while_the_hiding_waits(indexed: Callable[[], None]) -> None:
    opened = {f"{group}_for": "public" for group in ("listing", "profession", "name")}
    entry = PractitionerFactory(networks=[NetworkFactory()], profession=term("nurse"), **opened)
    indexed()
    query = SearchQuery(principals=frozenset({"public"}), language="en", facets={"profession": ("nurse",)})
    assert search(query).total == 1

    entry.profession_for = "members"
    entry.save()

    found = search(query)
    assert found.total == 0
    assert [value.count for value in found.facets["profession"]] == [0]
    assert not found.degraded


def test_an_erased_entry_is_gone_before_the_index_knows(indexed: Callable[[], None]) -> None:
    opened = {f"{group}_for": "public" for group in ("listing", "profession", "name")}
    entry = PractitionerFactory(networks=[NetworkFactory()], profession=term("nurse"), **opened)
    indexed()
    query = SearchQuery(principals=frozenset({"public"}), language="en", facets={"profession": ("nurse",)})

    entry.delete()

    assert search(query).total == 0
    assert targets.of_engine().engine.count("directory", query, Match.ALL) == 1


def test_a_directory_too_large_to_be_read_says_so(indexed: Callable[[], None], monkeypatch: Any) -> None:
    opened = {f"{group}_for": "public" for group in ("listing", "profession", "name")}
    for month in (3, 9, 6):
        PractitionerFactory(
            networks=[NetworkFactory()], display_name=f"Of {month}", confirmed_at=date(2026, month, 1), **opened
        )
    indexed()
    PractitionerFactory(display_name="Of no day", networks=[NetworkFactory()], **opened)
    monkeypatch.setattr(from_database, "MOST_READ", 2)
    query = SearchQuery(
        principals=frozenset({"public"}), language="en", kinds=("person",), understood=Understanding(beginning="of")
    )

    found = search(query)

    assert {card.title for group in found.groups for card in group.cards} == {"Of 9", "Of 6"}
    assert found.incomplete


def test_people_from_the_database_cost_one_query_more(
    indexed: Callable[[], None], django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        PractitionerFactory(networks=[NetworkFactory()], profession=term("nurse"), listing_for="public", speaks=["sq"])
    indexed()
    outbox.add(["person:somebody"])
    query = SearchQuery(principals=frozenset({"public"}), language=settings.LANGUAGE_CODE, kinds=("person",))
    search(query)

    with django_assert_max_num_queries(4):
        search(query)
