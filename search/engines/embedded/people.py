"""The order of people: by weight, then standing, then a lot that is drawn anew every day.

The engine orders by one thing, so all that tie with the last one wanted are fetched and put in order here: what its own
order of ties would say depends on entries that this viewer may not see.
"""

from collections.abc import Sequence
from datetime import date

from tantivy import DocAddress, Order, Searcher

from search.engines.base import MOST_PEOPLE
from search.engines.embedded.questions import Question
from search.engines.order import lot

# By weight more of them tie than by standing: with so many, one time in twenty they are looked for again.
LOOKED_AT = 1_000


def ordered(searcher: Searcher, question: Question, end: int) -> list[DocAddress]:
    """The first `end` people, or all there are."""
    if question.is_level:
        return _by_standing(searcher, question, end)
    return _by_weight(searcher, question, end)


def _by_standing(searcher: Searcher, question: Question, end: int) -> list[DocAddress]:
    """All weigh the same."""
    query, limit = question.finding(), MOST_PEOPLE * 2
    while True:
        hits = searcher.search(query, limit=limit, count=False, order_by_field="standing", order=Order.Desc).hits
        if len(hits) < limit or hits[-1][0] < hits[end - 1][0]:
            break
        limit *= 4
    lots = _lots(searcher, [address for _, address in hits])
    order = sorted((-standing, lots[at], at) for at, (standing, _) in enumerate(hits))
    return [hits[at][1] for *_, at in order[:end]]


def _by_weight(searcher: Searcher, question: Question, end: int) -> list[DocAddress]:
    query, limit = question.ranking(), LOOKED_AT
    while True:
        found = searcher.search(query, limit=limit, count=True)
        if found.count <= limit or found.hits[-1][0] < found.hits[end - 1][0]:
            break
        limit *= 8
    if not found.hits:
        return []
    last = found.hits[min(end, len(found.hits)) - 1][0]
    hits = [hit for hit in found.hits if hit[0] >= last]
    addresses = [address for _, address in hits]
    standing = searcher.fast_field_values("standing", addresses)
    lots = _lots(searcher, addresses)
    order = sorted((-score, -int(standing[at] or 0), lots[at], at) for at, (score, _) in enumerate(hits))
    return [addresses[at] for *_, at in order[:end]]


def _lots(searcher: Searcher, addresses: Sequence[DocAddress]) -> list[int]:
    today = date.today()
    return [lot(int(seed or 0), today) for seed in searcher.fast_field_values("seed", list(addresses))]
