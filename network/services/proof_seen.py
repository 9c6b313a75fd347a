"""That a proof file was opened, by whom, in the audit log."""

from typing import Any

from network import audit
from network.policy.vetting import Coordinator
from network.services import entries


def proof_opened(application: Any, *, by: Coordinator) -> None:
    """One row for each time."""
    subject = entries.entry(application.practitioner_id)
    audit.record("proof opened", actor=by.public_id, subject=subject.public_id, network=application.network.slug)
