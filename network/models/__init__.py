"""Entries, organisations, networks, and the counts published of them."""

from network.models.audit import AuditHead, AuditRow
from network.models.contact import Consent, Contact
from network.models.enquiry import DoorCount, DoorSalt, Enquiry
from network.models.link import OneTimeLink
from network.models.network import Membership, Network
from network.models.organisation import Hotline, Organisation
from network.models.practitioner import Practitioner, SpokenLanguage
from network.models.relay import Block, Conversation, Message, MessageReport
from network.models.reveal import Allowance, Reveal
from network.models.snapshot import Snapshot, SnapshotCell

__all__ = [
    "Allowance",
    "AuditHead",
    "AuditRow",
    "Block",
    "Consent",
    "Contact",
    "Conversation",
    "DoorCount",
    "DoorSalt",
    "Enquiry",
    "Hotline",
    "Membership",
    "Message",
    "MessageReport",
    "Network",
    "OneTimeLink",
    "Organisation",
    "Practitioner",
    "Reveal",
    "Snapshot",
    "SnapshotCell",
    "SpokenLanguage",
]
