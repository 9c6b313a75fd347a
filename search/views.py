"""One page, whole or, for htmx, only what changes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from search import principals
from search.forms import SearchForm
from search.page import search_page


def search(request: HttpRequest) -> HttpResponse:
    """Everything findable."""
    language = (get_language() or "en").split("-")[0]
    page = search_page(SearchForm(request.GET), principals.of_request(request), language)
    part = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined] # middleware's
    response = render(request, "search/found.html" if part else "search/search.html", {"page": page, "part": part})
    patch_vary_headers(response, ("HX-Request",))
    response["X-Robots-Tag"] = "noindex"
    return response
