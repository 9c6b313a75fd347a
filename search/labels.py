"""What facets, their values and kinds are called on the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search import lexicon

KINDS: dict[str, Promise] = {
    "practice": _("Practice guides"),
    "person": _("People"),
    "organisation": _("Organisations"),
    "network": _("Networks"),
    "event": _("Events"),
    "compensation": _("Compensation by country"),
    "page": _("Pages"),
}
# In the order of the page: what readers narrow by most comes first.
FACETS: dict[str, Promise] = {
    "kind": _("What to look for"),
    "target_group": _("Who it is for"),
    "method": _("Method"),
    "profession": _("Profession"),
    "country": _("Country"),
    "language": _("Language"),
    "exploitation": _("Form of exploitation"),
    "setting": _("Where"),
    "stage": _("Stage of protection"),
    "evidence": _("Evidence"),
    "resource": _("Type of resource"),
    "firewall": _("Firewall"),
    "contraindication": _("When not to use"),
    "safety": _("Safety"),
    "right": _("Right or legal source"),
    "organisation_type": _("Type of organisation"),
    "network": pgettext_lazy("facet", "Network"),
    "availability": _("Availability"),
    "undocumented": _("Undocumented persons"),
}


def of(facet: str, value: str, language: str, stamp: int) -> str:
    """The label of a facet's value for a reader, else in English, else the value itself."""
    if facet == "kind":
        return str(KINDS.get(value, value))
    labels = lexicon.facet_labels(stamp, facet).get(value, {})
    return labels.get(language) or labels.get("en") or value


def known(facet: str, values: tuple[str, ...], stamp: int) -> tuple[str, ...]:
    """Those of the values that there are; all of them for a facet whose values nobody has named."""
    table = lexicon.facet_labels(stamp, facet)
    return tuple(value for value in values if value in table) if table else values
