"""The address of an account: asking for another one, and the pages behind the links that both addresses get."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import email_change
from accounts.email_change import Outcome, Part
from accounts.forms import NewAddressForm
from accounts.models import EmailChange


@never_cache
@login_required
@reauthentication_required(app="accounts")
@rate_limit(action="manage_email")
def change(request: HttpRequest) -> HttpResponse:
    """How the address stands; asking for another one. The answer does not tell whether that one has an account."""
    user: Any = request.user
    form = NewAddressForm(request.POST or None, user=user)
    if form.is_valid():
        email_change.ask(user=user, new_email=form.cleaned_data["new_email"])
        messages.success(request, _("Both addresses have been written to. Nothing changes until both have said yes."))
        return redirect("account_email")
    under_way = EmailChange.objects.filter(user=user).first()
    return render(request, "accounts/email.html", {"form": form, "under_way": under_way})


@require_POST
@login_required
def take_back(request: HttpRequest) -> HttpResponse:
    """The account's owner gives the change up."""
    user: Any = request.user
    EmailChange.objects.filter(user=user).delete()
    messages.success(request, _("The change is given up. Your address stays as it is."))
    return redirect("account_email")


@never_cache
def link(request: HttpRequest, part: Part, secret: str) -> HttpResponse:
    """The page behind a link shows nothing of whose account it is; one press answers."""
    outcome: Outcome | None = None
    if request.method == "POST":
        outcome = email_change.answer(part, secret)
    elif not email_change.look(part, secret):
        outcome = Outcome.UNKNOWN
    page = {"part": str(part), "outcome": str(outcome or "")}
    return render(request, "accounts/email_link.html", page, status=410 if outcome is Outcome.UNKNOWN else 200)
