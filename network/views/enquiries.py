"""The public writes to a network's coordinators and reads the answer; the coordinators answer at their desk."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network import reading_desk as reading
from network.door import visitor_of
from network.forms.reaching import CheckedText, CodeForm, EnquiryForm
from network.mailboxes import coordinators_of
from network.models import Network
from network.policy import principals_of_request
from network.reading_messages import coordinating
from network.services import enquiries
from network.views.private import not_there, posted, private, unkept


def write_to_network(request: HttpRequest, slug: str) -> HttpResponse:
    """A question without an account; the answer to it is the code, which is in no address."""
    network = get_object_or_404(Network, slug=slug)
    form = EnquiryForm(posted(request))
    if form.is_valid():
        code = _asked(request, form, network)
        if code:
            return unkept(render(request, "network/enquiry_sent.html", {"network": network, "code": code}))
    context = {"network": network, "form": form, "there": bool(coordinators_of([network.pk]))}
    return unkept(render(request, "network/enquiry.html", context))


def read_answer(request: HttpRequest) -> HttpResponse:
    """What stands behind a code. It is typed, never followed: an address stays in a browser's history."""
    form, found = CodeForm(posted(request)), None
    if form.is_valid():
        try:
            found = enquiries.read(code=form.cleaned_data["code"], visitor=visitor_of(request))
        except enquiries.TooMany:
            form.add_error(None, _("Too many codes were tried from here today. Try again tomorrow."))
        else:
            if found.state is enquiries.AnswerState.UNKNOWN:
                form.add_error("code", _("Nothing stands behind this code. Look at each digit, or it is deleted."))
    return unkept(render(request, "network/answer.html", {"form": form, "found": found}))


@private
def desk_enquiries(request: HttpRequest) -> HttpResponse:
    """What the public asks the networks that one coordinates."""
    coordinator, networks = coordinating(principals_of_request(request))
    if coordinator is None:
        return not_there(request)
    return render(request, "network/desk_enquiries.html", {"enquiries": reading.enquiries_for(networks)})


@private
def desk_enquiry(request: HttpRequest, public_id: str) -> HttpResponse:
    """One enquiry; it is read after “Open” and answered once."""
    coordinator, networks = coordinating(principals_of_request(request))
    enquiry = reading.enquiries_for(networks).filter(public_id=public_id).first() if coordinator else None
    if coordinator is None or enquiry is None:
        return not_there(request)
    form = CheckedText(posted(request))
    if form.is_valid():
        if enquiries.answer(coordinator=coordinator, enquiry=enquiry, text=form.cleaned_data["text"]):
            notes.success(request, _("The answer waits for whoever asked."))
            return redirect("network_account:desk_enquiry", public_id)
        form.add_error(None, _("A colleague has answered it, or its time is over. Your text was not sent."))
    page = reading.enquiry_page(enquiry)
    return render(request, "network/desk_enquiry.html", {**page, "form": form})


@require_POST
@private
def open_enquiry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Pressing “Open”."""
    coordinator, networks = coordinating(principals_of_request(request))
    enquiry = reading.enquiries_for(networks).filter(public_id=public_id).first() if coordinator else None
    if coordinator is None or enquiry is None:
        return not_there(request)
    enquiries.open_enquiry(coordinator=coordinator, enquiry=enquiry)
    return redirect("network_account:desk_enquiry", public_id)


def _asked(request: HttpRequest, form: EnquiryForm, network: Network) -> str:
    """The code, or "" with the reason on the form and the text kept."""
    said = {name: form.cleaned_data[name] for name in ("text", "mark")}
    try:
        return enquiries.ask(network=network, visitor=visitor_of(request), **said)
    except enquiries.TooMany:
        form.add_error(None, _("Today no more questions are taken from here. Try tomorrow, or call a number below."))
    except enquiries.NobodyThere:
        form.add_error(None, _("Nobody can read messages to this network at the moment. Try another network."))
    return ""
