"""What is published of where people are: the gap table, and the table by area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from network.area_table import areas_page
from network.gaps import gaps_page
from network.policy import principals_of_request


def gaps(request: HttpRequest) -> HttpResponse:
    """Bands for everybody; exact states for the networks that the viewer coordinates."""
    return render(request, "network/gaps.html", gaps_page(principals_of_request(request)))


def areas(request: HttpRequest) -> HttpResponse:
    """Members by area, the same for everybody: as published once a month."""
    return render(request, "network/areas.html", areas_page())
