"""Which contact fields of an entry a viewer may ask for; the values are read by network/services/reveals.py alone."""

from django.urls import reverse

from network.models import Practitioner
from network.policy import CONTACT_FIELDS, EntryCard, redact
from network.services.reveals import fields_open_to


def open_field(public_id: str, field: str, principals: frozenset[str]) -> EntryCard | None:
    """The card of an entry one of whose contact fields may be asked for; None for every other reason alike."""
    entry = Practitioner.objects.visible_to(principals).filter(public_id=public_id).for_cards().first()
    if entry is None or field not in fields_open_to(entry, principals):
        return None
    return redact(entry, principals)


def contact_links(entry: Practitioner, principals: frozenset[str]) -> list[dict[str, str]]:
    """What the entry's page offers: the name of each field and where it is asked for."""
    return [
        {
            "label": str(CONTACT_FIELDS[field]),
            "url": reverse("network_account:contact", args=[entry.public_id, field]),
        }
        for field in fields_open_to(entry, principals)
    ]
