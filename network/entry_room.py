"""What owners see of their own entry: how it stands, and how others see it."""

from typing import Any, NamedTuple

from network.lifecycle import STEPS
from network.policy import EntryCard, NotVisible, redact
from network.policy.onlookers import onlookers
from network.services.entry import as_if_saved, as_it_is
from network.services.freshness import RENEWABLE

CAN = {"confirm": "verified", "pause": "paused", "leave": "left"}


class Preview(NamedTuple):
    """How one kind of viewer sees the entry; `card` is None where they see nothing at all."""

    label: str
    card: EntryCard | None


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
        "able": [*able, *(["come-back"] if entry.status == "paused" else [])],
        "previews": _seen(read),
        "networks": read.network_rows,
    }


def previews(entry: Any, form: Any, languages: Any, valid: bool) -> list[Preview]:
    """The entry with the eyes of others as the form would make it; as it is where the form is empty or wrong."""
    if not valid:
        return _seen(as_it_is(entry))
    with as_if_saved(entry=entry, form=form, languages=languages) as read:
        return _seen(read)


def _seen(read: Any) -> list[Preview]:
    ours = [row["id"] for row in read.network_rows]
    return [Preview(onlooker.label, _card(read, onlooker.principals)) for onlooker in onlookers(ours)]


def _card(read: Any, principals: frozenset[str]) -> EntryCard | None:
    try:
        return redact(read, principals)
    except NotVisible:
        return None
