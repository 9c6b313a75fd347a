"""The gap table: where which profession is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from network.gaps import gaps_page
from network.policy import principals_of_request


def gaps(request: HttpRequest) -> HttpResponse:
    """Bands for everybody; exact states for the networks that the viewer coordinates."""
    return render(request, "network/gaps.html", gaps_page(principals_of_request(request)))
