"""Every field that says something of a person: how it is kept, and why so. The list that a new field has to be put on.

Source: the tables of the field list, and “What each loss surrenders” in docs/operating.md.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Kept(NamedTuple):
    """How a field is kept: `encrypted`, `clear`, `public` or `key`; and why, or of which field group it is."""

    how: str
    why: str


ENCRYPTED = Kept("encrypted", "its key is outside the database")
# A row's number, a random id or a keyed hash: means nothing once the row that it leads to is gone.
KEY = Kept("key", "leads to a person only through another row")
WHEN = Kept("clear", "a time by which something falls due, is counted or goes")
CHOICE = Kept("clear", "one of a few choices of ours, by which work is found")
COUNT = Kept("clear", "how often, until it goes with its row")
BODY = Kept("clear", "of which organisation somebody was when they acted: the rules ask for different ones")


def group(name: str) -> Kept:
    """A field of a directory entry: in clear, because it is searched and filtered for those whom its audience holds."""
    return Kept("clear", f"group {name}")


def clear(why: str) -> Kept:
    return Kept("clear", why)


def public(why: str) -> Kept:
    return Kept("public", why)


def each(kept: Kept, *names: str) -> dict[str, Kept]:
    return dict.fromkeys(names, kept)


GROUPED = (
    "listing", "networks", "name", "profession", "post", "area", "languages", "practice", "undocumented",
    "availability", "advice", "corridors", "duty_line", "badge", "verification", "contact",
)  # fmt: skip

PERSONAL: Mapping[str, Mapping[str, Kept]] = {
    "network.Practitioner": {
        **each(clear("who may see a group: the policy asks it in every query"), *(f"{name}_for" for name in GROUPED)),
        **each(clear("the policy asks it in every query"), "open_to_authority", "authority", "decoy", "sample"),
        **each(KEY, "public_id", "user", "answered_by"),
        "status": clear("the life of an entry"),
        "role_mailbox": clear("a post instead of a person: who answers it is asked in every query"),
        **each(group("name"), "display_name"),
        **each(group("post"), "function", "organisation"),
        **each(group("profession"), "profession"),
        **each(group("practice"), "terms"),
        **each(group("area"), "areas"),
        **each(group("undocumented"), "works_with_undocumented", "firewall", "firewall_statement"),
        **each(group("corridors"), "corridors"),
        **each(group("availability"), "availability", "available_until"),
        **each(group("advice"), "offers", "looks_for"),
        **each(group("duty_line"), "duty_line"),
        **each(group("badge"), "confirmed_at"),
        **each(group("verification"), "verified_by", "verified_network", "verified_on", "changed_on", "next_due"),
    },
    "network.SpokenLanguage": {"practitioner": KEY, **each(group("languages"), "language", "level", "mediates")},
    "network.Membership": {"practitioner": KEY, **each(group("networks"), "network", "role", "since", "ended")},
    "practices.GuideAdviser": {"practitioner": KEY, **each(group("advice"), "guide_key")},
    "network.Contact": {
        "practitioner": KEY,
        **each(ENCRYPTED, "email", "phone", "messenger", "private_note"),
    },
    "network.Consent": {
        "practitioner": KEY,
        **each(clear("proves what was agreed to; holds audiences, never contents"), "text_version", "audiences"),
        "given_at": WHEN,
    },
    "network.Application": {
        **each(KEY, "reference", "practitioner", "account", "inviter", "email_key"),
        **each(ENCRYPTED, "email", "claim", "organisation_named", "missing", "appeal"),
        **each(CHOICE, "network", "language", "method", "name_warnings", "stand_in", "outcome", "stands"),
        **each(WHEN, "made_at", "confirmed_at", "appealed_at", "closed_at"),
    },
    "network.Evidence": {
        **each(KEY, "application", "seen_by"),
        "organisation": BODY,
        "note": ENCRYPTED,
        "kind": CHOICE,
        "seen_on": WHEN,
    },
    "network.Decision": {
        **each(KEY, "application", "decided_by"),
        "organisation": BODY,
        "reason": ENCRYPTED,
        **each(CHOICE, "on_appeal", "answer"),
        "decided_at": WHEN,
    },
    "network.Voucher": {
        **each(KEY, "application", "member"),
        "organisation": BODY,
        "words": ENCRYPTED,
        "answer": CHOICE,
        "answered_at": WHEN,
    },
    "network.ProofFile": {
        "application": KEY,
        "content": ENCRYPTED,
        "kind": CHOICE,
        "size": clear("counted against the limit of an application"),
        "given_at": WHEN,
    },
    "network.Invitation": {
        **each(KEY, "inviter", "email_key"),
        "network": CHOICE,
        **each(WHEN, "made_at", "expires", "used_at"),
    },
    "network.Suspension": {
        **each(KEY, "reference", "entry", "part_of", "suspended_by", "lifted_by"),
        **each(ENCRYPTED, "reason", "lifted_because"),
        **each(CHOICE, "network", "stood"),
        **each(WHEN, "suspended_at", "lifted_at"),
    },
    "network.EntryReport": {
        **each(KEY, "reference", "entry", "reporter", "closed_by"),
        **each(ENCRYPTED, "words", "outcome"),
        "kind": CHOICE,
        **each(WHEN, "made_at", "closed_at"),
    },
    "network.CoordinatorProposal": {**each(KEY, "membership", "proposed_by"), "proposed_at": WHEN},
    "network.Recovery": {
        **each(KEY, "public_id", "entry", "user"),
        "new_mailbox": ENCRYPTED,
        **each(CHOICE, "lost_factor", "state"),
        **each(WHEN, "asked", "ready_from", "ends"),
    },
    "network.RecoveryVoice": {
        **each(KEY, "recovery", "coordinator"),
        "organisation": BODY,
        **each(CHOICE, "network", "how"),
        "at": WHEN,
    },
    "network.Conversation": each(KEY, "public_id", "first", "second"),
    "network.Message": {
        **each(KEY, "public_id", "conversation", "sender"),
        "body": ENCRYPTED,
        "withheld": CHOICE,
        **each(WHEN, "sent_at", "opened_at", "goes_at"),
    },
    "network.Block": each(KEY, "by", "against"),
    "network.MessageReport": {
        **each(KEY, "public_id", "message", "reporter", "reported"),
        **each(ENCRYPTED, "note", "body"),
        **each(CHOICE, "networks", "why"),
        **each(WHEN, "sent_at", "reported_at", "goes_at", "closed_at"),
    },
    "network.Enquiry": {
        **each(KEY, "public_id", "code_digest", "answered_by"),
        **each(ENCRYPTED, "question", "answer"),
        "network": CHOICE,
        **each(
            WHEN, "asked_at", "question_goes_at", "opened_at", "answered_at", "answer_goes_at", "answer_opened_at"
        ),
    },
    "network.Reminder": {"practitioner": KEY, "days_before": CHOICE, **each(WHEN, "next_due", "sent")},
    "network.Reveal": {**each(KEY, "viewer", "viewed", "name"), "field": CHOICE, "reason": ENCRYPTED, "at": WHEN},
    "network.Allowance": {"account": KEY, "quota": CHOICE, "used": WHEN},
    "network.SavedSearch": {
        **each(KEY, "public_id", "user"),
        **each(ENCRYPTED, "name", "query", "counted"),
        **each(CHOICE, "page", "language", "digest"),
        **each(WHEN, "told_in", "created"),
    },
    "network.AuditRow": {
        **each(KEY, "actor", "subject", "digest"),
        **each(clear("words of ours and numbers; the log must be readable by itself"), "action", "network", "detail"),
        "number": clear("its place in the chain"),
        "at": WHEN,
    },
    "network.OneTimeLink": {
        **each(KEY, "digest", "subject"),
        "purpose": CHOICE,
        **each(WHEN, "created", "expires", "used"),
    },
    "network.DoorCount": {
        "visitor": Kept("key", "a hash with a secret that is thrown away with its day"),
        "door": CHOICE,
        "count": COUNT,
        "day": WHEN,
    },
    "network.DoorSalt": {"salt": Kept("key", "the secret of one day"), "day": WHEN},
    "network.SnapshotCell": {
        "people": KEY,
        **each(public("a published band"), "partition", "cell", "band", "changed_in"),
    },
    "network.PathwayStep": {
        "filled_by": KEY,
        **each(CHOICE, "network", "position", "stage"),
        **each(clear("a role and what it does, written by a network for its members"), "role", "does"),
    },
    "network.Organisation": each(
        public("the face of a body in its directory; its contact is the front door"),
        "slug", "name", "names", "aliases", "type", "kind", "country", "city", "website", "website_seen", "contact",
        "languages", "summary", "services", "seen", "source", "last_confirmed", "sample", "name_only", "places",
    ),
    "accounts.User": {
        "email": clear("the name that somebody signs in with is looked up by it"),
        "password": clear("an Argon2 hash"),
        **each(clear("given by colleagues in the CMS alone; members have none"), "first_name", "last_name"),
        **each(
            CHOICE,
            "is_superuser", "is_staff", "is_active", "language", "second_factor_required", "sample",
            "groups", "user_permissions",
        ),
        **each(WHEN, "last_login", "date_joined"),
        "session_nonce": Kept("key", "a random number: all sessions end when it changes"),
    },
    "accounts.EmailChange": {
        "user": KEY,
        "new_email": clear("an address to sign in with, looked up like the old one; three days at most"),
        **each(KEY, "new_digest", "old_digest", "stop_digest"),
        **each(CHOICE, "new_said_yes", "old_said_yes"),
        **each(WHEN, "asked", "expires"),
    },
    "accounts.OutgoingMail": {"content": ENCRYPTED, "tries": COUNT, **each(WHEN, "created", "next_try")},
    "practices.EventSpeaker": each(
        public("a speaker of a public event, as its published programme names them"),
        "sort_order", "event", "name", "role", "organisation", "organisation_text",
    ),
}  # fmt: skip

# Models that say nothing of anybody, and what they are about.
NOBODY: Mapping[str, str] = {
    "network.AuditHead": "where the log ends",
    "network.Network": "a network's public face",
    "network.Meeting": "a network's calendar",
    "network.NetworkDocument": "a network's papers",
    "network.PartnerRequest": "two networks",
    "network.SelfReview": "a network's year",
    "network.ReviewAnswer": "a network's infrastructure; whoever sees to a gap is named as a role",
    "network.Hotline": "a public number of an organisation",
    "network.Snapshot": "when counts were taken",
    "practices.GuideOrganisation": "a guide",
    "practices.RelatedPractice": "a guide",
    "practices.CompensationPage": "a public page",
    "practices.CompensationIndexPage": "a public page",
    "practices.EventReportPage": "a public page",
    "practices.Recommendation": "a public page",
    "practices.RecommendationPractice": "a public page",
    "practices.EventIndexPage": "a public page",
    "practices.PracticeKeyword": "a guide",
    "practices.PracticePage": "a public page; the two responsible for it are named as roles",
    "practices.LibraryPage": "a public page",
    "pages.StandardPage": "a public page",
    "home.HomePage": "a public page",
    "vocabulary.Place": "the public gazetteer",
    "vocabulary.PlaceName": "the public gazetteer",
    "vocabulary.StarterRecord": "hashes of what was loaded",
    "vocabulary.Term": "the public vocabulary",
    "vocabulary.TermWording": "the public vocabulary",
    "search.OutboxEntry": "keys of documents, random where they are people's, gone when they are indexed",
    "search.SearchState": "the state of the index",
}

# Personal models of which somebody's own data (network/own_data.py) tells nothing, and why it does not.
NOT_IN_OWN_DATA: Mapping[str, str] = {
    "accounts.OutgoingMail": "it is in their mailbox soon, and nothing but its address says whose it is",
    "network.DoorCount": "kept so that nobody can say whose it is",
    "network.DoorSalt": "of no person",
    "network.Enquiry": "asked by the public and answered for the network, whose coordinators read it at the desk",
    "network.OneTimeLink": "hashes of what was sent to them: nothing can be read in them",
    "network.Organisation": "a body's public page",
    "network.SnapshotCell": "published counts of many; nobody is told apart in them",
    "practices.EventSpeaker": "a public programme; nothing ties a speaker to an account",
}
