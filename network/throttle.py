"""How often one sender may try what costs us or others something. Quotas that protect people are in the database."""

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# An office shares one address on the net: the limits are for machines, not for colleagues.
RATES = {
    "apply": "10/h/ip,30/d/ip",
    "confirm": "30/h/ip",
    "upload": "20/h/user",
    "invite": "20/h/user",
    "report": "10/d/user",
    "further": "10/d/user",
}


def too_often(request: HttpRequest, action: str) -> HttpResponse | None:
    """The answer 429 for who tries too often, else None. Only what is sent counts, not what is looked at."""
    if consume(request, app="network", action=action, config=RATES) is not None:
        return None
    return render(request, "network/too_often.html", status=429)
