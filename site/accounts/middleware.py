"""Doors of an account: how long a sign-in lasts, in which language, and how far one comes without a second factor."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import second_factor, sessions

GetResponse = Callable[[HttpRequest], HttpResponse]


class EndOldSessions:
    """After half an hour without a request, and twelve hours in any case, one signs in anew. The clock is ours."""

    # Asked by open pages of the CMS every few seconds, whether anybody sits before them or not.
    AUTOMATIC = ("/cms/editing-sessions/",)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session and sessions.is_over(request.session):
            logout(request)
            messages.info(request, _("You were signed out because some time has passed. Please sign in again."))
        response = self.get_response(request)
        if SESSION_KEY in request.session and not request.path.startswith(self.AUTOMATIC):
            sessions.note_use(request.session)
        return response


class SpeakTheirLanguage:
    """Pages of the account are in the language that the person chose; without a choice, in the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/account/") and request.user.is_authenticated:
            chosen = request.user.language
            if chosen in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        return self.get_response(request)


class AskForSecondFactor:
    """Who must have a second factor and has shown none is led to set one up, and is nobody everywhere else.

    On all other addresses the request is an anonymous one, so that no page, search or permission can forget to ask.
    """

    # Addresses that know who is there before a factor is set up.
    OPEN = frozenset(
        {
            "second_factor",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "account_reauthenticate",
            "account_logout",
        }
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not second_factor.missing_in(request):
            return self.get_response(request)
        name = _name_of(request)
        if name in self.OPEN:
            return self._without(request) if second_factor.is_set_up(request.user) else self.get_response(request)
        if name == settings.LOGIN_URL:
            return _set_up(request.GET.get("next", ""))
        request.user = AnonymousUser()
        request.second_factor_missing = True  # type: ignore[attr-defined] # for the header's link
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        wanted = _wanted_after_sign_in(response)
        return response if wanted is None else _set_up(wanted)

    def _without(self, request: HttpRequest) -> HttpResponse:
        """A factor was set up elsewhere: this session knows only the password, and may not add another one."""
        logout(request)
        return redirect(settings.LOGIN_URL)


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _wanted_after_sign_in(response: HttpResponse) -> str | None:
    """Where a redirect to the sign-in page would lead afterwards; None for every other answer."""
    if not isinstance(response, HttpResponseRedirect):
        return None
    target = urlsplit(response.url)
    return QueryDict(target.query).get("next", "") if target.path == reverse(settings.LOGIN_URL) else None


def _set_up(wanted: str) -> HttpResponse:
    query = f"?{urlencode({'next': wanted}, safe='/')}" if wanted else ""
    return HttpResponseRedirect(f"{reverse('second_factor')}{query}")
