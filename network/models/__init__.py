"""Entries, organisations, networks, and the counts published of them."""

from network.models.contact import Consent, Contact
from network.models.network import Membership, Network
from network.models.organisation import Hotline, Organisation
from network.models.practitioner import Practitioner, SpokenLanguage
from network.models.snapshot import Snapshot, SnapshotCell

__all__ = [
    "Consent",
    "Contact",
    "Hotline",
    "Membership",
    "Network",
    "Organisation",
    "Practitioner",
    "Snapshot",
    "SnapshotCell",
    "SpokenLanguage",
]
