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
    "evidence": _("Evidence"),
    "availability": _("Availability"),
    "network": pgettext_lazy("facet", "Network"),
    "organisation_type": _("Type of organisation"),
    "stage": _("Stage of protection"),
    "setting": _("Where"),
    "exploitation": _("Form of exploitation"),
    "contraindication": _("When not to use"),
    "safety": _("Safety"),
    "firewall": _("Firewall"),
    "resource": _("Type of resource"),
    "right": _("Right or legal source"),
    "undocumented": _("Undocumented persons"),
}
_OF_WORK = (
    "target_group",
    "method",
    "profession",
    "country",
    "language",
    "stage",
    "setting",
    "exploitation",
    "firewall",
)
# What can narrow each kind: no other facet is counted when only that kind is asked for.
FACETS_OF_KIND: dict[str, tuple[str, ...]] = {
    "practice": (*_OF_WORK, "evidence", "contraindication", "safety", "resource", "right"),
    "person": (*_OF_WORK, "network", "availability", "undocumented"),
    "organisation": ("country", "language", "organisation_type"),
    "network": ("country",),
    "event": ("language",),
    "compensation": ("country", "language", "method", "stage"),
    "page": ("language",),
}
# What narrows a search over all kinds.
FACETS_OF_ALL = (*_OF_WORK, "evidence", "contraindication", "safety", "resource")
# Said in other words than the vocabulary's: “not able to be rated” sounds like a fault of the practice.
VALUES: dict[tuple[str, str], Promise] = {("evidence", "evidence-nr"): _("not rated")}


def of(facet: str, value: str, language: str, stamp: int) -> str:
    """The label of a facet's value for a reader, else in English, else the value itself."""
    if facet == "kind":
        return str(KINDS.get(value, value))
    if (facet, value) in VALUES:
        return str(VALUES[facet, value])
    labels = lexicon.facet_labels(stamp, facet).get(value, {})
    return labels.get(language) or labels.get("en") or value


def known(facet: str, values: tuple[str, ...], stamp: int) -> tuple[str, ...]:
    """Those of the values that there are; all of them for a facet whose values nobody has named."""
    table = lexicon.facet_labels(stamp, facet)
    return tuple(value for value in values if value in table) if table else values
