"""How the search stands, in one line for whoever watches the site."""

from datetime import timedelta

from django.db.models import Min, Q
from django.utils import timezone

from search import state, targets
from search.engines.base import Condition
from search.models import OutboxEntry
from search.state import State
from search.targets import Target

# Changes that wait for so long, or so many of them, are worth a look.
LONG, MANY = timedelta(minutes=1), 1_000


def search_state() -> str:
    """Empty when all is well, else what is degraded. Asks the engine once; a few short queries."""
    now = state.read()
    said = [_standing(target, now) for target in targets.every()]
    return "; ".join(filter(None, [*said, _waiting()]))


def _standing(target: Target, now: State) -> str:
    what = "the index" if target.name == targets.ENGINE else "the library's stand-in"
    condition = target.engine.condition()
    if condition is not Condition.READY:
        return f"search degraded: {what} is {condition}"
    return "" if target.in_step(now) else f"search degraded: {what} is of another time or machine"


def _waiting() -> str:
    """How many changes wait, where that is much or long, and those that cannot be indexed."""
    ordinary = Q(retry_at=None)
    oldest = OutboxEntry.objects.filter(ordinary).aggregate(oldest=Min("created"))["oldest"]
    count = OutboxEntry.objects.filter(ordinary).count()
    refused = OutboxEntry.objects.exclude(ordinary).count()
    parts = []
    if oldest is not None and (timezone.now() - oldest > LONG or count > MANY):
        seconds = int((timezone.now() - oldest).total_seconds())
        parts.append(f"{count} changes wait to be indexed, the oldest for {seconds} s")
    if refused:
        parts.append(f"{refused} changes cannot be indexed")
    return "; ".join(parts)
