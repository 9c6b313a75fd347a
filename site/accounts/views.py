"""The overview after signing in: where to go from here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Links to what this account may use."""
    return render(request, "accounts/overview.html")
