"""The two addresses without a language: the door, and the line for a load balancer."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache

from accounts.outgoing import mail_state
from search.health import search_state


def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to what the browser asks for."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """People are in no search engine; each of their pages says so too."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/account/", "/cms/", "/*/people/", "/*/search/"))
    return HttpResponse(f"User-agent: *\n{closed}", content_type="text/plain")


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """One line: ok, or what is degraded; 503 only when pages cannot be served."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    degraded = "; ".join(state for state in (search_state(), mail_state()) if state)
    return HttpResponse(f"{degraded or 'ok'}\n", content_type="text/plain")
