"""Decoys: entries of nobody, which somebody who works through the directory by facets meets and betrays himself with.

Whoever looks for a colleague in words never meets one; a message to one reaches the network's coordinators.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from network import audit, clock
from network.daily import daily_task
from network.lifecycle import VERIFIED_FOR
from network.models import Membership, Network, Practitioner, SpokenLanguage
from network.policy import as_system
from network.policy.authority import PROFESSIONS

# A decoy looks as fresh as its neighbours: confirmed at some time in the last months.
FRESH_FOR_DAYS = 120


class NothingToImitate(ValueError):
    """The network has too few members to make an entry that looks like theirs."""


@transaction.atomic
def make(*, network: Network, names: Sequence[str], actor: str = audit.OPERATOR) -> list[Practitioner]:
    """One decoy for each name, made of what members of the network show: raises NothingToImitate."""
    members = as_system("decoys").filter(
        memberships__network=network, memberships__ended=None, status="verified", decoy=False, role_mailbox=False
    )
    models = [each for each in members.for_cards() if each.profession_id and each.profession_id not in PROFESSIONS]
    if not models:
        raise NothingToImitate(network.slug)
    return [_make(network, name, models, actor) for name in names]


def _make(network: Network, name: str, models: list[Practitioner], actor: str) -> Practitioner:
    """Profession, area, languages and practice each come from another member, so that it is nobody's double."""
    trade, place, speech, practice = (secrets.choice(models) for _each in range(4))
    decoy = Practitioner.objects.create(
        decoy=True,
        status="verified",
        display_name=name,
        sample=network.sample,
        profession_id=trade.profession_id,
        name_for=trade.name_for,
        listing_for=trade.listing_for,
        verified_by="vouchers",
        verified_network=network,
        **_dates(),
    )
    decoy.areas.set([row["id"] for row in place.area_rows])
    decoy.terms.set([row["id"] for row in practice.term_rows if row["scheme"] != "profession"])
    SpokenLanguage.objects.bulk_create(SpokenLanguage(practitioner=decoy, **row) for row in speech.language_rows)
    Membership.objects.create(practitioner=decoy, network=network)
    audit.record("decoy made", actor=actor, subject=decoy.public_id, network=network.slug)
    return decoy


def _dates() -> dict[str, object]:
    confirmed = clock.today() - timedelta(days=secrets.randbelow(FRESH_FOR_DAYS))
    verified = confirmed - timedelta(days=secrets.randbelow(300) + 40)
    return {"confirmed_at": confirmed, "verified_on": verified, "next_due": confirmed + VERIFIED_FOR}


@daily_task("decoys kept fresh")
def keep_fresh() -> int:
    """Nobody confirms a decoy, so it would stand out by its age."""
    old = as_system("decoys").filter(decoy=True, confirmed_at__lt=clock.today() - timedelta(days=FRESH_FOR_DAYS + 30))
    count = 0
    for decoy in old:
        for name, day in _dates().items():
            setattr(decoy, name, day)
        decoy.save()
        count += 1
    return count
