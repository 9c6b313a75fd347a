"""Doors of the house: how much of a query string is read, what a page may load, and who may keep it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.csp import CSP

from pages.views import only_by_a_button

MOST_BYTES = 8 * 1024
MOST_FIELDS = 200

# Wagtail's admin has inline scripts and styles on some pages and `new Function` in two bundles.
CMS_POLICY = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}


class CapQueryString:
    """Cuts the raw query string to 8 KB and 200 fields before anything reads it: a long one is never an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raw = request.META.get("QUERY_STRING", "")
        if len(raw) > MOST_BYTES or raw.count("&") >= MOST_FIELDS:
            request.META["QUERY_STRING"] = "&".join(raw[:MOST_BYTES].split("&")[:MOST_FIELDS])
        return self.get_response(request)


class ChooseLanguage(LocaleMiddleware):
    """Django's own, save that what is absent under an address without a language is absent, not somewhere else."""

    WITHOUT_LANGUAGE = ("/account/", "/cms/")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(self.WITHOUT_LANGUAGE):
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)


class KeepMembersPagesPrivate:
    """What a signed-in reader is shown stays in no cache, neither a shared one nor that of a watched device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


class ExplainButtons:
    """Who opens an address that only a button sends to reads why nothing happened, instead of an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or request.path.startswith("/cms/"):
            return response
        explained = only_by_a_button(request)
        explained["Allow"] = response["Allow"]
        return explained


class ContentSecurityPolicy(ContentSecurityPolicyMiddleware):
    """Django's own policy, strict on the public side, looser under /cms/ only."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith("/cms/") and not hasattr(response, "_csp_config"):
            response._csp_config = CMS_POLICY  # type: ignore[attr-defined] # what csp_override() sets
        return super().process_response(request, response)
