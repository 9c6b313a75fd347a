"""Wagtail's own database search on pages with the same texts, as a process of its own: it prints JSON.

`python -m bench.wagtail_search 100000`, on the database that the environment names. It is asked for less than the
engines are: pages have no facets but the fields of their table, so that one count by language is all that is counted,
and there are no snippets.
"""

import json
import sys
import time
from itertools import batched

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need Django to be set up
from django.db import connection  # noqa: E402
from wagtail.models import Page  # noqa: E402
from wagtail.search.backends import get_search_backend  # noqa: E402

from bench import corpus  # noqa: E402
from bench.measure import shown, spread  # noqa: E402
from bench.queries import Asked, library_searches  # noqa: E402
from bench.records import FIRST, copy_pages  # noqa: E402
from pages.models import StandardPage  # noqa: E402
from search.relaxing import TOO_FEW  # noqa: E402

# Past this no further query is asked: some databases need seconds for each.
SECONDS_AT_MOST = 240
BATCH = 1000


def fill(count: int) -> float:
    """Makes the pages and their index entries; documents a second for the entries alone."""
    for numbers in shown(batched(range(count), BATCH), "thousand pages", count // BATCH):
        documents = {FIRST + number: corpus.library_document(number) for number in numbers}
        text = {key: json.dumps([{"type": "text", "value": each.body}]) for key, each in documents.items()}
        changes = {
            "title": lambda new, old, documents=documents: documents[new].title[:250],
            "summary": lambda new, old, documents=documents: documents[new].summary[:300],
            "body": lambda new, old, text=text: text[new],
        }
        copy_pages(StandardPage, list(documents), changes)
    backend, started = get_search_backend(), time.perf_counter()
    for keys in shown(batched(range(FIRST, FIRST + count), BATCH), "thousand index entries", count // BATCH):
        backend.get_index_for_model(StandardPage).add_items(
            StandardPage, list(StandardPage.objects.filter(pk__in=keys))
        )
    return count / (time.perf_counter() - started)


def have_a_page() -> None:
    """A page to copy, where the starter content was not loaded."""
    if not StandardPage.objects.exists():
        page = StandardPage(title="A page", neutral_title="A page", slug="a-page")
        Page.get_first_root_node().add_child(instance=page)


def ask(asked: Asked) -> float:
    """Twenty hits, their exact number and counts by language; any of the words where too few have all of them."""
    started = time.perf_counter()
    pages = StandardPage.objects.live()
    found = pages.search(asked.text, operator="and")
    if found.count() < TOO_FEW:
        found = pages.search(asked.text, operator="or")
        found.count()
    list(found[:20])
    found.facet("locale_id")
    return time.perf_counter() - started


def main() -> None:
    call_command("migrate", verbosity=0)
    if not Page.objects.filter(pk__gte=FIRST).exists():
        have_a_page()
        rate = fill(int(sys.argv[1]))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    else:
        rate = 0.0
    searches, times, began = library_searches(), list[float](), time.monotonic()
    for asked in shown(searches, "Wagtail's searches", len(searches)):
        ask(asked)
        times.append(ask(asked))
        if time.monotonic() - began > SECONDS_AT_MOST:
            break
    found = spread(times)
    print(json.dumps({"rate": rate, "p50": found.p50, "p95": found.p95, "asked": len(times)}))


if __name__ == "__main__":
    main()
