"""What owners see of their own entry: how it stands, and how others see it."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator

from network.lifecycle import STEPS
from network.names import warnings_of
from network.policy import EntryCard, NotVisible, redact
from network.policy.applications import asked_further
from network.policy.audiences import Audience
from network.policy.onlookers import Onlooker, onlookers
from network.reading import page_links
from network.sections import Shown, sections_for
from network.services.entries import CURRENT
from network.services.entry import as_if_saved, as_it_is
from network.services.freshness import RENEWABLE
from network.services.reveals import KEPT, looked_at, looks_at
from pages.context import current_language

LOOKS_A_PAGE = 20
APPLYING = ("applied", "confirmed", "evidence")
CAN = {"confirm": "verified", "pause": "paused", "leave": "left"}


class Preview(NamedTuple):
    """How one kind of viewer sees the entry; `card` is None where they see nothing at all."""

    label: str
    card: EntryCard | None
    sections: list[Shown]


def entry_page(entry: Any) -> dict[str, Any]:
    """How the entry stands, how it is seen, and which acts follow."""
    read = as_it_is(entry)
    card = redact(read, frozenset({f"owner:{entry.pk}"}))
    able = [act for act, to in CAN.items() if to in STEPS[entry.status]]
    if entry.status not in RENEWABLE:
        able = [act for act in able if act != "confirm"]  # becoming verified is the coordinators' step
    return {
        "entry": entry,
        "card": card,
        "applying": entry.status in APPLYING,
        "name_warnings": warnings_of(entry.display_name),
        "able": [*able, *(["come-back"] if entry.status == "paused" else [])],
        "previews": _seen(read),
        "networks": read.network_rows,
        "asked": [row for row, _case in asked_further(entry) if row.stands != row.Stands.ACCEPTED],
        "may_ask": entry.status in CURRENT,
        "looks": looks_at(entry).count(),
    }


def looks_page(entry: Any, principals: frozenset[str], number: str) -> dict[str, Any]:
    """One page of who looked at the contact, newest first; four queries and one for the count."""
    page = Paginator(looks_at(entry), LOOKS_A_PAGE).get_page(number)
    return {
        "entry": entry,
        "open_to": entry.get_contact_for_display(),
        "closed": entry.contact_for == Audience.NOBODY,
        "looks": looked_at(entry, page.object_list, principals),
        "days": KEPT.days,
        **page_links(page, {}),
    }


def previews(entry: Any, form: Any, languages: Any, valid: bool) -> list[Preview]:
    """The entry with the eyes of others as the form would make it; as it is where the form is empty or wrong."""
    if not valid:
        return _seen(as_it_is(entry))
    with as_if_saved(entry=entry, form=form, languages=languages) as read:
        return _seen(read)


def _seen(read: Any) -> list[Preview]:
    ours = [row["id"] for row in read.network_rows]
    return [_preview(read, onlooker) for onlooker in onlookers(ours)]


def _preview(read: Any, onlooker: Onlooker) -> Preview:
    card = _card(read, onlooker.principals)
    shown = sections_for("preview", card, onlooker.principals, current_language()) if card else []
    return Preview(onlooker.label, card, shown)


def _card(read: Any, principals: frozenset[str]) -> EntryCard | None:
    try:
        return redact(read, principals)
    except NotVisible:
        return None
