"""The one page of the library that is no page of the tree: what stands ready at both ends of a way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from network.policy import principals_of_request
from practices.corridors import corridor_page, read


def corridors(request: HttpRequest) -> HttpResponse:
    """Origin and destination in the address; people only as the viewer may see them."""
    response = render(
        request, "practices/corridors.html", corridor_page(read(request.GET), principals_of_request(request))
    )
    response["X-Robots-Tag"] = "noindex"
    return response
