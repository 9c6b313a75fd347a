"""What coordinators see of those who ask to be let in again."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from network import clock
from network.models import Recovery
from network.policy import EntryCard, NotVisible
from network.policy.recovery import Decider, card_for_decider, circle, decides
from network.services.recovery import entry_of

CLOSED_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as one coordinator sees it; `by` is as whom they decide."""

    recovery: Recovery
    card: EntryCard
    by: Decider

    @property
    def spoken(self) -> bool:
        """Whether their organisation has spoken already."""
        ours = self.by.entry.organisation_id
        return any(voice.organisation_id == ours for voice in self.recovery.voices.all())

    @property
    def waits(self) -> bool:
        """Whether it waits for them."""
        return self.recovery.state == Recovery.State.ASKED and not self.spoken


def requests(principals: frozenset[str]) -> list[Request]:
    """Open requests that this viewer may decide on, the oldest first, and those closed a short while ago."""
    if not any(each.startswith("coordinator:") for each in principals):
        return []
    shown = Q(state__in=Recovery.OPEN) | Q(ends__gt=clock.now() - CLOSED_SHOWN)
    found = Recovery.objects.filter(shown).select_related("entry").prefetch_related("voices")
    return [request for recovery in found if (request := _seen(recovery, principals)) is not None]


def request(public_id: str, principals: frozenset[str]) -> Request | None:
    """One of them; None for whoever may not decide on it."""
    return next((each for each in requests(principals) if each.recovery.public_id == public_id), None)


def _seen(recovery: Recovery, principals: frozenset[str]) -> Request | None:
    by = decides(circle(recovery.entry_id, recovery.user_id), principals)
    if by is None:
        return None
    try:
        return Request(recovery, card_for_decider(entry_of(recovery)), by)
    except NotVisible:
        return None
