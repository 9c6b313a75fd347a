"""The directory as one viewer sees it, read from the database: where its index cannot be asked or must not be believed.

Who sees what is decided by the very functions that make the index's documents and the cards.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import F

from network.policy.card import EntryCard
from network.policy.redaction import card, visible_groups

# About a third of a millisecond each; with more than these the answer would take longer than a reader waits.
MOST_READ = 3_000
# Nothing of these groups is ever searched.
NOT_SEARCHED = frozenset({"contact", "verification", "badge", "duty_line"})


def seen_by(principals: frozenset[str]) -> Iterator[EntryCard]:
    """A card of everybody whom these principals may find, with what is searched, in the current language; one query.

    Of a directory larger than MOST_READ those confirmed last, and one more card than MOST_READ, by which it is known.
    """
    entry: Any = apps.get_model("network", "Practitioner")
    found = entry.objects.in_directory(principals).for_cards()
    for each in found.order_by(F("confirmed_at").desc(nulls_last=True), "pk")[: MOST_READ + 1]:
        yield card(each, visible_groups(each, principals) - NOT_SEARCHED)
