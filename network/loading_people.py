"""Sample people: plainly fictional, of invented organisations and networks, their dates counted from the loading."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from network.loading_bodies import column, known
from network.models import Contact, Membership, Network, Organisation, Practitioner, SpokenLanguage
from network.policy import GROUPS, as_system
from vocabulary.models import Place, Term
from vocabulary.starter import BrokenStarterFile, Loader, Report, files

DEMO_PASSWORD = "waymark-demo-2026"  # noqa: S105 - the demo's, printed by the home command, refused in production
PLAIN = (
    "status", "role_mailbox", "display_name", "function", "profession_id", "works_with_undocumented", "firewall_id",
    "firewall_statement", "corridors", "availability", "offers", "looks_for", "duty_line", "verified_by",
    "open_to_authority",
)  # fmt: skip
DAYS = ("available_until", "confirmed_at", "verified_on", "next_due")
NEEDED = ("profession", "terms", "areas", "languages", "networks", "status")
CONTACT = ("email", "phone", "messenger", "private_note")


def public_id_of(key: str) -> str:
    """A sample's address is the same at every loading; a real one is random."""
    return hashlib.sha256(f"waymark sample person {key}".encode()).hexdigest()[:20]


def files_of_people(folder: Path) -> Iterator[tuple[Path, list[Mapping[str, Any]]]]:
    """Every file of sample people."""
    for path, people in files(folder, "people*.yaml", list):
        for number, person in enumerate(people or [], start=1):
            if not person.get("key") or not str(person.get("display_name", "")).startswith("Sample "):
                raise BrokenStarterFile(path, f"person {number}", "needs a key and a name that begins with “Sample ”")
            for field in NEEDED:
                if field not in person:
                    raise BrokenStarterFile(path, f"{person['key']}.{field}", "is missing")
        yield path, people or []


@transaction.atomic
def load_people(folder: Path, report: Report, *, sign_ins: Sequence[str]) -> None:
    """Sample people with their networks, areas, terms and languages, and the demo's accounts."""
    people = [(path, person) for path, found in files_of_people(folder) for person in found]
    _check(people)
    ties = {
        "organisation": dict(Organisation.objects.filter(sample=True).values_list("slug", "pk")),
        "network": dict(Network.objects.filter(sample=True).values_list("slug", "pk")),
    }
    _check_ties(people, ties)
    users = {email: demo_account(email) for email in sign_ins}
    there = {entry.public_id: entry for entry in _entries()}
    loader = Loader("sample person", lambda key: there.get(public_id_of(key)), _fingerprint, report)
    today = timezone.localdate()
    for _path, person in people:
        loader.sync(person["key"], person, partial(_save, data=person, ties=ties, users=users, today=today))


def _check(people: list[tuple[Path, Mapping[str, Any]]]) -> None:
    for path in dict.fromkeys(path for path, _person in people):
        ours = [person for where, person in people if where == path]
        named = [(f"{person['key']}.profession", person["profession"]) for person in ours]
        named += [(f"{person['key']}.firewall", person.get("firewall") or "") for person in ours]
        known(Term, path, [*named, *((f"{p['key']}.terms", term) for p in ours for term in p["terms"])])
        known(Place, path, [(f"{person['key']}.areas", area) for person in ours for area in person["areas"]])


def _check_ties(people: list[tuple[Path, Mapping[str, Any]]], ties: Mapping[str, Mapping[str, int]]) -> None:
    for path, person in people:
        wanted = [("organisation", person.get("organisation") or "")]
        wanted += [("network", slug) for slug in (*person["networks"], *(person.get("coordinates") or []))]
        for kind, slug in wanted:
            if slug and slug not in ties[kind]:
                raise BrokenStarterFile(path, f"{person['key']}.{kind}", f"no sample {kind} is called “{slug}”")


def demo_account(email: str) -> Any:
    users = get_user_model()
    user = users.objects.filter(email=email).first() or users.objects.create_user(email, DEMO_PASSWORD)
    users.objects.filter(pk=user.pk).update(sample=True)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


def _entries() -> Any:
    entries = as_system("sample people").filter(sample=True).select_related("contact")
    return entries.prefetch_related("areas", "terms", "languages", "memberships", "answered_by")


def _save(
    entry: Practitioner | None,
    data: Mapping[str, Any],
    ties: Mapping[str, Mapping[str, int]],
    users: Mapping[str, Any],
    today: date,
) -> Practitioner:
    entry = entry or Practitioner(public_id=public_id_of(data["key"]), sample=True)
    for field in PLAIN:
        value = data.get(field.removesuffix("_id"))
        default = column(entry, field).get_default()
        setattr(entry, field, default if value is None else value)
    for field in DAYS:
        days = data.get(f"{field}_in_days", None if f"{field}_days_ago" not in data else -data[f"{field}_days_ago"])
        setattr(entry, field, None if days is None else today + timedelta(days=days))
    for group, settings in GROUPS.items():
        setattr(entry, f"{group}_for", (data.get("audiences") or {}).get(group, settings.default))
    entry.organisation_id = ties["organisation"].get(data.get("organisation") or "")
    entry.verified_network_id = ties["network"].get(data.get("verified_network") or "")
    user = users.get(data.get("sign_in") or "")
    entry.user = None if entry.role_mailbox else user
    entry.save()
    if user is not None and entry.role_mailbox:
        entry.answered_by.set([user])
    _tie(entry, data, ties["network"], today)
    return _entries().get(pk=entry.pk)


def _tie(entry: Practitioner, data: Mapping[str, Any], networks: Mapping[str, int], today: date) -> None:
    entry.areas.set(data["areas"])
    entry.terms.set(data["terms"])
    entry.languages.all().delete()
    SpokenLanguage.objects.bulk_create(SpokenLanguage(practitioner=entry, **row) for row in data["languages"])
    entry.memberships.all().delete()
    since = today - timedelta(days=data.get("member_for_days", 200))
    coordinates = data.get("coordinates") or []
    Membership.objects.bulk_create(
        Membership(
            practitioner=entry,
            network_id=networks[slug],
            role=Membership.Role.COORDINATOR if slug in coordinates else Membership.Role.MEMBER,
            since=since,
        )
        for slug in dict.fromkeys((*coordinates, *data["networks"]))
    )
    Contact.objects.update_or_create(practitioner=entry, defaults=dict(data.get("contact") or {}))


def _fingerprint(entry: Practitioner) -> object:
    """Everything an owner or coordinator could have changed since the loading."""
    contact = getattr(entry, "contact", None)
    return [
        [getattr(entry, field) for field in (*PLAIN, "organisation_id", "verified_network_id", "user_id")],
        [str(getattr(entry, field)) for field in DAYS],
        [getattr(entry, f"{group}_for") for group in GROUPS],
        [sorted(str(each.pk) for each in related.all()) for related in (entry.areas, entry.terms, entry.answered_by)],
        sorted([row.language, row.level, row.mediates] for row in entry.languages.all()),
        sorted([row.network_id, row.role, str(row.since), str(row.ended)] for row in entry.memberships.all()),
        [getattr(contact, field, None) for field in CONTACT],
    ]
