"""Who looked at a contact, as its owner may read it: name and networks, which the looker was told before they looked.

It does not depend on who else sees the name: whoever asks for a contact shows themselves to its owner. An entry that
has gone is named no more, and only one that the owner may open is led to.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.apps import apps

from network.policy.system import as_system


class Looker(NamedTuple):
    """Somebody who looked; `url` is "" where this owner may not open their entry."""

    name: str
    networks: tuple[str, ...]
    url: str


NOBODY_ANY_MORE = Looker("", (), "")


def lookers(entries: Iterable[int], principals: frozenset[str]) -> Mapping[int, Looker]:
    """Each of these entries that is still there, by its row number; three queries."""
    pks = set(entries)
    known = as_system("who looked").filter(pk__in=pks).exclude(status="erased")
    names = dict(known.values_list("pk", "display_name"))
    practitioner: Any = apps.get_model("network", "Practitioner")
    shown = {each.pk: each for each in practitioner.objects.visible_to(principals).filter(pk__in=names)}
    networks: dict[int, list[str]] = {}
    membership: Any = apps.get_model("network", "Membership")
    current = membership.objects.filter(practitioner__in=names, ended=None).order_by("network__name")
    for entry, name in current.values_list("practitioner", "network__name"):
        networks.setdefault(entry, []).append(name)
    return {
        pk: Looker(name, tuple(networks.get(pk, ())), shown[pk].get_absolute_url() if pk in shown else "")
        for pk, name in names.items()
    }
