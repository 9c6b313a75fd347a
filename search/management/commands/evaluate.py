"""`manage.py evaluate`: how well the site's own search understands and ranks, for people and for programs."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import evaluation
from search.engines import engine_name
from search.engines.base import EngineError
from search.evaluation import CONCEPTS_AT, HITS_AT, HITS_SHOWN, NDCG_AT, RECALL_AT, Reading, Summary
from search.judgements import BrokenFile, read_collection, read_queries

LIFTED = "The caps on long queries (200 characters, twelve required things) are lifted for this measurement."


class Command(BaseCommand):
    help = "Measures search with a judged collection, or with practitioners' queries and the concepts they must reach."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--collection", type=Path, help="a folder with docs.jsonl, queries.tsv and qrels.tsv")
        what.add_argument("--queries", type=Path, help="a YAML list of queries with lang and expects")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["collection"]:
                self._collection(options["collection"], as_json=options["json"])
            else:
                self._queries(options["queries"], as_json=options["json"])
        except BrokenFile as error:
            raise CommandError(str(error)) from error
        except EngineError as error:
            raise CommandError(
                f"The search engine cannot be asked ({error}). Try: manage.py index --rebuild"
            ) from error

    def _collection(self, folder: Path, *, as_json: bool) -> None:
        found = evaluation.rank(read_collection(folder))
        if as_json:
            self._print_json(collection=folder.name, **asdict(found))
            return
        self.stdout.write(f"{found.documents} documents, {found.queries} judged queries, {engine_name()}")
        self.stdout.write(LIFTED)
        self.stdout.write(f"nDCG@{NDCG_AT}    {found.ndcg:.4f}")
        self.stdout.write(f"recall@{RECALL_AT} {found.recall:.4f}")

    def _queries(self, path: Path, *, as_json: bool) -> None:
        readings = evaluation.read(read_queries(path))
        summaries = evaluation.summaries(readings)
        if as_json:
            self._print_json(
                queries=[_plain(reading) for reading in readings],
                summaries={name: asdict(each) for name, each in summaries.items()},
            )
            return
        self.stdout.write(f"{len(readings)} queries, {engine_name()}")
        self.stdout.write(LIFTED)
        for reading in readings:
            self._show(reading)
        self.stdout.write(
            f"\n{'language':10}{'queries':>8}{f'recall@{CONCEPTS_AT}':>10}{f'reach@{HITS_AT}':>10}{'precision':>11}"
        )
        for name, each in summaries.items():
            self.stdout.write(_row(name, each))

    def _show(self, reading: Reading) -> None:
        question = reading.question
        self.stdout.write(f"\n{question.id} {question.language} {question.query}")
        for concept in reading.concepts:
            self.stdout.write(f"  {'=' if concept in question.expects else ' '} {concept}")
        for concept in question.expects:
            if concept not in reading.concepts:
                self.stdout.write(f"  - {concept}")
        for place, (key, concepts) in enumerate(reading.hits, start=1):
            self.stdout.write(f"  {place:2} {key}: {', '.join(concepts) or 'no concepts'}")

    def _print_json(self, **values: Any) -> None:
        said = {"engine": engine_name(), "caps": "lifted", **values}
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))


def _plain(reading: Reading) -> dict[str, Any]:
    """A reading for programs; at most five concepts and ten hits."""
    return {
        **asdict(reading.question),
        "concepts": reading.concepts,
        "hits": [{"key": key, "concepts": concepts} for key, concepts in reading.hits[:HITS_SHOWN]],
        f"recall@{CONCEPTS_AT}": reading.recall,
        f"reach@{HITS_AT}": reading.reach,
    }


def _row(name: str, each: Summary) -> str:
    return f"{name:10}{each.queries:>8}{each.recall:>10.3f}{each.reach:>10.3f}{each.precision:>11.3f}"
