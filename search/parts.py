"""Pages that answer htmx with only the part that changes: which is asked for, and how caches tell them apart."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the part that changes; a page it restores from the history is asked for whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined] # middleware's


def with_parts(response: HttpResponse) -> HttpResponse:
    """The response, kept apart in caches from the other form of the same address."""
    patch_vary_headers(response, ("HX-Request",))
    return response
