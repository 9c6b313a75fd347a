"""A coordinator has seen that a member calls themselves otherwise than they were vetted, and knows of it."""

from django.db import transaction

from network import audit
from network.models import Network, Practitioner
from network.policy.identity import may_confirm_change
from network.policy.vetting import Coordinator
from network.services import entries
from network.services.suspending import NotByYou, NotHere, StandsOtherwise, coordinator_of


@transaction.atomic
def confirm_change(*, entry: Practitioner, network: Network, desk: list[Coordinator]) -> None:
    """The badge is back from now on. Raises NotHere, NotByYou, StandsOtherwise."""
    acting = coordinator_of(network.pk, desk)
    if not entry.memberships.filter(network=network, ended=None).exists():
        raise NotHere
    now = entries.locked(entry.pk)
    if not may_confirm_change(now, desk):
        raise NotByYou
    if now.changed_on is None:
        raise StandsOtherwise
    entries.write(now.pk, {"changed_on": None})
    audit.record("change seen", actor=acting.public_id, subject=now.public_id, network=network.slug)
