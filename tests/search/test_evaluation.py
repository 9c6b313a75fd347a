"""`manage.py evaluate`: what it measures, on which path, and what it says of files that it cannot measure with."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from search import indexer, registry
from search.evaluation import Reading, above, ndcg, read, summaries
from search.judgements import BrokenFile, Question, read_collection, read_queries
from tests.search.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

QUERIES = """
- {id: a, lang: en, kind: everyday, query: guardian of a kid, expects: [guardian, children]}
- {id: b, lang: fr, query: enfants, expects: [children, police-officer]}
"""


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    documents = [
        {"id": "1", "title": "Wings", "text": "Lift of a wing in a slipstream."},
        {"id": "2", "title": "Plates", "text": "Flow over a flat plate."},
        {"id": "3", "title": "Wombats", "text": "A wombat digs."},
    ]
    (tmp_path / "docs.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    (tmp_path / "queries.tsv").write_text("1\tlift of wings\n2\twombat burrows\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\t1\t1\n2\t3\t2\n2\t2\t0\n", encoding="utf-8")
    return tmp_path


def evaluate(*args: str) -> str:
    out = StringIO()
    call_command("evaluate", *args, stdout=out)
    return out.getvalue()


def test_a_judged_collection_is_ranked_in_an_index_of_its_own(world: World, collection: Path):
    Group.objects.create(name="Wings")
    indexer.rebuild()

    said = evaluate("--collection", str(collection))

    assert "3 documents, 2 judged queries, embedded" in said
    assert "caps on long queries" in said
    assert "nDCG@10    1.0000" in said
    assert "recall@100 1.0000" in said


def test_the_same_is_said_to_programs(world: World, collection: Path):
    said = json.loads(evaluate("--collection", str(collection), "--json"))

    assert (said["ndcg"], said["recall"], said["queries"], said["documents"]) == (1.0, 1.0, 2, 3)
    assert (said["engine"], said["caps"]) == ("embedded", "lifted")


def test_queries_show_what_was_understood_and_what_was_found(world: World, tmp_path: Path):
    path = tmp_path / "queries.yaml"
    path.write_text(QUERIES, encoding="utf-8")
    guide = Group.objects.create(name="Guardian")
    guide.permissions.add(Permission.objects.create(codename="guardian", content_type_id=1, name="guardian"))
    world.people.add("person:1", "Guardian of a kid")
    indexer.rebuild()

    said = json.loads(evaluate("--queries", str(path), "--json"))

    first, second = said["queries"]
    assert first["concepts"] == ["guardian", "children"]
    assert first["hits"] == [{"key": f"practice:{guide.pk}", "concepts": ["guardian"]}]
    assert (first["recall@5"], first["reach@5"]) == (1.0, 0.5)
    assert (second["recall@5"], second["reach@5"]) == (0.5, 0.0)
    assert said["summaries"]["all"] == {"queries": 2, "recall": 0.75, "reach": 0.25, "precision": 1.0}


def test_people_read_a_table_by_language(world: World, tmp_path: Path):
    path = tmp_path / "queries.yaml"
    path.write_text(QUERIES, encoding="utf-8")
    indexer.rebuild()

    lines = evaluate("--queries", str(path)).splitlines()

    assert "a en guardian of a kid" in lines
    assert "  = guardian" in lines
    assert "  - police-officer" in lines
    assert [line.split()[:3] for line in lines[-3:]] == [
        ["en", "1", "1.000"],
        ["fr", "1", "0.500"],
        ["all", "2", "0.750"],
    ]


def test_precision_allows_what_is_broader_or_narrower():
    question = Question("1", "en", "", "x", ("street-work",))

    found = Reading(question, ("street-work", "outreach", "night-street-work", "school"), ())

    assert found.precision({"street-work": "outreach", "night-street-work": "street-work"}) == 0.75
    assert Reading(question, (), ()).precision({}) is None


def test_what_is_broader_is_found_to_the_top_and_circles_end():
    assert above("a", {"a": "b", "b": "c"}) == ["b", "c"]
    assert above("a", {"a": "b", "b": "a"}) == ["b", "a"]


@pytest.mark.parametrize(
    ("gains", "ideal", "value"),
    [([1, 0, 0], [1], 1.0), ([0, 1], [1], 0.6309), ([0, 0], [1], 0.0), ([2, 1], [1, 2], 1.0), ([1], [], 0.0)],
)
def test_ndcg_is_discounted_by_place(gains: list[int], ideal: list[int], value: float):
    assert ndcg(gains, ideal) == pytest.approx(value, abs=1e-4)


def test_means_are_taken_over_queries(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "broader", [])
    indexer.rebuild()
    questions = [Question("1", "en", "", "guardian", ("guardian",)), Question("2", "en", "", "guardian", ("street",))]

    (english, everything) = summaries(read(questions)).values()

    assert english == everything
    assert (english.queries, english.recall, english.precision) == (2, 0.5, 0.5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {lang: en, expects: [a]}", "entry 1: “query” must be a text"),
        ("- {query: x, expects: [a]}", "entry 1: “lang” must be a text"),
        ("- {query: x, lang: en, expects: a}", "“expects” must be a list"),
        ("- {query: x, lang: en, expects: []}", "“expects” must be a list"),
        ("- just words", "entry 1: this is no entry"),
        ("words: [1]", "a list of queries is needed"),
        ("", "a list of queries is needed"),
        ("- {query: [", "this is not YAML"),
    ],
)
def test_a_broken_file_of_queries_is_told_in_one_sentence(tmp_path: Path, text: str, says: str):
    path = tmp_path / "queries.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError) as told:
        evaluate("--queries", str(path))

    assert says in str(told.value)
    assert str(path) in str(told.value)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("docs.jsonl", "{", "line 1: not a JSON object"),
        ("docs.jsonl", '{"id": 1}', "line 1: not a JSON object"),
        ("docs.jsonl", "[]", "line 1: not a JSON object"),
        ("queries.tsv", "only one column", "line 1: 2 columns"),
        ("qrels.tsv", "1\t1\tgood", "line 1: the grade “good” is no whole number"),
        ("qrels.tsv", "9\t1\t1", "line 1: there is no query “9”"),
        ("qrels.tsv", "1\t1\t0", "nothing to measure"),
    ],
)
def test_a_broken_collection_is_told_in_one_sentence(collection: Path, name: str, text: str, says: str):
    (collection / name).write_text(text, encoding="utf-8")

    with pytest.raises(BrokenFile, match=says.replace("(", r"\(")) as told:
        read_collection(collection)

    assert name in str(told.value)


def test_files_that_are_not_there_or_are_no_text_are_told(tmp_path: Path):
    (tmp_path / "queries.yaml").write_bytes(b"\xff\xfe")

    with pytest.raises(BrokenFile, match="is no folder"):
        read_collection(tmp_path / "nowhere")
    with pytest.raises(BrokenFile, match=r"docs\.jsonl cannot be read"):
        read_collection(tmp_path)
    with pytest.raises(BrokenFile, match="is not UTF-8 text"):
        read_queries(tmp_path / "queries.yaml")
