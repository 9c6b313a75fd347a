"""Every engine runs the same tests. A permitted difference is declared here, once, with its reason."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from search.document import SearchDocument
from search.engines.base import Answer, Engine, Match
from search.engines.elastic.engine import ElasticEngine
from search.engines.embedded.engine import EmbeddedEngine
from search.query import Concept, SearchQuery, Understanding
from search.registry import PlaceMatch

Fill = Callable[[Sequence[SearchDocument]], None]
PUBLIC = frozenset({"public"})
TIRANA = PlaceMatch("g1", "tirana", "Tirana", "municipality", "AL", 418_495, 41.327, 19.819, True)


# (engine, test) → why this engine may answer otherwise. Strict: a difference that has gone fails until its line goes.
PERMITTED: dict[tuple[str, str], str] = {}


@pytest.fixture(params=["embedded", "elastic"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine with empty indexes."""
    reason = PERMITTED.get((request.param, request.node.originalname))
    if reason:
        request.node.add_marker(pytest.mark.xfail(reason=reason, strict=True))
    if request.param == "elastic":
        return emptied(request.getfixturevalue("elastic"))
    made = EmbeddedEngine(tmp_path / "index")
    with made.rebuilding():
        pass
    return made


def emptied(engine: ElasticEngine) -> ElasticEngine:
    """With indexes made anew (0.3 s): what is only deleted is kept for a while, and counts in what words weigh."""
    if any(True for _ in engine.fingerprints()):
        with engine.rebuilding():
            pass
    return engine


@pytest.fixture
def fill(engine: Engine) -> Fill:
    """Puts documents into the engine."""

    def put(documents: Sequence[SearchDocument]) -> None:
        by_key: dict[str, list[SearchDocument]] = {}
        for document in documents:
            by_key.setdefault(document.key, []).append(document)
        engine.replace(by_key)

    return put


def guide(number: int | str, title: str = "Untitled", **fields: object) -> SearchDocument:
    """A public guide."""
    kind = str(fields.pop("kind", "practice"))
    facets = {"kind": (kind,), **dict(fields.pop("facets", {}))}  # type: ignore[call-overload]
    return SearchDocument(key=f"{kind}:{number}", index="library", kind=kind, title=title, facets=facets, **fields)  # type: ignore[arg-type]


def person(number: int | str, title: str = "somebody", **fields: object) -> SearchDocument:
    """One view of an entry."""
    facets = {"kind": ("person",), **dict(fields.pop("facets", {}))}  # type: ignore[call-overload]
    return SearchDocument(
        key=f"person:{number}",
        index="directory",
        kind="person",
        title=title,
        facets=facets,
        **fields,  # type: ignore[arg-type]
    )


def words(*texts: str) -> Understanding:
    """Words that name nothing known."""
    return Understanding(rest=texts)


def about(*concepts: str) -> Understanding:
    """Concepts, each typed as its own id."""
    return Understanding(concepts=tuple(Concept(concept, concept, concept) for concept in concepts))


def ask(
    engine: Engine, understood: Understanding | None = None, *, match: Match = Match.ALL, **fields: object
) -> Answer:
    """Both indexes' answers in one."""
    given = {"principals": PUBLIC, "language": "en", **fields}
    query = SearchQuery(understood=understood or Understanding(), **given)  # type: ignore[arg-type]
    library, directory = engine.search("library", query, match), engine.search("directory", query, match)
    facets: dict[str, dict[str, int]] = {}
    for part in (library, directory):
        for name, values in part.facets.items():
            for value, count in values.items():
                facets.setdefault(name, {})[value] = facets.get(name, {}).get(value, 0) + count
    return Answer({**library.found, **directory.found}, facets)


def keys(answer: Answer, kind: str) -> list[str]:
    """Keys of one group in their order."""
    return [hit.key for hit in answer.found[kind].hits] if kind in answer.found else []
