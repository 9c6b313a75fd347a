"""In the demo somebody has lost their phone, so that the coordinators' desk has something to decide on."""

from datetime import timedelta

from network import clock
from network.models import Recovery
from network.policy import as_system
from network.services.recovery import ASKED_LASTS

# The account of a sample person; not among the sign-ins that the demo lists.
LOST_PHONE = "lost.phone@example.org"


def load_recovery() -> None:
    """Opens the sample request once; what coordinators make of it stays."""
    entry = as_system("sample recovery").filter(sample=True, user__email=LOST_PHONE).first()
    if entry is not None and not Recovery.objects.filter(entry=entry).exists():
        asked = clock.now() - timedelta(hours=5)
        ends = asked + ASKED_LASTS
        Recovery.objects.create(entry=entry, user_id=entry.user_id, lost_factor=True, asked=asked, ends=ends)
