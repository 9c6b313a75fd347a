"""From a signed-in account to principals: what a viewer is, to everything that asks."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

from network.policy.authority import held_by_authority, is_authority
from network.policy.system import as_system
from network.policy.visibility import GONE, LISTED

PUBLIC = frozenset({"public"})
SECOND_FACTOR = "mfa"
# Recovery codes alone are no factor of their own.
ENROLLED = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def principals_of_request(request: HttpRequest) -> frozenset[str]:
    """The principals of whoever sent this request, read once a request: a revocation bites on the next one."""
    known = getattr(request, "principals", None)
    if known is None:
        known = principals_of(request.user, second_factor=has_second_factor(request))
        request.principals = known  # type: ignore[attr-defined]
    return known


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was signed in to with a second factor, by allauth's own record of it."""
    if not request.user.is_authenticated:
        return False
    return any(record.get("method") == SECOND_FACTOR for record in get_authentication_records(request, request.user))


def principals_while_away(user: Any) -> frozenset[str]:
    """What `user` may be counted as when the site looks for them without a session, as a digest does.

    It counts as having the second factor where one is enrolled: without it nobody could sign in and look.
    """
    return principals_of(user, second_factor=is_mfa_enabled(user, ENROLLED))


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
    for entry in as_system("principals").answered_by_user(user).for_cards().select_related("organisation__type"):
        authority |= looks_as_authority(entry)
        if not (second_factor or (settings.DEMO_SECOND_FACTOR and entry.sample)) or entry.status in GONE:
            continue
        held.add(f"owner:{entry.pk}")
        if entry.status in LISTED and entry.network_rows:
            held.add("member")
            for row in entry.network_rows:
                ours.add(row["id"])
                held |= {f"{role}:{row['id']}" for role in ("network", row["role"]) if role != "member"}
    held |= {f"partner:{network}" for network in _partners(ours)}
    return held_by_authority(frozenset(held)) if authority else frozenset(held)


def looks_as_authority(entry: Any) -> bool:
    """Whether the person or post behind an entry looks with the eyes of an authority."""
    terms = {row["id"] for row in entry.term_rows} | {entry.profession_id}
    body = entry.organisation
    return is_authority(marked=entry.authority, terms=terms, organisation_type=body.type_id if body else None)


def _partners(networks: set[int]) -> list[int]:
    """Networks that have partnered with one of these, except these themselves."""
    if not networks:
        return []
    network: Any = apps.get_model("network", "Network")
    pairs = network.partners.through.objects
    found = pairs.filter(from_network__in=networks).exclude(to_network__in=networks)
    return sorted(set(found.values_list("to_network", flat=True)))
