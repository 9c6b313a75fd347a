"""What owners do with their entry: edit, pause, come back, leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from network import audit, clock, lifecycle
from network.lifecycle import status_by_date
from network.models import Consent, Contact, Practitioner, SpokenLanguage
from network.policy import GROUPS, as_system
from network.policy.audiences import ids
from network.policy.identity import changed
from network.policy.principals import looks_as_authority

# The wording of the consent text that forms show; a new wording gets a new version.
CONSENT_VERSION = "2026-11"


def own_entries(principals: frozenset[str]) -> Any:
    """The entries that this account owns or answers, in any state but erased."""
    return Practitioner.objects.visible_to(principals).filter(pk__in=ids(principals, "owner")).order_by("pk")


@transaction.atomic
def save(*, entry: Any, form: Any, languages: Any, actor: str) -> None:
    """Writes the form; the consent given with it is kept when an audience changed."""
    was = write(entry=entry, form=form, languages=languages)
    _tell_networks(was, entry, actor)
    audiences = {group: getattr(entry, f"{group}_for") for group in GROUPS}
    moved = sorted(group for group in GROUPS if audiences[group] != getattr(was, f"{group}_for"))
    if moved:
        Consent.objects.create(
            practitioner=entry, text_version=CONSENT_VERSION, given_at=clock.now(), audiences=audiences
        )
    audit.record("entry edited", actor=actor, subject=entry.public_id, detail={"audiences changed": moved})


def _tell_networks(was: Any, entry: Any, actor: str) -> None:
    """The coordinators read in their log that somebody calls themselves otherwise than they were vetted."""
    others = changed(was, entry)
    if not others or entry.verified_on is None:
        return
    for network in entry.memberships.filter(ended=None).values_list("network__slug", flat=True):
        audit.record(
            "vetted entry changed", actor=actor, subject=entry.public_id, network=network, detail={"changed": others}
        )


def write(*, entry: Any, form: Any, languages: Any) -> Any:
    """The form's values into the rows of the entry; never its status nor the day it was confirmed.

    Returns the entry as it was before.
    """
    was = as_system("own entry").for_principals().get(pk=entry.pk)
    # Whatever they call themselves now; only coordinators take that back.
    entry.authority = looks_as_authority(was)
    entry.corridors = form.cleaned_data["corridors"]
    form.save(commit=False)
    if entry.verified_on and changed(was, entry):
        entry.changed_on = clock.today()
    entry.save()
    entry.areas.set(form.areas_chosen)
    entry.terms.set(form.terms)
    entry.languages.all().delete()
    SpokenLanguage.objects.bulk_create(SpokenLanguage(practitioner=entry, **row) for row in languages.rows)
    contact = {name: form.cleaned_data[name] or None for name in ("email", "phone", "messenger", "private_note")}
    Contact.objects.update_or_create(practitioner=entry, defaults=contact)
    for part in form.parts:
        part.write(entry, form.cleaned_data[part.name])
    return was


def as_it_is(entry: Any) -> Any:
    """The entry as the site reads it for cards, in any state."""
    return as_system("own entry").for_cards().get(pk=entry.pk)


@contextmanager
def as_if_saved(*, entry: Any, form: Any, languages: Any) -> Iterator[Any]:
    """Inside, the entry as it would be read if the form were saved and the entry listed; afterwards nothing is."""
    with transaction.atomic():
        write(entry=entry, form=form, languages=languages)
        as_system("own entry").filter(pk=entry.pk).update(status=Practitioner.Status.VERIFIED)
        yield as_it_is(entry)
        transaction.set_rollback(True)


@transaction.atomic
def pause(*, entry: Any, actor: str) -> None:
    """Hidden and not reachable until its owner comes back."""
    lifecycle.move(entry, "paused", actor=actor)


@transaction.atomic
def come_back(*, entry: Any, actor: str) -> None:
    """From a pause to where the entry stands by its date; raises StepRefused from any other state."""
    locked = as_system("own entry").select_for_update().get(pk=entry.pk)
    if locked.status != "paused":
        raise lifecycle.StepRefused(locked.status, "verified")
    lifecycle.move(locked, status_by_date(locked.next_due), actor=actor)


@transaction.atomic
def leave(*, entry: Any, actor: str) -> None:
    """Out of the post: hidden at once, out of every network, contact gone. A new post is vetted anew."""
    lifecycle.move(entry, "left", actor=actor)
    entry.memberships.filter(ended=None).update(ended=clock.today())
    Contact.objects.filter(practitioner=entry).delete()


class LastNetwork(ValueError):
    """An entry's only network: without it no coordinator would answer for the entry."""


@transaction.atomic
def leave_network(*, entry: Any, network_id: int, actor: str) -> bool:
    """Ends one membership; False where there is none. Raises LastNetwork: who wants to go leaves the post."""
    # All of them are locked, so that of two networks left at one moment one stays.
    current = list(entry.memberships.select_for_update(of=("self",)).filter(ended=None).select_related("network"))
    membership = next((each for each in current if each.network_id == network_id), None)
    if membership is None:
        return False
    if len(current) == 1:
        raise LastNetwork
    membership.ended = clock.today()
    membership.save()
    audit.record("network left", actor=actor, subject=entry.public_id, network=membership.network.slug)
    return True
