"""From an entry to what one viewer may see of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.policy import faces
from network.policy.audiences import (
    GROUPS,
    NARROW_FOR_AUTHORITY,
    UNDOCUMENTED_TERMS,
    Audience,
    narrower,
    principals_at,
)
from network.policy.authority import AUTHORITY
from network.policy.card import EntryCard, Labelled, Verification
from network.policy.identity import bears_badge
from network.policy.visibility import GONE, LISTED, WITH_COORDINATORS

if TYPE_CHECKING:
    from network.models import Practitioner

TEMPLATE = "components/entry_card.html"
DAYS_IN_MONTH = 30.4


class NotVisible(LookupError):
    """This viewer may not see this entry; to them it does not exist."""


def audience_of(entry: "Practitioner", group: str) -> str:
    """The audience that counts: the group's own, never wider than the listing's.

    What is closed to authorities is not open to everybody: an officer would only have to sign out.
    """
    own = narrower(getattr(entry, f"{group}_for"), entry.listing_for)
    return narrower(own, Audience.MEMBERS) if group in NARROW_FOR_AUTHORITY and not entry.open_to_authority else own


def visible_groups(entry: "Practitioner", principals: frozenset[str]) -> frozenset[str]:
    """The field groups that these principals may see; empty when they may not see the entry at all."""
    if f"owner:{entry.pk}" in principals and entry.status not in GONE:
        return frozenset(GROUPS)
    networks = [network.id for network in faces.networks(entry)]
    if entry.status not in LISTED:
        coordinated = {f"coordinator:{network}" for network in networks}
        if entry.status not in WITH_COORDINATORS or coordinated.isdisjoint(principals):
            return frozenset()
        # A coordinator who is stopped with the whole network is no member now, and still at the desk.
        principals |= principals_at(Audience.MEMBERS, networks)
    closed = NARROW_FOR_AUTHORITY if AUTHORITY in principals and not entry.open_to_authority else frozenset()
    met = {
        group
        for group in GROUPS
        if group not in closed and not principals_at(audience_of(entry, group), networks).isdisjoint(principals)
    }
    return frozenset(met)  # without the listing nothing is met: no audience counts as wider than its own


def redact(entry: "Practitioner", principals: frozenset[str]) -> EntryCard:
    """The card of `entry`, read with `for_cards()`, in the current language; raises NotVisible."""
    groups = visible_groups(entry, principals)
    if not groups:
        raise NotVisible(entry.public_id)
    own = f"owner:{entry.pk}" in principals
    shown = card(entry, groups, own=own)
    return shown if own or entry.status not in LISTED else replace(shown, **_asking(shown, principals))


def redact_all(entries: Any, principals: frozenset[str], *, showing: str = "listing") -> list[EntryCard]:
    """Cards of a query made with `in_directory` or `visible_to`; one query.

    `showing` names the field group by which the entries were chosen: an entry whose group this viewer may not see is
    left out, else the choice itself would tell.
    """
    cards = (redact(entry, principals) for entry in entries.for_cards())
    return [each for each in cards if showing in each.groups]


def card(entry: "Practitioner", groups: frozenset[str], *, own: bool = False) -> EntryCard:
    """The card that holds exactly these groups."""
    shown: dict[str, Any] = {}
    for group in groups:
        shown |= PARTS[group](entry) if group in PARTS else {}
    if "undocumented" not in groups and "target_groups" in shown:
        shown["target_groups"] = tuple(each for each in shown["target_groups"] if each.id not in UNDOCUMENTED_TERMS)
    return EntryCard(
        key=f"person:{entry.public_id}",
        kind="person",
        public_id=entry.public_id,
        url=entry.get_absolute_url(),
        template=TEMPLATE,
        groups=groups,
        title=_title(shown),
        sample=entry.sample,
        own=own,
        confirmed_at=entry.confirmed_at,
        confirmed=_ago(entry.confirmed_at),
        hidden_state="" if entry.status in LISTED else entry.get_status_display(),
        **shown,
    )


def _title(shown: dict[str, Any]) -> str:
    """The name rule: the name, else profession, area and network as far as they are shown, else nobody in particular.

    Nothing else stores how somebody appears.
    """
    if shown.get("name"):
        return str(shown["name"])
    parts: Iterable[Any] = (
        shown.get("profession"),
        next(iter(shown.get("areas", ())), None),
        next(iter(shown.get("networks", ())), None),
    )
    return ", ".join(part.label for part in parts if part) or _("a practitioner")


def _asking(shown: EntryCard, principals: frozenset[str]) -> dict[str, Any]:
    """Members write to the person; the public to the coordinators of a network that it may see them in."""
    if "member" in principals:
        return {"ask_url": reverse("network_account:write", args=[shown.public_id]), "ask_directly": True}
    if shown.networks:
        return {"ask_url": reverse("network:write_to_network", args=[shown.networks[0].slug])}
    return {"ask_url": reverse("network:networks")}


def _ago(day: date | None) -> str:
    if day is None:
        return ""
    months = int((timezone.localdate() - day).days / DAYS_IN_MONTH)
    if months < 1:
        return _("confirmed this month")
    return ngettext("confirmed %(count)d month ago", "confirmed %(count)d months ago", months) % {"count": months}


def _profession(entry: "Practitioner") -> dict[str, Any]:
    main = entry.profession
    first = (Labelled(main.pk, main.label()),) if main else ()
    others = tuple(each for each in faces.terms(entry).get("profession", ()) if each not in first)
    return {
        "profession": first[0] if first else None,
        "professions": first + others,
        "role_mailbox": entry.role_mailbox,  # only police and border posts have one
    }


def _practice(entry: "Practitioner") -> dict[str, Any]:
    terms = faces.terms(entry)
    schemes = {
        "target_groups": "target_group",
        "exploitation": "exploitation",
        "stages": "stage",
        "methods": "method",
        "settings": "setting",
    }
    return {name: terms.get(scheme, ()) for name, scheme in schemes.items()}


def _undocumented(entry: "Practitioner") -> dict[str, Any]:
    return {
        "works_with_undocumented": entry.works_with_undocumented,
        "firewall": Labelled(entry.firewall.pk, entry.firewall.label()) if entry.firewall else None,
        "firewall_statement": entry.firewall_statement,
    }


def _post(entry: "Practitioner") -> dict[str, Any]:
    body = entry.organisation
    return {"function": entry.function, "organisation": Labelled(body.slug, body.name) if body else None}


def _availability(entry: "Practitioner") -> dict[str, Any]:
    # An absence that is over is over, also when nobody came back to say so.
    over = entry.available_until is not None and entry.available_until < timezone.localdate()
    state = entry.Availability.NOW if over else entry.Availability(entry.availability)
    return {
        "availability": Labelled(state.value, str(state.label)),
        "available_until": None if over else entry.available_until,
    }


def _verification(entry: "Practitioner") -> dict[str, Any]:
    if not entry.verified_by:
        return {}
    network = entry.verified_network.name if entry.verified_network else ""
    method = entry.get_verified_by_display()
    return {"verification": Verification(network, method, entry.verified_on, entry.next_due)}


# One function a field group: a group without one (the listing, contact) adds nothing to a card.
PARTS: dict[str, Any] = {
    "networks": lambda entry: {"networks": faces.networks(entry)},
    "name": lambda entry: {"name": entry.display_name},
    "profession": _profession,
    "post": _post,
    "area": lambda entry: {"areas": faces.areas(entry)},
    "languages": lambda entry: {"languages": faces.languages(entry)},
    "practice": _practice,
    "undocumented": _undocumented,
    "availability": _availability,
    "advice": lambda entry: {"offers": entry.offers, "looks_for": entry.looks_for},
    "corridors": lambda entry: {"corridors": faces.countries(entry.corridors)},
    "duty_line": lambda entry: {"duty_line": entry.duty_line},
    "badge": lambda entry: {"verified": bears_badge(entry)},
    "verification": _verification,
}
