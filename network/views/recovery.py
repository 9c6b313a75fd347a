"""Being let in again: the request, the pages behind its links, and the coordinators' side of it."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network import links, recovery_desk
from network.forms.recovery import AskForm, FinishForm, VoiceForm
from network.policy import principals_of_request
from network.services import recovery as services
from network.services.recovery import Outcome
from network.services.recovery_mail import STOP
from network.views.guards import behind


@never_cache
@rate_limit(action="recovery")
def ask(request: HttpRequest) -> HttpResponse:
    """The same answer whether address and password belong to an account or not."""
    form = AskForm(request.POST or None)
    if form.is_valid() and _asked(request, form):
        return redirect("network_account:recovery_asked")
    return render(request, "network/recovery.html", {"form": form})


def asked(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    return render(request, "network/recovery_asked.html")


@never_cache
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """“This was not me”: opening it shows and changes nothing, one press stops."""
    state = services.stop(secret) if request.method == "POST" else links.look(STOP, secret)[0]
    page = {"state": str(state), "done": request.method == "POST" and state is links.LinkState.GOOD}
    return render(request, "network/recovery_stop.html", page, status=200 if state is links.LinkState.GOOD else 410)


@never_cache
@login_required
def stop_own(request: HttpRequest) -> HttpResponse:
    """The same for somebody who is signed in: stopping signs out everywhere."""
    user: Any = request.user
    done = request.method == "POST" and services.stop_own(user)
    state = links.LinkState.GOOD if done or services.open_for(user) else links.LinkState.UNKNOWN
    if done:
        logout(request)
    return render(request, "network/recovery_stop.html", {"state": str(state), "done": done})


@never_cache
@rate_limit(action="recovery")
def finish(request: HttpRequest, secret: str) -> HttpResponse:
    """The link in: with the password it takes effect and signs in, in one step."""
    recovery = services.of_link(secret)
    if recovery is None:
        return render(request, "network/recovery_finish.html", {"outcome": Outcome.UNKNOWN}, status=410)
    form = FinishForm(request.POST or None)
    user = _who(request, form, recovery.user.email) if form.is_valid() else None
    if user is None:
        return render(request, "network/recovery_finish.html", {"form": form})
    outcome = services.finish(secret=secret, user=user)
    if outcome is not Outcome.DONE:
        return render(request, "network/recovery_finish.html", {"outcome": str(outcome)}, status=410)
    logout(request)
    return perform_login(request, user, email=user.email)


for_deciders = behind(
    "public_id", lambda request, public_id: recovery_desk.request(public_id, principals_of_request(request))
)


@never_cache
@login_required
def recoveries(request: HttpRequest) -> HttpResponse:
    """All of them, for coordinators."""
    principals = principals_of_request(request)
    if not any(each.startswith("coordinator:") for each in principals):
        raise Http404
    return render(request, "network/recoveries.html", {"requests": recovery_desk.requests(principals)})


@for_deciders
def decide(request: HttpRequest, found: recovery_desk.Request) -> HttpResponse:
    """One request; a coordinator says how they made sure of the person."""
    form = VoiceForm(request.POST or None)
    if form.is_valid():
        try:
            services.speak(recovery=found.recovery, by=found.by, how=form.cleaned_data["how"])
            messages.success(request, _("Noted. Two voices of different organisations are needed."))
        except services.NotYours:
            messages.error(request, _("Nothing was changed: your organisation has spoken, or it is decided already."))
        return redirect("network_account:recovery_decide", public_id=found.recovery.public_id)
    return render(request, "network/recovery_decide.html", {"request_seen": found, "form": form})


@require_POST
@for_deciders
def refuse(request: HttpRequest, found: recovery_desk.Request) -> HttpResponse:
    """It is not the person, or it cannot be made sure."""
    try:
        services.refuse(recovery=found.recovery, by=found.by)
        messages.success(request, _("Refused. The account's old address is told."))
    except services.NotYours:
        messages.error(request, _("Nothing was changed: it is decided already."))
    return redirect("network_account:recoveries")


def _asked(request: HttpRequest, form: AskForm) -> bool:
    """Whether the request was taken; False after too many attempts, which the form then says."""
    given = form.cleaned_data
    try:
        user = get_adapter(request).authenticate(request, email=given["email"], password=given["password"])
    except forms.ValidationError as error:
        form.add_error(None, error)
        return False
    if user is not None and user.is_active:
        services.ask(user=user, lost_factor=given["lost_factor"], new_mailbox=given["new_mailbox"].lower())
    return True


def _who(request: HttpRequest, form: FinishForm, email: str) -> Any:
    """Whose password it is; None, and said in the form, when it is nobody's."""
    try:
        user = get_adapter(request).authenticate(request, email=email, password=form.cleaned_data["password"])
    except forms.ValidationError as error:
        form.add_error(None, error)
        return None
    if user is None or not user.is_active:
        form.add_error("password", get_adapter(request).error_messages["incorrect_password"])
        return None
    return user
