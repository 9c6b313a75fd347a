"""`{% help_panel %}`: immediate help, wherever a page needs it."""

from typing import Any

from django import template

from network.immediate_help import by_country

register = template.Library()


@register.inclusion_tag("components/help_panel.html")
def help_panel(country: str = "") -> dict[str, Any]:
    """Numbers by country; `country` (ISO code) comes first and open."""
    return {"countries": by_country(country), "open": country}
