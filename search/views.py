"""The search page, whole or, for htmx, only what changes; and suggestions while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search import principals
from search.forms import SearchForm
from search.page import search_page
from search.parts import is_part, with_parts
from search.suggestions import suggest as suggestions


def search(request: HttpRequest) -> HttpResponse:
    """Everything findable."""
    page = search_page(SearchForm(request.GET), principals.of_request(request), _language())
    template = "search/found.html" if is_part(request) else "search/search.html"
    response = render(request, template, {"page": page})
    response["X-Robots-Tag"] = "noindex"
    return with_parts(response)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Lines for the list under the search field; kept nowhere, for they tell what was being typed."""
    found = suggestions(
        request.GET.get("q", ""),
        principals.of_request(request),
        _language(),
        people_only=request.GET.get("of") == "people",
    )
    response = render(request, "components/suggestions.html", {"suggestions": found})
    response["X-Robots-Tag"], response["Cache-Control"] = "noindex", "private, no-store"
    return response


def _language() -> str:
    return (get_language() or "en").split("-")[0]
