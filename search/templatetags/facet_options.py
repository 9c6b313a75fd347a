"""`{% facet_options name values %}`: the ticks of one facet.

A page has about a hundred of them. Written by the template language they took a fifth of its time, written here a
thirtieth.
"""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import ngettext

from search.results import FacetValue

register = template.Library()

OPTION = (
    '<label class="opt"><input type="checkbox" id="{0}-{1}" name="{0}" value="{1}"{2}><span>{3}</span>'
    '<span class="n"><span class="vh">, </span>{4}<span class="vh"> {5}</span></span></label>'
)
CHOSEN = mark_safe(" checked")


@register.simple_tag
def facet_options(name: str, values: Sequence[FacetValue]) -> SafeString:
    """A tick for each value, with its label and how many results it has."""
    return format_html_join("", OPTION, (_parts(name, value) for value in values))


def _parts(name: str, value: FacetValue) -> tuple[object, ...]:
    results = ngettext("result", "results", value.count)
    return name, value.value, CHOSEN if value.chosen else "", capfirst(str(value.label)), value.count, results
