"""Entries, organisations, networks, and the counts published of them."""

from network.models.audit import AuditHead, AuditRow
from network.models.contact import Consent, Contact
from network.models.link import OneTimeLink
from network.models.network import Membership, Network
from network.models.network_life import (
    Meeting,
    NetworkDocument,
    PartnerRequest,
    PathwayStep,
    ReviewAnswer,
    SelfReview,
)
from network.models.organisation import Hotline, Organisation
from network.models.practitioner import Practitioner, SpokenLanguage
from network.models.reminder import Reminder
from network.models.saved_search import SavedSearch
from network.models.snapshot import Snapshot, SnapshotCell

__all__ = [
    "AuditHead",
    "AuditRow",
    "Consent",
    "Contact",
    "Hotline",
    "Meeting",
    "Membership",
    "Network",
    "NetworkDocument",
    "OneTimeLink",
    "Organisation",
    "PartnerRequest",
    "PathwayStep",
    "Practitioner",
    "Reminder",
    "ReviewAnswer",
    "SavedSearch",
    "SelfReview",
    "Snapshot",
    "SnapshotCell",
    "SpokenLanguage",
]
