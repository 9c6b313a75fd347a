"""What was vetted of an entry, and what its owner may do to it: a badge is for whom two coordinators have seen."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from network.policy.vetting import Coordinator, entries_behind

# Who somebody is, by which they were vetted.
IDENTITY = ("display_name", "profession", "organisation")
BEING_VETTED = ("applied", "confirmed", "evidence", "refused")


def fixed(entry: Any) -> frozenset[str]:
    """The columns that an owner cannot change now.

    While coordinators look at somebody, all of these stay as they are: who decides must see whom the evidence was for,
    and the organisation says who may decide. Who coordinates keeps the organisation: two of different ones vet, and a
    rule that one could step around alone would be none. It changes with the next who become coordinators, by two.
    """
    if (
        entry.status in BEING_VETTED
        or _model("Application").objects.filter(practitioner=entry.pk, closed_at=None).exists()
    ):
        return frozenset(IDENTITY)
    coordinates = _model("Membership").objects.filter(practitioner=entry.pk, role="coordinator", ended=None)
    return frozenset({"organisation"}) if coordinates.exists() else frozenset()


def changed(before: Any, after: Any) -> list[str]:
    """What of it differs between two states of an entry."""
    return [name for name in IDENTITY if _value(before, name) != _value(after, name)]


def may_confirm_change(entry: Any, desk: Iterable[Coordinator]) -> bool:
    """Whether somebody at this desk may say that it is still the same person: nobody of themselves or of colleagues."""
    acting = list(desk)
    colleagues = {each.organisation for each in acting} - {None}
    return entry.pk not in entries_behind(acting) and entry.organisation_id not in colleagues


def bears_badge(entry: Any) -> bool:
    """Whether an entry is called verified: confirmed in time, and still whom the coordinators have seen."""
    return entry.status in ("verified", "due") and entry.changed_on is None


def _value(entry: Any, name: str) -> Any:
    return getattr(entry, entry._meta.get_field(name).attname)


def _model(name: str) -> Any:
    return apps.get_model("network", name)
