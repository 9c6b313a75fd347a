"""A network's own matters on its coordinators' desk: absent for everybody else."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from network import network_room
from network.forms.network_life import DocumentForm, MeetingForm, PartnerForm, PathwayForm, answer_forms
from network.models import Network
from network.policy import principals_of_request
from network.reading import roster
from network.services import network_life as services
from network.views.guards import behind

FORMS: dict[str, type] = {"meetings": MeetingForm, "documents": DocumentForm, "pathway": PathwayForm}
TITLES = {
    "meetings": gettext_lazy("A meeting"),
    "documents": gettext_lazy("A document"),
    "pathway": gettext_lazy("A step of the pathway"),
}


for_coordinators = behind(
    "slug", lambda request, slug: services.coordinated(principals_of_request(request)).filter(slug=slug).first()
)


@for_coordinators
def network_desk(request: HttpRequest, network: Network) -> HttpResponse:
    """Everything of one network in one place."""
    principals = principals_of_request(request)
    page = {
        **(network_room.members_part(network, principals) or {}),
        **network_room.partnerships(network),
        "partner_form": PartnerForm(asking=network),
    }
    return render(request, "network/desk_network.html", page)


@for_coordinators
def edit(request: HttpRequest, network: Network, kind: str, pk: int | None = None) -> HttpResponse:
    """One meeting, document or step: new without `pk`."""
    if kind not in FORMS:
        raise Http404
    record = get_object_or_404(getattr(network, kind), pk=pk) if pk else None
    form = _form(request, network, kind, record)
    if request.method == "POST" and form.is_valid():
        services.keep(_filled(form, network, request), network=network, actor=_actor(request))
        messages.success(request, _("Saved."))
        return redirect("network_account:network_desk", slug=network.slug)
    page = {"network": network, "form": form, "kind": kind, "record": record, "title": TITLES[kind]}
    return render(request, "network/desk_edit.html", page)


@require_POST
@for_coordinators
def remove(request: HttpRequest, network: Network, kind: str, pk: int) -> HttpResponse:
    """Deletes one meeting, document or step."""
    if kind not in FORMS:
        raise Http404
    services.remove(get_object_or_404(getattr(network, kind), pk=pk), network=network, actor=_actor(request))
    messages.success(request, _("Removed."))
    return redirect("network_account:network_desk", slug=network.slug)


@require_POST
@for_coordinators
def partner(request: HttpRequest, network: Network) -> HttpResponse:
    """Asks a network, or agrees where it has asked."""
    form = PartnerForm(request.POST, asking=network)
    if form.is_valid():
        agreed = services.ask_to_partner(asking=network, asked=form.cleaned_data["network"], actor=_actor(request))
        messages.success(request, _("You are partners now.") if agreed else _("Asked; its coordinators decide."))
    else:
        messages.error(request, _("Choose a network that is not your partner yet."))
    return redirect("network_account:network_desk", slug=network.slug)


@require_POST
@for_coordinators
def part(request: HttpRequest, network: Network) -> HttpResponse:
    """Ends a partnership, takes a request back, or declines one."""
    other = get_object_or_404(Network, slug=request.POST.get("network", "")[:90])
    services.end_partnership(network=network, other=other, actor=_actor(request))
    messages.success(request, _("Ended. Members of both networks see less of each other from now on."))
    return redirect("network_account:network_desk", slug=network.slug)


@for_coordinators
def review(request: HttpRequest, network: Network) -> HttpResponse:
    """This year's self-review; last year's open gaps stand beside it."""
    year, there, open_gaps = network_room.review_of_this_year(network)
    forms = answer_forms(request.POST if request.method == "POST" else None, there)
    valid = [form.is_valid() for form in forms]  # all of them, so that each shows its own errors
    if all(valid):
        answers = [form.save(commit=False) for form in forms]
        services.save_review(network=network, year=year, answers=answers, actor=_actor(request))
        messages.success(request, _("Saved."))
        return redirect("network_account:network_desk", slug=network.slug)
    page = {"network": network, "year": year, "forms": forms, "open_gaps": open_gaps}
    return render(request, "network/desk_review.html", page)


def _form(request: HttpRequest, network: Network, kind: str, record: Any) -> Any:
    given: dict[str, Any] = {"instance": record}
    if kind == "pathway":
        principals = principals_of_request(request)
        filled = network_room.filled_by(network, record, principals) if record else ""
        given |= {"roster": roster(network, principals) or (), "initial": {"filled_by": filled}}
    return FORMS[kind](request.POST if request.method == "POST" else None, **given)


def _filled(form: Any, network: Network, request: HttpRequest) -> Any:
    record = form.save(commit=False)
    if "filled_by" in form.cleaned_data:
        chosen = form.cleaned_data["filled_by"]
        record.filled_by_id = network_room.row_of(network, chosen, principals_of_request(request))
    return record


def _actor(request: HttpRequest) -> str:
    return network_room.actor_of(principals_of_request(request))
