"""Which rows of the audit log somebody may read about themselves.

A row about an entry is told to its owner only where its act is listed here. What somebody else was promised, that the
person does not learn of it, stays with the others who may read the log; so does an act that nobody has decided on yet.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from network.policy.system import as_system

TOLD = frozenset({
    "appeal made", "appeal refused", "application made", "asked for more", "change seen", "contact revealed",
    "coordinator named",
    "coordinator proposed", "coordinator resigned", "entry applied", "entry confirmed", "entry dormant", "entry due",
    "entry edited", "entry erased", "entry evidence", "entry gone", "entry left", "entry paused", "entry refused",
    "entry stale", "entry suspended", "entry verified", "entry withdrawn", "further network accepted",
    "further network asked", "further network confirmed", "further network evidence", "further network refused",
    "further network withdrawn", "network left", "proof opened", "proposal declined", "recovery approved",
    "recovery asked", "recovery done", "recovery lapsed", "recovery ready", "recovery refused", "recovery stopped",
    "second factor reset", "sent more", "stand-in called", "unclaimed message opened",
    "vetted entry changed",
})  # fmt: skip
# What the person does not learn, and to whom that was promised.
KEPT: Mapping[str, str] = {
    "decoy made": "a decoy is nobody's, and who it is stays with whoever runs the server",
    "did not vouch": "who was asked to vouch: the answer is shown to the coordinators only",
    "entry reported": "who reports an entry: the person does not read it",
    "message reported": "who reports a message: the sender is not told",
    "report closed": "who reports an entry: that it was looked into would tell of the report",
    "vouched": "who was asked to vouch: the answer is shown to the coordinators only",
}


def kept_from(entries: Iterable[int]) -> Q:
    """Rows about these entries, by row number, that whoever is behind them may not read, as a condition to exclude."""
    own = as_system("log").filter(pk__in=list(entries)).values("public_id")
    return Q(subject__in=own) & ~Q(action__in=TOLD)
