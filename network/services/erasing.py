"""Erasing an applicant who never became a member, and what was kept only until a decision."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from accounts.leaving import delete_account
from network import audit, lifecycle, links
from network.models import Application, CoordinatorProposal, EntryReport, Evidence, Practitioner, Voucher
from network.services import entries


def erase_applicant(application: Application) -> None:
    """The entry with all that hangs on it, and the account if it was made for this application only.

    The audit log keeps that there was one. Does nothing for somebody who has been a member.
    """
    entry, account = entries.entry(application.practitioner_id), application.account
    if application.further or entry.verified_on is not None:
        return
    links.withdraw("application", str(application.pk))
    lifecycle.move(entry, "erased", actor=audit.SYSTEM)
    entries.delete(entry.pk)
    if account is not None and not needed_still(account):
        delete_account(account)


def forget_traces(entry: Practitioner) -> None:
    """What joining and the desk keep of somebody who is erased: called in the transaction that erases them."""
    for kept in (entry.applications, entry.invitations, entry.entry_reports, entry.suspensions):
        kept.all().delete()
    Voucher.objects.filter(member=entry).delete()
    EntryReport.objects.filter(reporter=entry).update(reporter=None)
    CoordinatorProposal.objects.filter(Q(membership__practitioner=entry) | Q(proposed_by=entry)).delete()


def drop_proof(application: Application) -> int:
    """Removes the proof files; returns how many there were."""
    return application.proofs.all().delete()[0]


def drop_claims(application: Application) -> None:
    """What was only there to be checked goes when vetting is over: numbers, names of vouchers and their words."""
    drop_proof(application)
    application.vouchers.all().delete()
    Evidence.objects.filter(application=application).update(note=None)
    application.claim = application.missing = application.appeal = application.organisation_named = None
    application.save(update_fields=["claim", "missing", "appeal", "organisation_named"])


def accounts_behind(entry: Practitioner) -> list[Any]:
    """The account that owns the entry, or those that answer it as a mailbox; closed and suspended ones too."""
    behind = Q(practitioner=entry.pk) | Q(role_mailboxes=entry.pk)
    return list(get_user_model().objects.filter(behind).distinct().order_by("pk"))


def needed_still(account: Any, *, beside: int | None = None) -> bool:
    """Whether an account is more than the one entry that goes: an editor's, or that of another entry or mailbox.

    `beside` is the row number of the entry that goes, while it is still there.
    """
    works_here = account.is_staff or account.is_superuser or account.groups.exists()
    return works_here or has_another(account, beside=beside)


def has_another(account: Any, *, beside: int | None = None) -> bool:
    """Whether an account owns or answers an entry, another than `beside`."""
    return any(each.pk != beside for each in entries.entries_of(account))
