"""The desk's other pages: members, suspensions, reports, coordinators, the log; and reporting an entry."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from network.desk import people
from network.forms.desk import ClosingForm, LiftForm, ReportForm, ResigningForm, SuspensionForm
from network.models import Network, Practitioner
from network.policy import principals_of_request, redact
from network.services import coordinating, identity, reporting, suspending
from network.throttle import too_often
from network.views.doors import coordinators_only, desk_of, members_only, posted

# The same for every entry: nothing tells whether anybody coordinates the networks of this one.
REPORTED = gettext_lazy(
    "Thank you. The coordinators who answer for this entry look into it; where none is left, it waits for whoever "
    "runs the site."
)


@coordinators_only
def members(request: HttpRequest) -> HttpResponse:
    """Members with their freshness."""
    return render(
        request, "network/desk/members.html", people.members_page(desk_of(request), principals_of_request(request))
    )


@coordinators_only
@require_POST
def confirm_change(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Somebody calls themselves otherwise than they were vetted, and this coordinator knows why."""
    network = get_object_or_404(Network, slug=slug)
    identity.confirm_change(entry=_visible(request, public_id), network=network, desk=desk_of(request))
    messages.success(request, _("Noted. The entry is called verified again."))
    return redirect("network_account:desk_members")


@coordinators_only
def suspensions(request: HttpRequest) -> HttpResponse:
    """What is suspended now."""
    page = people.suspensions_page(desk_of(request), principals_of_request(request))
    return render(request, "network/desk/suspensions.html", {**page, "form": LiftForm(auto_id=False)})


@coordinators_only
def suspend_entry(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Asked once more, with a reason, then at once."""
    network = get_object_or_404(Network, slug=slug)
    suspending.coordinator_of(network.pk, desk_of(request))
    entry = _visible(request, public_id)
    form = SuspensionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        suspending.suspend_entry(entry=entry, network=network, desk=desk_of(request), reason=reason)
        messages.success(request, _("Suspended. Another coordinator can lift it."))
        return redirect("network_account:suspensions")
    card = redact(entry, principals_of_request(request))
    return render(request, "network/desk/suspend.html", {"form": form, "network": network, "card": card})


@coordinators_only
def suspend_network(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody in a network, at once."""
    network = get_object_or_404(Network, slug=slug)
    suspending.coordinator_of(network.pk, desk_of(request))
    form = SuspensionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        suspending.suspend_network(network=network, desk=desk_of(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("The whole network is suspended. Another coordinator can lift it."))
        return redirect("network_account:suspensions")
    return render(request, "network/desk/suspend.html", {"form": form, "network": network})


@coordinators_only
@require_POST
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """By another coordinator than who suspended."""
    form = LiftForm(request.POST, auto_id=False)
    if not form.is_valid():
        page = people.suspensions_page(desk_of(request), principals_of_request(request))
        return render(request, "network/desk/suspensions.html", {**page, "form": form, "wrong": reference})
    suspending.lift(reference=reference, desk=desk_of(request), reason=form.cleaned_data["reason"])
    messages.success(request, _("Lifted."))
    return redirect("network_account:suspensions")


@coordinators_only
def reports(request: HttpRequest) -> HttpResponse:
    """Reports of entries."""
    page = people.reports_page(desk_of(request), principals_of_request(request))
    return render(request, "network/desk/reports.html", {**page, "form": ClosingForm(auto_id=False)})


@coordinators_only
@require_POST
def close_report(request: HttpRequest, reference: str) -> HttpResponse:
    """With what was found and done."""
    form = ClosingForm(request.POST, auto_id=False)
    if not form.is_valid():
        page = people.reports_page(desk_of(request), principals_of_request(request))
        return render(request, "network/desk/reports.html", {**page, "form": form, "wrong": reference})
    reporting.close(reference=reference, desk=desk_of(request), outcome=form.cleaned_data["outcome"])
    messages.success(request, _("Closed."))
    return redirect("network_account:reports")


@coordinators_only
def coordinators(request: HttpRequest) -> HttpResponse:
    """Who coordinates."""
    page = people.coordinators_page(desk_of(request), principals_of_request(request))
    return render(request, "network/desk/coordinators.html", page)


@coordinators_only
@require_POST
def propose(request: HttpRequest, membership: int) -> HttpResponse:
    """A further coordinator."""
    alone = coordinating.propose(membership=membership, desk=desk_of(request))
    messages.success(
        request,
        _("They coordinate from now on: you were the only one, and the log says so.")
        if alone
        else _("Proposed. Another coordinator has to agree."),
    )
    return redirect("network_account:coordinators")


@coordinators_only
@require_POST
def answer_proposal(request: HttpRequest, membership: int) -> HttpResponse:
    """By another coordinator than who proposed."""
    agree = request.POST.get("answer") == "yes"
    coordinating.answer_proposal(membership=membership, desk=desk_of(request), agree=agree)
    messages.success(request, _("They coordinate from now on.") if agree else _("The proposal is gone."))
    return redirect("network_account:coordinators")


@coordinators_only
def resign(request: HttpRequest, membership: int) -> HttpResponse:
    """One's own coordination."""
    form = ResigningForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            knowing = form.cleaned_data["knowing"]
            coordinating.resign(membership=membership, desk=desk_of(request), knowing=knowing)
            messages.success(request, _("You are a member now, and coordinate no more."))
            return redirect("account_overview")
        except coordinating.FewerThanTwo:
            form.add_error("knowing", _("The network would have fewer than two coordinators: say that you know it."))
    return render(request, "network/desk/resign.html", {"form": form, "membership": membership})


@coordinators_only
def log(request: HttpRequest) -> HttpResponse:
    """What was done in these networks."""
    page = people.audit_page(desk_of(request), principals_of_request(request), request.GET.get("page", "1")[:6])
    return render(request, "network/desk/log.html", page)


@members_only
def report(request: HttpRequest, member: Practitioner, public_id: str) -> HttpResponse:
    """A member says that something is wrong with an entry that they see."""
    entry = _visible(request, public_id)
    if f"owner:{entry.pk}" in principals_of_request(request):
        raise Http404
    form = ReportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if refused := too_often(request, "report"):
            return refused
        reporting.report(entry=entry, reporter=member, **form.cleaned_data)
        messages.success(request, REPORTED)
        return redirect("network:entry", public_id)
    context = {"form": form, "card": redact(entry, principals_of_request(request))}
    return render(request, "network/desk/report.html", context)


def _visible(request: HttpRequest, public_id: str) -> Practitioner:
    """An entry that this viewer may open, read for a card; absent and forbidden are the same."""
    rows = Practitioner.objects.visible_to(principals_of_request(request)).filter(public_id=public_id)
    entry: Practitioner | None = rows.for_cards().first()
    if entry is None:
        raise Http404
    return entry
