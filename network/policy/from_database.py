"""The directory as one viewer sees it, read from the database: where its index cannot be asked or must not be believed.

Who sees what is decided by the very functions that make the index's documents and the cards.
"""

from typing import Any

from django.apps import apps
from django.db.models import F

from network.policy.card import EntryCard
from network.policy.redaction import card, visible_groups

# About a third of a millisecond each; with more than these the answer would take longer than a reader waits.
MOST_READ = 3_000
# Nothing of these groups is ever searched.
NOT_SEARCHED = frozenset({"contact", "verification", "badge", "duty_line"})


def seen_by(principals: frozenset[str]) -> tuple[list[EntryCard], bool]:
    """A card of everybody whom these principals may find, with what is searched, in the current language; one query.

    The second says whether that is everybody: of a directory larger than MOST_READ it is those confirmed last.
    """
    entry: Any = apps.get_model("network", "Practitioner")
    found = entry.objects.in_directory(principals).for_cards()
    last = found.order_by(F("confirmed_at").desc(nulls_last=True), "pk")[: MOST_READ + 1]
    cards = [card(each, visible_groups(each, principals) - NOT_SEARCHED) for each in last]
    return cards[:MOST_READ], len(cards) <= MOST_READ
