"""What the network lends to pages: `{% help_panel %}`, immediate help, and `{% save_search … %}` for members."""

from functools import lru_cache
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from network.immediate_help import Line, by_country, lines
from network.policy import principals_of_request

register = template.Library()


@register.simple_tag
def help_panel(country: str = "") -> SafeString:
    """Numbers by country; `country` (ISO code) comes first and open."""
    return _panel(lines(), country, get_language() or "en")


@lru_cache(maxsize=32)
def _panel(known: tuple[Line, ...], country: str, language: str) -> SafeString:
    """Hundreds of lines that hardly ever change, on pages that found nothing and should come at once."""
    return render_to_string("components/help_panel.html", {"countries": by_country(known, country), "open": country})


@register.inclusion_tag("components/save_search.html", takes_context=True)
def save_search(context: Any, page: str, asked: str) -> dict[str, Any]:
    """The button that saves what is asked on a page; nothing for who is no member, or where nothing is asked."""
    request = context.request
    if not asked or "member" not in principals_of_request(request):
        return {}
    return {"page": page, "asked": asked, "csrf_token": get_token(request)}
