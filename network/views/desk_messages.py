"""Coordinators' work on messages: reports, and messages to entries that nobody signs in for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from network import reading_desk as reading
from network.policy import principals_of_request
from network.policy.audiences import ids
from network.reading_messages import cards_of, coordinating
from network.services import relay, reports
from network.views.private import not_there, private


@private
def desk_messages(request: HttpRequest) -> HttpResponse:
    """What waits, without a text."""
    principals = principals_of_request(request)
    coordinator, networks = coordinating(principals)
    if coordinator is None:
        return not_there(request)
    lines = {
        "reports": reading.report_lines(principals, networks),
        "unclaimed": reading.unclaimed_lines(principals, networks),
    }
    return render(request, "network/desk_messages.html", lines)


@require_POST
@private
def open_report(request: HttpRequest, report: str) -> HttpResponse:
    """A reported message with its text; the opening is audited."""
    principals = principals_of_request(request)
    coordinator, networks = coordinating(principals)
    owned = ids(principals, "owner")
    found = coordinator and reports.open_report(
        coordinator=coordinator, networks=networks, entries=owned, report=report
    )
    if not found:
        return not_there(request)
    page = {"line": reading.report_line(found, principals), "body": found.body, "note": found.note}
    return render(request, "network/desk_report.html", page)


@require_POST
@private
def close_report(request: HttpRequest, report: str) -> HttpResponse:
    """A report is dealt with."""
    principals = principals_of_request(request)
    coordinator, networks = coordinating(principals)
    owned = ids(principals, "owner")
    if coordinator is None or not reports.close_report(
        coordinator=coordinator, networks=networks, entries=owned, report=report
    ):
        return not_there(request)
    return redirect("network_account:desk_messages")


@require_POST
@private
def open_unclaimed(request: HttpRequest, message: str) -> HttpResponse:
    """A message to an entry that nobody signs in for, with its text; the opening is audited."""
    principals = principals_of_request(request)
    coordinator, networks = coordinating(principals)
    found = coordinator and relay.open_unclaimed(coordinator=coordinator, networks=networks, message=message)
    if not found:
        return not_there(request)
    sender, to = found.sender_id, found.conversation.other(found.sender_id)
    cards = cards_of([sender, to], principals)
    page = {"sender": reading.named(cards, sender), "to": reading.named(cards, to), "body": found.body}
    return render(request, "network/desk_unclaimed.html", page)
