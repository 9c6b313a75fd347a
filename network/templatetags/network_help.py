"""What the network lends to pages: `{% help_panel %}`, immediate help, and `{% save_search … %}` for members."""

from typing import Any

from django import template
from django.middleware.csrf import get_token

from network.immediate_help import by_country
from network.policy import principals_of_request

register = template.Library()


@register.inclusion_tag("components/help_panel.html")
def help_panel(country: str = "") -> dict[str, Any]:
    """Numbers by country; `country` (ISO code) comes first and open."""
    return {"countries": by_country(country), "open": country}


@register.inclusion_tag("components/save_search.html", takes_context=True)
def save_search(context: Any, page: str, asked: str) -> dict[str, Any]:
    """The button that saves what is asked on a page; nothing for who is no member, or where nothing is asked."""
    request = context.request
    if not asked or "member" not in principals_of_request(request):
        return {}
    return {"page": page, "asked": asked, "csrf_token": get_token(request)}
