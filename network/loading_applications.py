"""Sample applications and reports for the demo's desks: plainly fictional, their dates counted from the loading."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from network import clock, consent
from network.loading_bodies import known
from network.loading_people import demo_account, public_id_of
from network.models import (
    Application,
    Decision,
    EntryReport,
    Evidence,
    Network,
    Organisation,
    Practitioner,
    SpokenLanguage,
    Voucher,
)
from network.names import warnings_of
from network.policy import as_system
from vocabulary.models import Place, Term
from vocabulary.starter import BrokenStarterFile, Loader, Report, files

NEEDED = ("key", "display_name", "profession", "area", "languages", "network", "status", "method", "claim", "days")


@transaction.atomic
def load_applications(folder: Path, report: Report, *, applicant: str) -> None:
    """Each once; what was done with it at the desk is kept. `applicant` is the address of the one who can sign in."""
    for path, data in files(folder, "applications*.yaml"):
        _load(path, data, report, applicant)


def _load(path: Path, data: Mapping[str, Any], report: Report, applicant: str) -> None:
    applications = data.get("applications") or []
    for number, each in enumerate(applications, start=1):
        lacking = [name for name in NEEDED if name not in each]
        if lacking or not str(each["display_name"]).startswith("Sample "):
            raise BrokenStarterFile(path, f"application {number}", f"needs {', '.join(NEEDED)}, and a sample's name")
    known(Term, path, [(f"{each['key']}.profession", each["profession"]) for each in applications])
    known(Place, path, [(f"{each['key']}.area", each["area"]) for each in applications])
    there = {row.reference: row for row in Application.objects.filter(practitioner__sample=True)}
    loader = Loader("sample application", lambda key: there.get(_reference(key)), _fingerprint, report)
    for each in applications:
        loader.sync(each["key"], each, partial(_save, data=each, applicant=applicant))
    reports = {row.reference: row for row in EntryReport.objects.all()}
    loader = Loader("sample report", lambda key: reports.get(_reference(f"report {key}")), _report_fingerprint, report)
    for each in data.get("reports") or []:
        loader.sync(each["entry"], each, partial(_save_report, data=each))


def _reference(key: str) -> str:
    return public_id_of(f"application {key}")


def _person(key: str) -> Practitioner:
    found: Practitioner = as_system("sample applications").get(public_id=public_id_of(key))
    return found


def _save(row: Application | None, data: Mapping[str, Any], applicant: str) -> Application:
    if row is not None:
        return row
    moment = clock.now() - timedelta(days=data["days"])
    network = Network.objects.get(slug=data["network"])
    user = demo_account(applicant) if data.get("signs_in") else None
    entry = Practitioner.objects.create(
        public_id=public_id_of(f"applicant {data['key']}"),
        sample=True,
        user=user,
        status=data["status"],
        display_name=data["display_name"],
        profession_id=data["profession"],
        function=data.get("function", ""),
        organisation=Organisation.objects.filter(slug=data.get("organisation", "")).first(),
        offers=data.get("offers", ""),
    )
    entry.areas.set([data["area"]])
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(practitioner=entry, language=code, level=level) for code, level in data["languages"].items()
    )
    consent.give(entry, {}, at=moment)
    row = Application.objects.create(
        reference=_reference(data["key"]),
        practitioner=entry,
        network=network,
        account=user,
        method=data["method"],
        claim=data["claim"],
        organisation_named=data.get("organisation_named"),
        name_warnings=warnings_of(data["display_name"]),
        made_at=moment,
        confirmed_at=moment,
        stand_in=Network.objects.filter(slug=data.get("stand_in", "")).first(),
        appeal=data.get("appeal"),
        appealed_at=moment + timedelta(days=2) if data.get("appeal") else None,
    )
    _vetting(row, data)
    return row


def _vetting(row: Application, data: Mapping[str, Any]) -> None:
    if by := data.get("recorded_by"):
        person = _person(by)
        Evidence.objects.create(
            application=row,
            kind=data["method"],
            seen_by=person,
            organisation=person.organisation,
            seen_on=row.made_at.date(),
            note=data.get("note"),
        )
    if by := data.get("decided_by"):
        person = _person(by)
        Decision.objects.create(
            application=row,
            answer=Decision.Answer.REFUSED,
            reason=data["reason"],
            decided_by=person,
            organisation=person.organisation,
            decided_at=row.made_at + timedelta(days=1),
        )
    for key in data.get("vouchers") or []:
        person = _person(key)
        Voucher.objects.create(application=row, member=person, organisation=person.organisation)


def _save_report(row: EntryReport | None, data: Mapping[str, Any]) -> EntryReport:
    return row or EntryReport.objects.create(
        reference=_reference(f"report {data['entry']}"),
        entry=_person(data["entry"]),
        reporter=_person(data["reporter"]),
        kind=data["kind"],
        words=data["words"],
        made_at=clock.now(),
    )


def _fingerprint(row: Application) -> object:
    status = as_system("sample applications").values_list("status", flat=True).get(pk=row.practitioner_id)
    return [status, row.outcome, row.missing, row.stand_in_id, row.evidence.count(), row.decisions.count()]


def _report_fingerprint(row: EntryReport) -> object:
    return [row.kind, str(row.closed_at)]
