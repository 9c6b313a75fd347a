"""The coordinators' desk: the queue, one application and the acts on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from network.desk.application import application_page, evidence_form
from network.desk.queue import callable_networks, queue, suspended_networks
from network.forms.desk import CallInForm, DecisionForm, MissingForm
from network.policy.applications import applications_for, open_application
from network.policy.vetting import entries_behind
from network.proofs import content_of
from network.services import vetting
from network.services.calling_in import NotNeeded, call_in
from network.services.proof_seen import proof_opened
from network.views.doors import coordinators_only, desk_of, posted

# A proof is never shown by the browser inside the site, and if it were it could run nothing and ask for nothing.
SANDBOX = {"default-src": [CSP.NONE], "sandbox": "", "frame-ancestors": [CSP.NONE]}


@coordinators_only
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first."""
    acting = desk_of(request)
    context = {"lines": queue(acting), "suspended": suspended_networks(acting)}
    return render(request, "network/desk/queue.html", context)


@coordinators_only
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """One application."""
    return _application(request, reference, {})


def _application(request: HttpRequest, reference: str, forms: dict[str, Any]) -> HttpResponse:
    found = open_application(reference, desk_of(request))
    if found is None:
        raise Http404
    return render(request, "network/desk/application.html", application_page(*found, forms))


@coordinators_only
@require_POST
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """ "Seen by me, today"."""
    form = evidence_form(reference)(request.POST)
    if not form.is_valid():
        return _application(request, reference, {"evidence": form})
    said = form.cleaned_data
    fields = {name: said[name] for name in ("kind", "note", "authority", "new_body")}
    try:
        vetting.record_evidence(reference=reference, desk=desk_of(request), organisation=said["body"], **fields)
    except vetting.VouchersLacking:
        form.add_error("kind", _("Two members of different organisations have to vouch first."))
        return _application(request, reference, {"evidence": form})
    messages.success(request, _("Recorded. Another coordinator, of another organisation, decides."))
    return redirect("network_account:desk")


@coordinators_only
@require_POST
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """Yes or no."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _application(request, reference, {"decision": form})
    said = form.cleaned_data
    vetting.decide(
        reference=reference, desk=desk_of(request), accept=said["answer"] == "accepted", reason=said["reason"]
    )
    messages.success(request, _("Decided. The applicant is told that an answer is there; proof files are deleted."))
    return redirect("network_account:desk")


@coordinators_only
@require_POST
def missing(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks the applicant for more."""
    form = MissingForm(request.POST)
    if not form.is_valid():
        return _application(request, reference, {"missing": form})
    vetting.ask_for_more(reference=reference, desk=desk_of(request), missing=form.cleaned_data["missing"])
    messages.success(request, _("The applicant reads on their page what is missing."))
    return redirect("network_account:desk")


@coordinators_only
def calling(request: HttpRequest, reference: str) -> HttpResponse:
    """Calls in another network; also from whom may not open the application itself."""
    row, by = _ours(request, reference)
    form = CallInForm(posted(request), networks=callable_networks(row))
    if request.method != "POST" or not form.is_valid():
        return render(request, "network/desk/calling.html", {"form": form, "reference": reference})
    try:
        call_in(row, form.cleaned_data["network"], by=by)
        messages.success(request, _("They have been asked, and see this application only."))
    except NotNeeded:
        messages.warning(request, _("This network can still act itself."))
    return redirect("network_account:desk")


def _ours(request: HttpRequest, reference: str) -> tuple[Any, str]:
    """An application to a network of this desk, by whoever coordinates it and is not its applicant."""
    acting = desk_of(request)
    for row, case in applications_for(acting):
        callers = [each for each in acting if case.network in each.networks]
        if row.reference == reference and callers and case.applicant not in entries_behind(acting):
            return row, callers[0].public_id
    raise Http404


@coordinators_only
@csp_override(SANDBOX)
def proof(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A proof file, to be saved; that it was opened is in the audit log."""
    found = open_application(reference, desk_of(request))
    file = found[0].proofs.filter(pk=number).first() if found else None
    if found is None or file is None:
        raise Http404
    proof_opened(found[0], by=found[2])
    kind = {"pdf": "application/pdf", "jpg": "image/jpeg"}[file.kind]
    response = HttpResponse(content_of(file), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="proof-{file.pk}.{file.kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
