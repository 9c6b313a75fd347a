"""The directory's parts of somebody's own data: the entry, joining, looks, messages, the account, the log."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from network.models import (
    Allowance,
    Application,
    AuditRow,
    Block,
    Contact,
    CoordinatorProposal,
    EntryReport,
    MessageReport,
    Recovery,
    Reveal,
    Voucher,
)
from network.own_data import Owner, part
from network.policy.log import kept_from
from network.reading_messages import titles_of, told_to_owner
from network.services.reveals import looked_at

CONTACT = ("email", "phone", "messenger", "private_note")
ACCOUNT = ("email", "first_name", "last_name", "language", "date_joined", "last_login", "second_factor_required")


@part("entry", "network.Practitioner")
def entry(owner: Owner) -> Any:
    """Every column but the row's own number and the account's."""
    columns = [field for field in owner.entry._meta.concrete_fields if field.name not in ("id", "user")]
    return {field.attname: getattr(owner.entry, field.attname) for field in columns}


@part("terms")
def terms(owner: Owner) -> Any:
    return sorted(term.pk for term in owner.entry.terms.all())


@part("areas")
def areas(owner: Owner) -> Any:
    return sorted(place.pk for place in owner.entry.areas.all())


@part("languages", "network.SpokenLanguage")
def languages(owner: Owner) -> Any:
    return list(owner.entry.languages.values("language", "level", "mediates"))


@part("memberships", "network.Membership")
def memberships(owner: Owner) -> Any:
    return list(owner.entry.memberships.values("network__slug", "role", "since", "ended"))


@part("pathway", "network.PathwayStep")
def pathway(owner: Owner) -> Any:
    """The steps of referral pathways that name them as who fills the role."""
    return list(owner.entry.pathway_steps.values("network__slug", "stage", "role", "does"))


@part("proposed as coordinator", "network.CoordinatorProposal")
def proposals(owner: Owner) -> Any:
    """That it is proposed, not by whom."""
    rows = CoordinatorProposal.objects.filter(membership__practitioner=owner.entry)
    return list(rows.values("membership__network__slug", "proposed_at"))


@part("contact", "network.Contact")
def contact(owner: Owner) -> Any:
    found = Contact.objects.filter(practitioner=owner.entry).first()
    return {name: getattr(found, name) for name in CONTACT} if found else {}


@part("consents", "network.Consent")
def consents(owner: Owner) -> Any:
    return list(owner.entry.consents.values("text_version", "given_at", "audiences"))


@part("reminders", "network.Reminder")
def reminders(owner: Owner) -> Any:
    return list(owner.entry.reminders.values("next_due", "days_before", "sent"))


@part("suspensions", "network.Suspension")
def suspensions(owner: Owner) -> Any:
    """When and for which network; the reasons are written for the coordinators, and may tell who reported."""
    return list(owner.entry.suspensions.values("network__slug", "suspended_at", "lifted_at"))


@part("networks asked", "network.Application", "network.Evidence", "network.Decision", "network.ProofFile")
def networks_asked(owner: Owner) -> Any:
    """As the page of an application tells its applicant: by whom they were vetted, invited or vouched for stays out.

    An application to become a member is for the account that made it, also where others answer the same mailbox.
    """
    theirs = owner.entry.applications.filter(Q(account=owner.account) | ~Q(stands=""))
    return [_application(row) for row in theirs.select_related("network", "stand_in")]


def _application(row: Application) -> dict[str, Any]:
    return {
        "network": row.network.slug,
        "at": row.made_at,
        "address": row.email,
        "address confirmed": row.confirmed_at,
        "language": row.language,
        "how it can be checked": row.method,
        "words": row.claim,
        "organisation": row.organisation_named,
        "warnings about the name": row.name_warnings,
        "missing": row.missing,
        "stand-in": row.stand_in.slug if row.stand_in else None,
        "stands": row.stands,
        "seen by a coordinator": [each.seen_on for each in row.evidence.all()],
        "decisions": list(row.decisions.values("answer", "reason", "on_appeal", "decided_at")),
        "appeal": row.appeal,
        "appealed": row.appealed_at,
        "outcome": row.outcome,
        "closed": row.closed_at,
        # “Only the coordinators who vet you can open them.”
        "proofs": list(row.proofs.values("kind", "size", "given_at")),
    }


@part("invitations", "network.Invitation")
def invitations(owner: Owner) -> Any:
    """Those that they sent; to which address is not kept."""
    return list(owner.entry.invitations.values("network__slug", "made_at", "expires", "used_at"))


@part("vouchers", "network.Voucher")
def vouchers(owner: Owner) -> Any:
    """What they were asked to vouch for and answered; never of whom, and never who vouches for them."""
    rows = Voucher.objects.filter(member=owner.entry).select_related("application__network")
    return [
        {"network": row.application.network.slug, "answer": row.answer, "words": row.words, "at": row.answered_at}
        for row in rows
    ]


@part("who looked", "network.Reveal")
def who_looked(owner: Owner) -> Any:
    return [
        {"at": each.at, "field": each.field, "name": each.name, "networks": each.networks, "reason": each.reason}
        for each in looked_at(owner.entry)
    ]


@part("own looks")
def own_looks(owner: Owner) -> Any:
    """Whose contact they looked at, as they may see that person now, and the reason they gave; not what they read."""
    rows = list(Reveal.objects.filter(viewer=owner.entry))
    titles = _titles(owner, (row.viewed_id for row in rows))
    return [{"at": row.at, "field": row.field, "of": titles[row.viewed_id], "reason": row.reason} for row in rows]


@part("messages", "network.Conversation", "network.Message")
def messages(owner: Owner) -> Any:
    return [
        {
            "with": title,
            "messages": [
                {"mine": each.mine, "sent": each.sent, "state": each.state, "text": each.text} for each in told
            ],
        }
        for title, told in told_to_owner(owner.entry, owner.principals)
    ]


@part("blocks", "network.Block")
def blocks(owner: Owner) -> Any:
    """Whom they block; never who blocks them."""
    against = list(Block.objects.filter(by=owner.entry).values_list("against", flat=True))
    titles = _titles(owner, against)
    return [titles[each] for each in against]


@part("messages reported", "network.MessageReport")
def messages_reported(owner: Owner) -> Any:
    """Their own words; the copy of the other one's text is for the coordinators, and outlasts it."""
    rows = list(MessageReport.objects.filter(reporter=owner.entry))
    titles = _titles(owner, (row.reported_id for row in rows if row.reported_id))
    return [
        {"at": row.reported_at, "of": titles.get(row.reported_id or 0, ""), "why": row.why, "note": row.note}
        for row in rows
    ]


