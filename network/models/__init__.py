"""Entries, organisations, networks, and the counts published of them."""

from network.models.audit import AuditHead, AuditRow
from network.models.contact import Consent, Contact
from network.models.desk import CoordinatorProposal, EntryReport, Suspension
from network.models.enquiry import DoorCount, DoorSalt, Enquiry
from network.models.joining import Application, Decision, Evidence, Invitation, ProofFile, Voucher
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
from network.models.recovery import Recovery, RecoveryVoice
from network.models.relay import Block, Conversation, Message, MessageReport
from network.models.reminder import Reminder
from network.models.reveal import Allowance, Reveal
from network.models.saved_search import SavedSearch
from network.models.snapshot import Snapshot, SnapshotCell

__all__ = [
    "Allowance",
    "Application",
    "AuditHead",
    "AuditRow",
    "Block",
    "Consent",
    "Contact",
    "Conversation",
    "CoordinatorProposal",
    "Decision",
    "DoorCount",
    "DoorSalt",
    "Enquiry",
    "EntryReport",
    "Evidence",
    "Hotline",
    "Invitation",
    "Meeting",
    "Membership",
    "Message",
    "MessageReport",
    "Network",
    "NetworkDocument",
    "OneTimeLink",
    "Organisation",
    "PartnerRequest",
    "PathwayStep",
    "Practitioner",
    "ProofFile",
    "Recovery",
    "RecoveryVoice",
    "Reminder",
    "Reveal",
    "ReviewAnswer",
    "SavedSearch",
    "SelfReview",
    "Snapshot",
    "SnapshotCell",
    "SpokenLanguage",
    "Suspension",
    "Voucher",
]
