"""My entry: edit with a preview, confirm, pause, leave, take one's data away, erase."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network import links, own_data
from network.entry_room import entry_page, looks_page, previews
from network.forms.entry import EntryForm, language_forms
from network.lifecycle import StepRefused
from network.names import taken_out
from network.policy import principals_of_request
from network.services import entry as services
from network.services import erasure, freshness
from network.views.guards import behind

ERASE_WORD = "erase"


for_owners = behind(
    "public_id",
    lambda request, public_id: services.own_entries(principals_of_request(request)).filter(public_id=public_id).first(),
)


@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """Straight to the only entry; a choice where the account answers several; a way to join where it has none."""
    entries = list(services.own_entries(principals_of_request(request)))
    if len(entries) == 1:
        return redirect("network_account:own_entry", entries[0].public_id)
    return render(request, "network/own_entries.html", {"entries": entries})


@for_owners
def own_entry(request: HttpRequest, entry: Any) -> HttpResponse:
    """How it stands, how others see it, and what can be done."""
    return render(request, "network/own_entry.html", entry_page(entry))


@for_owners
def edit(request: HttpRequest, entry: Any) -> HttpResponse:
    """The form; “preview” shows with the eyes of others what is not saved yet, also without a script."""
    data = request.POST if request.method == "POST" else None
    form, languages = EntryForm(data, instance=entry), language_forms(data, entry)
    valid = data is not None and form.is_valid() and languages.is_valid()
    if valid and "preview" not in request.POST:
        services.save(entry=entry, form=form, languages=languages, actor=entry.public_id)
        messages.success(request, _("Saved. Who may see less than before sees less from now on."))
        if said := taken_out(form.name_typed):
            messages.warning(request, said)
        return redirect("network_account:own_entry", entry.public_id)
    page = {"entry": entry, "form": form, "spoken": languages, "previews": previews(entry, form, languages, valid)}
    part = request.method == "POST" and request.htmx  # type: ignore[attr-defined] # middleware's
    return render(request, "network/entry_previews.html" if part else "network/own_entry_edit.html", page)


@require_POST
@for_owners
def act(request: HttpRequest, entry: Any, step: str) -> HttpResponse:
    """Confirm, pause, come back, or leave the post."""
    steps: dict[str, tuple[Callable[..., Any], str]] = {
        "confirm": (freshness.confirm, _("Thank you. Your entry is confirmed for a year.")),
        "pause": (services.pause, _("Paused: nobody finds you and nobody can write to you.")),
        "come-back": (services.come_back, _("Welcome back. Your entry is shown again.")),
        "leave": (services.leave, _("You have left your post. Your entry is hidden; a new post is vetted anew.")),
    }
    take, said = steps[step]
    try:
        take(entry=entry, actor=entry.public_id)
        messages.success(request, said)
    except StepRefused:
        messages.error(request, _("That does not follow from how your entry stands now. Nothing was changed."))
    return redirect("network_account:own_entry", entry.public_id)


@require_POST
@for_owners
def leave_network(request: HttpRequest, entry: Any, network: int) -> HttpResponse:
    """Out of one network; its members see less from now on. The last one is left with the post."""
    try:
        if services.leave_network(entry=entry, network_id=network, actor=entry.public_id):
            messages.success(request, _("You are no longer in this network."))
    except services.LastNetwork:
        messages.error(request, _("This is your only network: leave your post, or pause. Nothing was changed."))
    return redirect("network_account:own_entry", entry.public_id)


@for_owners
def looks(request: HttpRequest, entry: Any) -> HttpResponse:
    """Who was shown a part of the contact, and why."""
    page = looks_page(entry, principals_of_request(request), request.GET.get("page", "1")[:6])
    return render(request, "network/looks.html", page)


@for_owners
def export(request: HttpRequest, entry: Any) -> HttpResponse:
    """All that is stored about the person, as one file."""
    told = own_data.export(entry, request.user, principals_of_request(request))
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@for_owners
def erase(request: HttpRequest, entry: Any) -> HttpResponse:
    """Asks for a word first, because nothing brings an entry back."""
    asked, page = request.method == "POST", {"entry": entry, **erasure.fate_of(entry, request.user)}
    if asked and request.POST.get("word", "").strip().lower() in (ERASE_WORD, _("erase")):
        promised = erasure.erase(entry=entry, actor=entry.public_id)
        logout(request)
        return render(request, "network/erased.html", {**page, "note": promised})
    return render(request, "network/own_entry_erase.html", {**page, "note": erasure.note(), "wrong": asked})


@never_cache
def renew(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link of a reminder. Opening it shows and changes nothing; one press confirms, once."""
    state = freshness.renew(secret) if request.method == "POST" else links.look(freshness.RENEWAL, secret)[0]
    done = request.method == "POST" and state is links.LinkState.GOOD
    page = {"state": str(state), "done": done, "home": reverse("account_overview")}
    return render(request, "network/renew.html", page, status=200 if state is links.LinkState.GOOD else 410)
