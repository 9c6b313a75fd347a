"""Loads organisations, and in the demo the sample network, from content/network."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from network.loading_applications import load_applications
from network.loading_bodies import ensure_name_only, load_networks, load_organisations
from network.loading_messages import load_enquiries, load_messages
from network.loading_people import files_of_people, load_people, public_id_of
from network.loading_recovery import LOST_PHONE, load_recovery
from network.models import Snapshot
from network.policy import as_system
from network.snapshot import take
from vocabulary.starter import Report

# Who can be tried in the demo; the home command prints them with the demo's password.
DEMO_SIGN_INS = [
    ("coordinator.a@example.org", "coordinates the sample network of Tirana"),
    ("coordinator.b@example.org", "coordinates the sample network of Thessaloniki"),
    ("coordinator.c@example.org", "coordinates Tirana too, for another organisation: decides what A has seen"),
    ("member.a@example.org", "is a member in Tirana"),
    ("member.b@example.org", "is a member in Ioannina and in Thessaloniki"),
    ("police@example.org", "answers a police mailbox in Tirana: sees with the eyes of an authority"),
]

# Has an account and no membership: sees where an application stands.
DEMO_APPLICANT = ("applicant@example.org", "has applied to the sample network of Tirana")


def ensure_demo_may_be_loaded() -> None:
    """Raises ImproperlyConfigured where the settings do not ask for a demo."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Demo data is refused by these settings: sample people do not belong here.")


@transaction.atomic
def load(folder: Path, demo: bool) -> Report:
    """Organisations always; sample organisations, networks and people only in the demo. Raises BrokenStarterFile."""
    report = Report()
    load_organisations(folder / "organisations.yaml", report, sample=False)
    if not demo:
        return report
    ensure_demo_may_be_loaded()
    load_organisations(folder / "sample_organisations.yaml", report, sample=True)
    load_networks(folder / "networks.yaml", report)
    load_people(folder, report, sign_ins=[LOST_PHONE, *(email for email, _who in DEMO_SIGN_INS)])
    load_applications(folder, report, applicant=DEMO_APPLICANT[0])
    load_messages(folder, report)
    load_enquiries(folder, report)
    load_recovery()
    return report


def first_snapshot() -> None:
    """The first published counts; later ones are the monthly command's."""
    if not Snapshot.objects.exists():
        take()


def sample_guides(folder: Path) -> Mapping[int, list[str]]:
    """Slugs of the guides that each sample person can advise on, by the row number of the entry."""
    entries = dict(as_system("starter content").filter(sample=True).values_list("public_id", "pk"))
    return {
        entries[public_id]: list(person.get("guides") or [])
        for _path, people in files_of_people(folder)
        for person in people
        if (public_id := public_id_of(person["key"])) in entries
    }


__all__ = [
    "DEMO_APPLICANT",
    "DEMO_SIGN_INS",
    "ensure_demo_may_be_loaded",
    "ensure_name_only",
    "first_snapshot",
    "load",
    "sample_guides",
]
