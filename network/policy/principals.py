"""From a signed-in account to principals: what a viewer is, to everything that asks."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

from accounts.second_factor import is_set_up, shown_in
from network.policy.authority import held_by_authority, is_authority
from network.policy.system import as_system
from network.policy.visibility import GONE, LISTED

PUBLIC = frozenset({"public"})


def principals_of_request(request: HttpRequest) -> frozenset[str]:
    """The principals of whoever sent this request, read once a request: a revocation bites on the next one."""
    known = getattr(request, "principals", None)
    if known is None:
        known = principals_of(request.user, second_factor=shown_in(request))
        request.principals = known  # type: ignore[attr-defined]
    return known


def principals_while_away(user: Any) -> frozenset[str]:
    """What `user` may be counted as when the site looks for them without a session, as a digest does.

    It counts as having the second factor where one is enrolled: without it nobody could sign in and look.
    """
    return principals_of(user, second_factor=is_set_up(user))


def principals_of(user: Any, *, second_factor: bool) -> frozenset[str]:
    """What `user` may be counted as now; two queries at most, none for an anonymous reader.

    Staff and superusers get nothing by it. Without the second factor a member reads as the public does; only the
    sample entries of the demo are spared it, where the settings say so.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return PUBLIC
    held: set[str] = set(PUBLIC)
    authority = False
    ours: set[int] = set()
    for entry in as_system("principals").answered_by_user(user).for_principals():
        authority |= looks_as_authority(entry)
        if not (second_factor or (settings.DEMO_SECOND_FACTOR and entry.sample)) or entry.status in GONE:
            continue
        held.add(f"owner:{entry.pk}")
        if entry.status in LISTED and entry.network_rows:
            held.add("member")
            for row in entry.network_rows:
                ours.add(row["id"])
                held |= {f"{role}:{row['id']}" for role in ("network", row["role"]) if role != "member"}
        elif entry.status == "suspended":
            # Stopped with their whole network, coordinators keep the desk: else nobody could lift it.
            held |= {f"{kind}:{network}" for network in _stopped_with(entry) for kind in ("network", "coordinator")}
    held |= {f"partner:{network}" for network in _partners(ours)}
    return held_by_authority(frozenset(held)) if authority else frozenset(held)


def looks_as_authority(entry: Any) -> bool:
    """Whether the person or post behind an entry looks with the eyes of an authority."""
    terms = {row["id"] for row in entry.term_rows} | {entry.profession_id}
    body = entry.organisation
    return is_authority(marked=entry.authority, terms=terms, organisation_type=body.type_id if body else None)


def _stopped_with(entry: Any) -> list[int]:
    """Networks that this entry coordinates and was suspended with, unless it is suspended for itself as well."""
    suspension: Any = apps.get_model("network", "Suspension")
    rows = list(suspension.objects.filter(entry=entry.pk, lifted_at=None).values_list("part_of", "network"))
    coordinated = {row["id"] for row in entry.network_rows if row["role"] == "coordinator"}
    return [] if any(whole is None for whole, _network in rows) else [n for _whole, n in rows if n in coordinated]


def _partners(networks: set[int]) -> list[int]:
    """Networks that have partnered with one of these, except these themselves."""
    if not networks:
        return []
    network: Any = apps.get_model("network", "Network")
    pairs = network.partners.through.objects
    found = pairs.filter(from_network__in=networks).exclude(to_network__in=networks)
    return sorted(set(found.values_list("to_network", flat=True)))
