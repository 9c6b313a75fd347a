"""What the account overview says of messages and, to coordinators, of what waits on their desk."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.rooms import Room, account_rooms
from network import reading_desk, reading_messages
from network.policy import principals_of_request


@account_rooms
def reaching_rooms(request: HttpRequest) -> Iterator[Room]:
    """Messages for members, enquiries and reported messages for coordinators."""
    principals = principals_of_request(request)
    if "member" not in principals:
        return
    yield Room(
        reverse("network_account:messages"),
        _("Messages"),
        _("Read and answer; the text is deleted a day after it was opened."),
        reading_messages.waiting_for(principals),
    )
    coordinator, networks = reading_messages.coordinating(principals)
    if coordinator is None:
        return
    yield Room(
        reverse("network_account:desk_enquiries"),
        _("Enquiries to your network"),
        _("Questions of people without an account."),
        reading_desk.enquiries_for(networks).filter(answered_at=None).count(),
    )
    yield Room(
        reverse("network_account:desk_messages"),
        _("Reported messages"),
        _("Reports of members, and messages to entries that nobody signs in for."),
        reading_desk.waiting_messages(principals, networks),
    )
