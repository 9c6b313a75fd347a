"""The public faces of the network and the directory: people, organisations, networks."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from network import reading
from network.cards import network_card, organisation_card
from network.directory import people_page
from network.forms import read
from network.models import Network
from network.policy import principals_of_request
from network.views.relay import over_quota
from pages.context import current_language
from search.parts import is_part, with_parts


def people(request: HttpRequest) -> HttpResponse:
    """The directory: a question first, then at most fifty people."""
    page = people_page(read(request.GET), principals_of_request(request), current_language())
    template = "network/people_part.html" if is_part(request) else "network/people.html"
    return with_parts(_not_indexed(render(request, template, {"page": page})))


def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """One entry. What is absent and what is hidden answer the same, and both offer sign-in."""
    page = reading.entry_page(public_id, principals_of_request(request), current_language())
    if page is None:
        answer = render(request, "network/entry_not_found.html", status=404)
        answer._has_been_logged = True  # type: ignore[attr-defined] # Django's log would keep the id of a hidden entry
        return _not_indexed(answer)
    return _not_indexed(render(request, "network/entry.html", page))


def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations by country and type."""
    found, chosen = reading.organisations_asked(request.GET)
    page = Paginator(found, reading.ORGANISATIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "cards": [organisation_card(body) for body in page],
        "choices": reading.organisation_choices(chosen),
        **reading.page_links(page, chosen),
    }
    return render(request, "network/organisations.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation's public face."""
    body = get_object_or_404(reading.organisations_for_cards(), slug=slug)
    page = reading.organisation_page(body, principals_of_request(request), current_language(), account=request.user)
    over = page["people"].over
    return render(request, "network/organisation.html", {**page, "wait": over_quota(over) if over else ""})


def networks(request: HttpRequest) -> HttpResponse:
    """Every network's public face."""
    cards = [network_card(network) for network in reading.networks_asked(request.GET)]
    return render(request, "network/networks.html", {"cards": cards})


def network(request: HttpRequest, slug: str) -> HttpResponse:
    """One network; its roster for its own members."""
    record = get_object_or_404(Network, slug=slug)
    page = reading.network_page(record, principals_of_request(request), current_language())
    return render(request, "network/network.html", page)


def _not_indexed(response: HttpResponse) -> HttpResponse:
    """People are in no search engine and in no cache."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
