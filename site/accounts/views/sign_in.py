"""Signing in, and the overview after it: where to go from here, and in which language."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.views import LoginView
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import second_factor, sessions
from accounts.forms import LanguageForm
from accounts.rooms import rooms_of


class SignIn(LoginView):
    """The one sign-in; in the demo it lists who can be tried."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = import_string(settings.DEMO_ACCOUNTS)() if settings.DEMO else {}
        return {**super().get_context_data(**kwargs), **demo}

    def get_authenticated_redirect_url(self) -> str:
        """Whoever is signed in already and was sent here by the CMS may not enter it: not back there, in a circle."""
        wanted = super().get_authenticated_redirect_url()
        turned_away = urlsplit(wanted).path.startswith("/cms/")
        allowed = self.request.user.has_perm("wagtailadmin.access_admin")
        return resolve_url(settings.LOGIN_REDIRECT_URL) if turned_away and not allowed else wanted


class SignedIn(ListUserSessionsView):
    """Where the account is signed in; this browser is always in the list, whatever gave its session a new key."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sessions.list_this(request)
        return super().get(request, *args, **kwargs)


@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Links to what this account may use."""
    page = {
        "rooms": rooms_of(request),
        "has_second_factor": second_factor.is_set_up(request.user),
        "language_form": LanguageForm(instance=request.user),
    }
    return render(request, "accounts/overview.html", page)


@require_POST
@login_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """The language of the account's pages and of mail."""
    form = LanguageForm(request.POST, instance=request.user)
    if form.is_valid():
        user = form.save()
        with override(user.language or get_language()):
            messages.success(request, _("Saved."))
    return redirect("account_overview")
