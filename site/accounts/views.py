"""Signing in, and the overview after it: where to go from here."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache

from accounts.rooms import rooms_of


class SignIn(LoginView):
    """The one sign-in; in the demo it lists who can be tried."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = import_string(settings.DEMO_ACCOUNTS)() if settings.DEMO else {}
        return {**super().get_context_data(**kwargs), **demo}


@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Links to what this account may use."""
    return render(request, "accounts/overview.html", {"rooms": rooms_of(request)})
