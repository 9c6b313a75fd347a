"""What joining and the desk bring to the account overview and to the pages of entries and networks."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.rooms import Room, account_rooms
from network.desk.queue import count_waiting
from network.models import Network
from network.policy import EntryCard, principals_of_request
from network.policy.applications import own_application
from network.policy.vetting import coordinators_acting
from network.sections import section
from network.services.entries import CURRENT
from network.services.entry import own_entries
from network.services.vouching import asked_of


@account_rooms
def rooms(request: HttpRequest) -> Iterator[Room]:
    """The desk for coordinators; one's own application; what members may do for others."""
    principals = principals_of_request(request)
    if desk := coordinators_acting(principals):
        about = _("Applications, members, reports and suspensions of your networks.")
        yield Room(reverse("network_account:desk"), _("Coordinators’ desk"), about, count_waiting(desk))
    if "member" in principals:
        if asked := asked_of(request.user):
            about = _("Somebody who applies has named you.")
            yield Room(reverse("network_account:vouching"), _("Vouch for a colleague"), about, len(asked))
        yield Room(reverse("network_account:invitations"), _("Invite a colleague"))
    elif own_application(request.user):
        yield Room(reverse("network_account:application"), _("Your application"), _("Where it stands."))


@section("entry")
def report_link(card: EntryCard, principals: frozenset[str], language: str) -> tuple[str, Mapping[str, Any]] | None:
    """Members can say that something is wrong with an entry."""
    if "member" not in principals or card.own:
        return None
    return "network/report_link.html", {"url": reverse("network:report", args=[card.public_id])}


@section("network")
def join_link(network: Network, principals: frozenset[str], language: str) -> tuple[str, Mapping[str, Any]] | None:
    """How to join this network: for who is in none, and shorter for a member of another."""
    if "member" not in principals:
        return "network/join_link.html", {"url": f"{reverse('network:join')}?network={network.slug}"}
    inside = f"network:{network.pk}" in principals
    entry = None if inside else own_entries(principals).filter(status__in=CURRENT).first()
    if entry is None:
        return None
    asked = network.applications.filter(practitioner=entry, closed_at=None).first()
    if asked is not None:
        address = reverse("network_account:further", args=[entry.public_id, asked.reference])
        return "network/join_link.html", {"url": address, "asked": True}
    address = reverse("network_account:join_further", args=[entry.public_id])
    return "network/join_link.html", {"url": f"{address}?network={network.slug}", "further": True}
