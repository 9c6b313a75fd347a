"""The network's lines on the account overview."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.rooms import Room, account_rooms
from network import recovery_desk
from network.models.network_life import PartnerRequest
from network.policy import principals_of_request
from network.services.entry import own_entries
from network.services.network_life import coordinated
from network.services.recovery import open_for


@account_rooms
def own_entry(request: HttpRequest) -> Iterator[Room]:
    """The entry, or the role mailboxes, of this account."""
    if own_entries(principals_of_request(request)).exists():
        about = _("What it says, who sees what of it, pause, leave, your data")
        yield Room(reverse("network_account:own"), _("My entry"), about)


@account_rooms
def own_searches(request: HttpRequest) -> Iterator[Room]:
    """The saved searches of a member."""
    if "member" in principals_of_request(request):
        yield Room(
            reverse("network_account:searches"), _("Saved searches"), _("Search again, and be told of new results")
        )


@account_rooms
def own_networks(request: HttpRequest) -> Iterator[Room]:
    """Each network that this account coordinates, with the partner requests that wait for an answer."""
    for network in coordinated(principals_of_request(request)):
        yield Room(
            reverse("network_account:network_desk", args=[network.slug]),
            _("Coordinate %(network)s") % {"network": network.name},
            _("Calendar, documents, referral pathway, partners, self-review"),
            PartnerRequest.objects.filter(asked=network).count(),
        )


@account_rooms
def recoveries(request: HttpRequest) -> Iterator[Room]:
    """Those who ask to be let in again, for coordinators who may decide on it."""
    if seen := recovery_desk.requests(principals_of_request(request)):
        about = _("They have lost a second factor or their mailbox, and wait for two coordinators")
        waiting = sum(each.waits for each in seen)
        yield Room(reverse("network_account:recoveries"), _("Let colleagues in again"), about, waiting)


@account_rooms
def somebody_asks(request: HttpRequest) -> Iterator[Room]:
    """A warning to somebody who can sign in while a request says that they cannot."""
    if open_for(request.user):
        about = _("They know your password and say that they are you")
        yield Room(
            reverse("network_account:recovery_stop_own"), _("Somebody asks to be let into your account"), about, 1
        )
