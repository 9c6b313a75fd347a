"""A member's saved searches. Somebody else's do not exist."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from network import saved_searches
from network.forms.saved_searches import SavedSearchForm
from network.models.saved_search import SavedSearch
from network.policy import principals_of_request
from network.services import saved_searches as services
from network.views.guards import behind
from pages.context import current_language

for_their_owner = behind(
    "public_id",
    lambda request, public_id: SavedSearch.objects.filter(user=request.user.pk, public_id=public_id).first(),
)


@never_cache
@login_required
def searches(request: HttpRequest) -> HttpResponse:
    """The list; who left the network can still delete what they saved."""
    member = "member" in principals_of_request(request)
    saved = list(SavedSearch.objects.filter(user=request.user))  # type: ignore[misc] # login_required
    if not (member or saved):
        raise Http404
    rows = [{"saved": each, "url": saved_searches.address(each)} for each in saved]
    return render(request, "network/saved_searches.html", {"rows": rows, "most": services.MOST})


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """The button on the search and people pages."""
    principals, page = principals_of_request(request), request.POST.get("page", "")
    if "member" not in principals or page not in SavedSearch.Page.values:
        raise Http404
    query, language = request.POST.get("query", ""), request.POST.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else current_language()
    try:
        saved = services.keep(user=request.user, page=page, query=query, principals=principals, language=language)
    except (services.NothingAsked, services.TooMany) as refused:
        messages.error(request, _refusal(refused))
        return redirect("network_account:searches")
    messages.success(request, _("Saved. Give it a name, and say whether you want to be told of new results."))
    return redirect("network_account:search", public_id=saved.public_id)


def _refusal(refused: ValueError) -> str:
    if isinstance(refused, services.NothingAsked):
        return _("There is nothing to save yet: search for something first.")
    said = ngettext(
        "You have %(most)d saved search; delete it to save another.",
        "You have %(most)d saved searches; delete one to save another.",
        services.MOST,
    )
    return said % {"most": services.MOST}


@for_their_owner
def change(request: HttpRequest, saved: SavedSearch) -> HttpResponse:
    """Its name, and how often its owner is told."""
    form = SavedSearchForm(request.POST or None, initial={"name": saved.name, "digest": saved.digest})
    if request.method == "POST" and form.is_valid():
        services.change(saved=saved, principals=principals_of_request(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("network_account:searches")
    page = {"form": form, "saved": saved, "url": saved_searches.address(saved)}
    return render(request, "network/saved_search.html", page)


@require_POST
@for_their_owner
def remove(request: HttpRequest, saved: SavedSearch) -> HttpResponse:
    """Deletes it."""
    saved.delete()
    messages.success(request, _("Deleted."))
    return redirect("network_account:searches")


@csrf_exempt  # a mail program presses the button itself (RFC 8058) and has no cookie; the token says whose it is
@never_cache
def stop_digests(request: HttpRequest, token: str) -> HttpResponse:
    """Ends the e-mails without signing in. Opening the link changes nothing, for mail scanners open links."""
    account = services.account_of(token)
    page = {"broken": account is None, "stopped": request.method == "POST"}
    if account is not None and request.method == "POST":
        services.stop_digests(account)
    response = render(request, "network/digests_stop.html", page, status=404 if account is None else 200)
    response["X-Robots-Tag"] = "noindex"
    return response
