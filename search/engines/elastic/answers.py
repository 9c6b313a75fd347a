"""Sending searches: many in one request, and only whole answers are taken."""

from collections.abc import Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import MultiSearch, Search

from search.engines.elastic.border import PartialAnswerError

Answered = dict[str, Any]


def ask(client: Elasticsearch, searches: Sequence[Search]) -> list[Answered]:
    """The answers in order. Raises ApiError for the first that failed, PartialAnswerError for less than a whole."""
    if not searches:
        return []
    asked = MultiSearch(using=client)
    for search in searches:
        asked = asked.add(search.params(allow_partial_search_results=False))
    try:
        answers = [answer.to_dict() for answer in asked.execute()]
    except (KeyError, TypeError):
        raise PartialAnswerError("an answer of another form") from None
    for answer in answers:
        whole(answer)
    return answers


def whole(answer: Answered) -> Answered:
    """The same answer, if every shard gave its part in time."""
    shards = answer.get("_shards", {})
    if answer.get("timed_out", True) or shards.get("failed", 1) or shards.get("successful") != shards.get("total"):
        raise PartialAnswerError("an answer without some of its shards")
    return answer
