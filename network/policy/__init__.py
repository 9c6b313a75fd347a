"""The only place that decides who sees what in the directory. Nothing else filters for visibility.

It imports no model of this app, so that models can take their choices and defaults from it.
"""

from network.policy.audiences import GROUPS, Audience
from network.policy.card import EntryCard
from network.policy.contact import CONTACT_FIELDS, may_reveal
from network.policy.meeting import meets_people
from network.policy.principals import principals_of, principals_of_request, principals_while_away
from network.policy.redaction import NotVisible, redact, redact_all
from network.policy.system import SYSTEM_CALLERS, as_system
from network.policy.views_of import EntryView, views_of

__all__ = [
    "CONTACT_FIELDS",
    "GROUPS",
    "SYSTEM_CALLERS",
    "Audience",
    "EntryCard",
    "EntryView",
    "NotVisible",
    "as_system",
    "may_reveal",
    "meets_people",
    "principals_of",
    "principals_of_request",
    "principals_while_away",
    "redact",
    "redact_all",
    "views_of",
]
