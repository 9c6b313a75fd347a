"""Messages of members: the list, writing to an entry, a conversation, opening, blocking, reporting."""

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from network import reading_messages as reading
from network.forms.reaching import MessageForm, ReportForm
from network.models import Message, Practitioner
from network.policy import principals_of_request
from network.quota import OverQuota
from network.services import relay, reports
from network.views.private import not_there, posted, private

# One sentence for whatever is the reason on the other side: none of them is told from another.
OFF = gettext_lazy("Messages to this person are off at the moment.")
REFUSALS = {
    relay.NotReachable: OFF,
    relay.BlockedByYou: gettext_lazy("You keep messages of this person away. Take that back before you write to them."),
    relay.MayNotBegin: gettext_lazy(
        "Your entry has not been confirmed in time, so you can answer but not write first. Confirm it, and you can."
    ),
}


@private
def messages(request: HttpRequest) -> HttpResponse:
    """One's conversations."""
    principals = principals_of_request(request)
    context = {"lines": reading.conversations(principals), "on": bool(reading.acting_for(principals))}
    return render(request, "network/messages.html", context)


@private
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """A message to an entry that one can find. All else answers the same, whatever the reason."""
    principals = principals_of_request(request)
    found, mine = reading.found_by(public_id, principals), reading.acting_for(principals)
    if found is None:
        return not_there(request, "network/cannot_write.html")
    form = MessageForm(posted(request), senders=[(entry.public_id, entry.display_name) for entry in mine])
    if mine and form.is_valid():
        sent = _sent(request, form, _chosen(mine, form), found.entry)
        if sent:
            return redirect("network_account:conversation", sent.conversation.public_id)
    why = reading.why_not(mine, found.entry, principals)
    page = {"card": found.card, "form": form, "member": bool(mine), "refusal": _sentence(why)}
    return render(request, "network/write.html", page)


@private
def conversation(request: HttpRequest, public_id: str) -> HttpResponse:
    """A conversation with what has been opened, and a form for the next message."""
    principals = principals_of_request(request)
    held = reading.conversation_of(public_id, principals)
    if held is None:
        return not_there(request)
    form = MessageForm(posted(request), senders=[])
    if form.is_valid() and _sent(request, form, held.own, held.other):
        return redirect("network_account:conversation", public_id)
    page = reading.conversation_page(held, principals)
    return render(request, "network/conversation.html", {**page, "form": form, "refusal": _sentence(page["why"])})


@require_POST
@private
def open_message(request: HttpRequest, public_id: str, message: str) -> HttpResponse:
    """Pressing “Open”: from now on the text is there for a day. Of two tabs the second finds it open."""
    held = reading.conversation_of(public_id, principals_of_request(request))
    if held is None:
        return not_there(request)
    relay.open_message(account=request.user, entry=held.own, message=message)
    return redirect("network_account:conversation", public_id)


@require_POST
@private
def block(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keeps further messages of the other one away, or takes that back; they are not told."""
    held = reading.conversation_of(public_id, principals_of_request(request))
    if held is None:
        return not_there(request)
    if request.POST.get("take_back"):
        relay.unblock(by=held.own.pk, against=held.other)
    else:
        relay.block(by=held.own.pk, against=held.other)
    return redirect("network_account:conversation", public_id)


@private
def report(request: HttpRequest, public_id: str, message: str) -> HttpResponse:
    """Hands a copy of an opened message to the coordinators."""
    held = reading.conversation_of(public_id, principals_of_request(request))
    if held is None or not reading.can_report(held, message):
        return not_there(request)
    form = ReportForm(posted(request))
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("why", "block")}
        try:
            reports.report(reporter=held.own, message=message, note=form.cleaned_data["text"], **asked)
        except reports.NothingToReport:  # its time was over a moment ago
            return not_there(request)
        notes.success(request, _("The coordinators have a copy of the message for 30 days."))
        return redirect("network_account:conversation", public_id)
    return render(request, "network/report.html", {"form": form, "conversation": public_id})


def _sentence(why: type[relay.Refused] | None) -> str:
    return str(REFUSALS[why]) if why else ""


def _chosen(mine: list[Practitioner], form: MessageForm) -> Practitioner:
    wanted = form.cleaned_data.get("sender") or mine[0].public_id
    return next(entry for entry in mine if entry.public_id == wanted)


def _sent(request: HttpRequest, form: Any, sender: Practitioner, to: int) -> Message | None:
    """The message, or None with the reason on the form and the text kept."""
    principals, said = principals_of_request(request), {name: form.cleaned_data[name] for name in ("text", "mark")}
    try:
        sent = relay.send(account=request.user, sender=sender, to=to, principals=principals, **said)
    except OverQuota as over:
        form.add_error(None, over_quota(over))
    except relay.Refused as refused:
        form.add_error(None, str(REFUSALS[type(refused)]))
    else:
        notes.success(request, _("Your message waits on this site; an e-mail says only that something waits."))
        return sent
    return None


def over_quota(over: OverQuota) -> str:
    """One sentence for who has used up a day."""
    until = date_format(localtime(over.until), "DATETIME_FORMAT")
    return _("You have used up what one account has for now. It goes on from %(moment)s (UTC).") % {"moment": until}
