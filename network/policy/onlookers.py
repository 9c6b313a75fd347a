"""Typical viewers of an entry, so that its owner can see it with their eyes by the same decisions."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from network.policy.authority import held_by_authority


class Onlooker(NamedTuple):
    """Somebody who looks: what they are called, and what they hold."""

    label: str
    principals: frozenset[str]


def onlookers(networks: Iterable[int]) -> list[Onlooker]:
    """A stranger, a member of another network, of a partner, of one's own, and a police member of another network."""
    ours = list(networks)
    member = frozenset({"public", "member"})
    return [
        Onlooker(_("Somebody without an account"), frozenset({"public"})),
        Onlooker(_("A member of another network"), member),
        Onlooker(_("A member of a partner network"), member | {f"partner:{each}" for each in ours}),
        Onlooker(_("A member of your network"), member | {f"network:{each}" for each in ours}),
        Onlooker(_("A police, border, migration or consular member"), held_by_authority(member)),
    ]
