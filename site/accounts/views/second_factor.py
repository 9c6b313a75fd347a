"""Setting up a second factor, and keeping the last one; everything else about it is allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts import second_factor
from accounts.adapter import SecondFactorAdapter

# Where somebody wanted to go before they were led here.
WANTED = "after_second_factor"


@never_cache
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Where a person is led who must have a second factor and has none."""
    wanted = request.GET.get("next", "")
    if wanted and get_adapter(request).is_safe_url(wanted):
        request.session[WANTED] = wanted
    if second_factor.shown_in(request) or not second_factor.needed_by(request.user):
        return redirect("mfa_index")
    return render(request, "accounts/second_factor.html")


@never_cache
@login_required
def done(request: HttpRequest) -> HttpResponse:
    """On to where the person wanted to go."""
    return HttpResponseRedirect(request.session.pop(WANTED, "") or reverse("account_overview"))


class ActivateApp(ActivateTOTPView):
    """An authenticator app: the code typed in proves it, so that this session has shown its factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.set_up_in(self.request)
        return response


class AddKey(AddWebAuthnView):
    """A passkey or a security key, proved by its own signature."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.set_up_in(self.request)
        return response


class RemoveKey(RemoveWebAuthnView):
    """Removes a key, but not the only factor of somebody who must have one."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not second_factor.may_go(self.get_object()):
            messages.error(self.request, SecondFactorAdapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)
