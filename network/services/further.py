"""A member asks a further network to take them in: what they do there, and who of it knows them, if anybody does.

Who they are was seen by two coordinators before. Whether they belong there is decided by two of that network, by the
same rules; see network/services/vetting.py.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from network import audit, clock, lifecycle
from network.models import Application, Network, Practitioner
from network.models.joining import KNOWN
from network.policy.vetting import coordinators_in
from network.services import entries
from network.services.calling_in import call_in_if_nobody_is_left
from network.services.confirming import ask_to_vouch
from network.services.erasing import drop_claims
from network.services.standing import STANDS
from network.waiting import email_key, tell

# Asked of several networks at once: more is no work of one person.
MOST_OPEN = 3
# After a no that stands, the same network is not asked again for so long.
REST = timedelta(days=90)


class NotInForce(ValueError):
    """Whoever asks is not a member in force: their own network's confirmation comes first."""


class AlreadyThere(ValueError):
    """They belong to the network, or have asked it."""


class TooMany(ValueError):
    """As many requests are open as may be."""


class AskedLately(ValueError):
    """The network has said no a short while ago."""


def may_ask(entry: Practitioner) -> bool:
    """Whether the entry is in force, which a request needs as long as it lasts."""
    return entry.status in entries.CURRENT


def networks_to_ask(entry: Practitioner) -> Any:
    """Networks that an entry is not in and has no open request to; a sample asks samples only."""
    inside = Q(memberships__practitioner=entry, memberships__ended=None)
    asked = Q(applications__practitioner=entry, applications__closed_at=None)
    taken = Network.objects.filter(inside | asked)
    return Network.objects.filter(sample=entry.sample).exclude(pk__in=taken.values("pk")).order_by("name")


@transaction.atomic
def ask(
    *, entry: Practitioner, account: Any, network: Network, work: str, colleagues: Iterable[str], language: str
) -> Application:
    """Lays the request on the network's desk, and asks the colleagues named. Raises the four above.

    `colleagues` are addresses; who of them is a member is not said.
    """
    row = _written(entries.locked(entry.pk), account, network, work, language)
    audit.record("further network asked", actor=entry.public_id, subject=entry.public_id, network=network.slug)
    own = email_key(account.email)
    for member in entries.current_entries_at(each for each in colleagues if email_key(each) != own):
        ask_to_vouch(row, member)
    call_in_if_nobody_is_left(row)
    tell(entries.accounts_of_desk(coordinators_in([network.pk])), reverse("network_account:desk"))
    return row


def _written(entry: Practitioner, account: Any, network: Network, work: str, language: str) -> Application:
    if not may_ask(entry):
        raise NotInForce
    if not networks_to_ask(entry).filter(pk=network.pk).exists():
        raise AlreadyThere
    before = entry.applications.exclude(stands="")
    if before.filter(closed_at=None).count() >= MOST_OPEN:
        raise TooMany
    if before.filter(network=network, stands=STANDS.REFUSED, closed_at__gt=clock.now() - REST).exists():
        raise AskedLately
    moment = clock.now()
    try:
        with transaction.atomic():
            return Application.objects.create(
                practitioner=entry,
                network=network,
                account=account,
                language=language,
                method=KNOWN[0],
                claim=work,
                stands=STANDS.ASKED,
                made_at=moment,
                confirmed_at=moment,
            )
    except IntegrityError as error:  # the same was sent twice at one moment
        raise AlreadyThere from error


@lifecycle.consequence
def ends_with_the_post(entry: Any, before: str) -> None:
    """Who leaves a post or withdraws asks nothing more."""
    if entry.status not in ("left", "withdrawn"):
        return
    for row in entry.applications.filter(closed_at=None).exclude(stands="").select_related("network"):
        close(row, STANDS.WITHDRAWN)
        about = {"actor": entry.public_id, "subject": entry.public_id, "network": row.network.slug}
        audit.record("further network withdrawn", **about, detail={"with": f"entry {entry.status}"})


def close(row: Application, stands: str) -> None:
    """Ends a request; what was only there to be looked at goes."""
    drop_claims(row)
    row.stands = row.outcome = stands
    row.closed_at = clock.now()
    row.save(update_fields=["stands", "outcome", "closed_at"])
