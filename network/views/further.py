"""A member asks a further network, sees where that stands, sends more, appeals, withdraws."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.desk.application import further_page
from network.forms.further import FurtherForm
from network.forms.joining import AppealForm, WordsForm
from network.services import applicants, further
from network.throttle import too_often
from network.views.doors import posted
from network.views.entry import for_owners
from pages.context import current_language


@for_owners
def join(request: HttpRequest, entry: Any) -> HttpResponse:
    """The form, for members in force; `?network=` chooses one."""
    if not further.may_ask(entry):
        raise Http404
    initial = {"network": request.GET.get("network", "")[:90]}
    form = FurtherForm(posted(request), networks=further.networks_to_ask(entry), initial=initial)
    if request.method == "POST" and form.is_valid():
        if refused := too_often(request, "further"):
            return refused
        if row := _asked(request, entry, form):
            messages.success(request, _("Your request is with the coordinators of that network."))
            return redirect("network_account:further", entry.public_id, row.reference)
    return render(request, "network/further_join.html", {"entry": entry, "form": form})


def _asked(request: HttpRequest, entry: Any, form: FurtherForm) -> Any:
    """The request, or None with the reason on the form."""
    try:
        return further.ask(entry=entry, account=request.user, language=current_language(), **_said(form))
    except further.TooMany:
        form.add_error(None, _("Three requests are open: wait for an answer, or withdraw one."))
    except further.AskedLately:
        form.add_error("network", _("This network has refused within the last ninety days."))
    except (further.AlreadyThere, further.NotInForce):
        form.add_error("network", _("You cannot ask this network now."))
    return None


def _said(form: FurtherForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("network", "work", "colleagues")}


@for_owners
def asked(request: HttpRequest, entry: Any, reference: str) -> HttpResponse:
    """Where one request stands."""
    return _page(request, entry, reference, {})


def _page(request: HttpRequest, entry: Any, reference: str, forms: dict[str, Any]) -> HttpResponse:
    page = further_page(entry, reference)
    if page is None:
        raise Http404
    made = {"more": WordsForm(auto_id="more_%s"), "appealing": AppealForm(auto_id="appeal_%s")}
    return render(request, "network/further.html", {**page, **made, **forms})


@for_owners
def more(request: HttpRequest, entry: Any, reference: str) -> HttpResponse:
    """Words for the coordinators."""
    form = WordsForm(posted(request), auto_id="more_%s")
    if request.method != "POST" or not form.is_valid():
        return _page(request, entry, reference, {"more": form})
    try:
        words = form.cleaned_data["words"]
        applicants.send_more(user=request.user, words=words, proof=None, reference=reference)
        messages.success(request, _("The coordinators have it."))
    except applicants.NotNow:
        messages.warning(request, _("There is no request under way."))
    return redirect("network_account:further", entry.public_id, reference)


@for_owners
def appeal(request: HttpRequest, entry: Any, reference: str) -> HttpResponse:
    """Another coordinator looks at it."""
    form = AppealForm(posted(request), auto_id="appeal_%s")
    if request.method != "POST" or not form.is_valid():
        return _page(request, entry, reference, {"appealing": form})
    try:
        applicants.appeal(user=request.user, words=form.cleaned_data["words"], reference=reference)
        messages.success(request, _("Your appeal was sent to another coordinator."))
    except applicants.NotNow:
        messages.warning(request, _("An appeal is possible once, within 30 days of the answer."))
    return redirect("network_account:further", entry.public_id, reference)


@require_POST
@for_owners
def withdraw(request: HttpRequest, entry: Any, reference: str) -> HttpResponse:
    """Nothing is lost by it but the request, so it is not asked twice."""
    try:
        applicants.withdraw(user=request.user, reference=reference)
        messages.success(request, _("Your request is withdrawn."))
    except applicants.NotNow:
        messages.warning(request, _("There is no request under way."))
    return redirect("network_account:own_entry", entry.public_id)
