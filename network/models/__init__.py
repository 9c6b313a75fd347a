"""Entries, organisations, networks, and the counts published of them."""

from network.models.audit import AuditHead, AuditRow
from network.models.contact import Consent, Contact
from network.models.desk import CoordinatorProposal, EntryReport, Suspension
from network.models.joining import Application, Decision, Evidence, Invitation, ProofFile, Voucher
from network.models.link import OneTimeLink
from network.models.network import Membership, Network
from network.models.organisation import Hotline, Organisation
from network.models.practitioner import Practitioner, SpokenLanguage
from network.models.snapshot import Snapshot, SnapshotCell

__all__ = [
    "Application",
    "AuditHead",
    "AuditRow",
    "Consent",
    "Contact",
    "CoordinatorProposal",
    "Decision",
    "EntryReport",
    "Evidence",
    "Hotline",
    "Invitation",
    "Membership",
    "Network",
    "OneTimeLink",
    "Organisation",
    "Practitioner",
    "ProofFile",
    "Snapshot",
    "SnapshotCell",
    "SpokenLanguage",
    "Suspension",
    "Voucher",
]