@part("entries reported", "network.EntryReport")
def entries_reported(owner: Owner) -> Any:
    """What they reported of others; never what was reported of them, nor what was found."""
    rows = list(EntryReport.objects.filter(reporter=owner.entry))
    titles = _titles(owner, (row.entry_id for row in rows))
    return [{"at": row.made_at, "of": titles[row.entry_id], "kind": row.kind, "words": row.words} for row in rows]


@part("account", "accounts.User", "accounts.EmailChange")
def account(owner: Owner) -> Any:
    change = getattr(owner.account, "email_change", None)
    asked = {name: getattr(change, name) for name in ("new_email", "asked", "expires")} if change else None
    return {**{name: getattr(owner.account, name) for name in ACCOUNT}, "change of address": asked}


@part("saved searches", "network.SavedSearch")
def saved_searches(owner: Owner) -> Any:
    return [
        {"name": each.name, "query": each.query, "digest": each.digest} for each in owner.account.saved_searches.all()
    ]


@part("quotas", "network.Allowance")
def quotas(owner: Owner) -> Any:
    """When a part of a quota was used."""
    return list(Allowance.objects.filter(account=owner.account).values("quota", "used"))


@part("recoveries", "network.Recovery", "network.RecoveryVoice")
def recoveries(owner: Owner) -> Any:
    """Who asked to be let into this account; how coordinators made sure, not which of them."""
    return [
        {
            "asked": row.asked,
            "second factor lost": row.lost_factor,
            "new address": row.new_mailbox,
            "state": row.state,
            "ready from": row.ready_from,
            "ends": row.ends,
            "agreed": list(row.voices.values("network__slug", "how", "at")),
        }
        for row in Recovery.objects.filter(user=owner.account)
    ]


@part("log", "network.AuditRow")
def log(owner: Owner) -> Any:
    """Rows about the entry, but for those that its owner does not learn of."""
    about = AuditRow.objects.filter(subject=owner.entry.public_id).exclude(kept_from([owner.entry.pk]))
    return list(about.order_by("number").values("at", "action", "network", "detail"))


@part("own acts")
def own_acts(owner: Owner) -> Any:
    """What they did to others, not to whom."""
    done = AuditRow.objects.filter(actor=owner.entry.public_id).exclude(subject=owner.entry.public_id)
    return list(done.order_by("number").values("at", "action", "network"))


def _titles(owner: Owner, entries: Iterable[int]) -> dict[int, str]:
    return titles_of(list(entries), owner.principals)
