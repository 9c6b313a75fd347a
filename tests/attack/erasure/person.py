"""Somebody who says something in every field there is, in whatever order, before they are erased."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from wagtail.log_actions import log

from accounts import email_change
from accounts.models import User
from network import clock, links, quota
from network.models import Application, Contact, Membership, Network, Organisation, Practitioner, Voucher
from network.models.contact import Consent
from network.models.desk import CoordinatorProposal, EntryReport, Suspension
from network.models.enquiry import Enquiry
from network.models.joining import Decision, Evidence, Invitation, ProofFile
from network.models.recovery import Recovery, RecoveryVoice
from network.models.relay import Block, Conversation, Message
from network.models.reminder import Reminder
from network.models.reveal import Reveal
from network.models.saved_search import SavedSearch
from network.services import reports
from network.waiting import email_key
from tests.attack.erasure.tokens import Tokens
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term
from tests.network.sessions import session_for

PASSWORD = "a long sample passphrase"
FREE_WORDS = ("display_name", "function", "firewall_statement", "offers", "looks_for", "duty_line")
OPEN = ("listing", "networks", "name", "profession", "post", "area", "languages", "practice", "undocumented",
        "availability", "advice", "corridors", "duty_line")  # fmt: skip


@dataclass(slots=True)
class Person:
    """Who is to be erased, and two colleagues who coordinate the same network."""

    say: Tokens
    network: Network
    body: Organisation
    entry: Practitioner
    user: User
    others: tuple[Practitioner, Practitioner]

    def browser(self) -> Client:
        """A browser of theirs, signed in with the password and the second factor."""
        client = Client(headers={"user-agent": "Firefox Android"})
        client.post("/account/login/", {"login": self.user.email, "password": PASSWORD})
        client.force_login(self.user, backend="accounts.backends.SignInBackend")
        session: Any = client.session
        session["account_authentication_methods_user"] = str(self.user.pk)
        methods = [
            {"method": "password", "at": time.time(), "email": self.user.email},
            {"method": "mfa", "at": time.time(), "type": "totp"},
        ]
        session["account_authentication_methods"] = methods
        session.save()
        return client


def somebody(say: Tokens, *, coordinates: bool = True) -> Person:
    """A person with an account and an entry that says something in every group, open to all members."""
    network, body = NetworkFactory(), OrganisationFactory()
    others = tuple(
        PractitionerFactory(user=UserFactory(), coordinates=[network], organisation=OrganisationFactory())
        for _ in range(2)
    )
    user = User.objects.create_user(
        say("User.email").address,
        PASSWORD,
        first_name=str(say("User.first_name")),
        last_name=str(say("User.last_name")),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    entry = PractitionerFactory(
        user=user,
        organisation=body,
        profession=term("nurse"),
        verified_on=clock.today() - timedelta(days=90),
        next_due=clock.today() + timedelta(days=200),
        status="verified",
        **{f"{group}_for": "members" for group in OPEN},
        **said_in_clear(say),
    )
    Membership.objects.create(practitioner=entry, network=network, role="coordinator" if coordinates else "member")
    first, second = others
    return Person(say, network, body, entry, user, (first, second))


def said_in_clear(say: Tokens) -> dict[str, str]:
    """The free words of an entry."""
    return {name: str(say(f"Practitioner.{name}")) for name in FREE_WORDS}


def edits(person: Person) -> None:
    """Says other words in place of those that stood there: the old ones must be gone too."""
    for name, words in said_in_clear(person.say).items():
        setattr(person.entry, name, words)
    person.entry.save()


def opens_contact(person: Person) -> None:
    for _ in range(2):  # the second time over the first
        said = {name: str(person.say(f"Contact.{name}")) for name in ("email", "phone", "messenger", "private_note")}
        Contact.objects.update_or_create(practitioner=person.entry, defaults=said)
    Consent.objects.create(practitioner=person.entry, text_version="2026-11", audiences={"name": "members"})


def applied(person: Person) -> None:
    say, one = person.say, person.others[0]
    words = {name: str(say(f"Application.{name}")) for name in ("claim", "organisation_named", "missing", "appeal")}
    address = say("Application.email").address
    row = Application.objects.create(
        practitioner=person.entry, network=person.network, account=person.user, method="register",
        email=address, email_key=email_key(address), made_at=clock.now(), closed_at=clock.now(),
        outcome="accepted", **words,
    )  # fmt: skip
    Evidence.objects.create(
        application=row, kind="register", seen_by=one, seen_on=clock.today(), note=str(say("Evidence.note"))
    )
    Decision.objects.create(
        application=row, answer="accepted", reason=str(say("Decision.reason")), decided_by=one, decided_at=clock.now()
    )
    Voucher.objects.create(application=row, member=one, words=str(say("Voucher.words of another")))
    content = f"{say('ProofFile.content')} {say.dice.randbytes(20_000).hex()}".encode()
    proof = base64.b64encode(content).decode()
    ProofFile.objects.create(application=row, kind="pdf", content=proof, size=len(content), given_at=clock.now())


def vets_others(person: Person) -> None:
    say, other = person.say, PractitionerFactory(user=UserFactory(), status="evidence")
    row = Application.objects.create(
        practitioner=other, network=person.network, method="register", made_at=clock.now(), inviter=person.entry
    )
    Voucher.objects.create(application=row, member=person.entry, words=str(say("Voucher.words by them")))
    note = str(say("Evidence.note by them"))
    Evidence.objects.create(application=row, kind="register", seen_by=person.entry, seen_on=clock.today(), note=note)
    reason = str(say("Decision.reason by them"))
    Decision.objects.create(
        application=row, answer="refused", reason=reason, decided_by=person.entry, decided_at=clock.now()
    )
    moment = clock.now()
    invited = email_key(f"{person.say.dice.randrange(10**12)}@example.org")
    Invitation.objects.create(
        inviter=person.entry, network=person.network, email_key=invited, made_at=moment, expires=moment
    )


def at_the_desk(person: Person) -> None:
    say, (one, two), moment = person.say, person.others, clock.now()
    Suspension.objects.create(
        network=person.network, entry=one, suspended_by=person.entry, suspended_at=moment, lifted_by=person.entry,
        lifted_at=moment, reason=str(say("Suspension.reason by them")),
        lifted_because=str(say("Suspension.lifted_because by them")),
    )  # fmt: skip
    Suspension.objects.create(
        network=person.network, entry=person.entry, suspended_by=one, suspended_at=moment, lifted_by=two,
        lifted_at=moment, reason=str(say("Suspension.reason")), lifted_because=str(say("Suspension.lifted_because")),
    )  # fmt: skip
    EntryReport.objects.create(
        entry=person.entry, reporter=one, kind="wrong", made_at=moment, closed_by=two, closed_at=moment,
        words=str(say("EntryReport.words")), outcome=str(say("EntryReport.outcome")),
    )  # fmt: skip
    EntryReport.objects.create(
        entry=one, reporter=person.entry, kind="wrong", made_at=moment, closed_by=person.entry, closed_at=moment,
        words=str(say("EntryReport.words by them")), outcome=str(say("EntryReport.outcome by them")),
    )  # fmt: skip
    membership = Membership.objects.create(practitioner=PractitionerFactory(), network=person.network)
    CoordinatorProposal.objects.create(membership=membership, proposed_by=person.entry, proposed_at=moment)


def writes(person: Person) -> None:
    """Messages both ways, one of each reported; and a block."""
    say, (one, two), moment = person.say, person.others, clock.now()
    both = Conversation.objects.create(first_id=min(one.pk, person.entry.pk), second_id=max(one.pk, person.entry.pk))

    def message(sender: Practitioner, place: str) -> Message:
        return Message.objects.create(
            conversation=both, sender=sender, body=str(say(place)), sent_at=moment, opened_at=moment,
            goes_at=moment + timedelta(days=14),
        )  # fmt: skip

    message(person.entry, "Message.body")
    message(one, "Message.body of another")
    theirs = message(person.entry, "Message.body reported by another")
    others = message(one, "Message.body of another, reported")
    for reporter, reported, place in ((one, theirs, "of another"), (person.entry, others, "by them")):
        note = str(say(f"MessageReport.note {place}"))
        reports.report(reporter=reporter, message=reported.public_id, why="other", note=note, block=False)
    Block.objects.create(by=person.entry, against=two)


def answers_the_public(person: Person) -> None:
    moment = clock.now()
    Enquiry.objects.create(
        network=person.network, code_digest=person.say.dice.randbytes(32).hex(), question="A question", asked_at=moment,
        question_goes_at=moment, opened_at=moment, answer=str(person.say("Enquiry.answer by them")),
        answered_at=moment, answered_by=person.entry, answer_goes_at=moment + timedelta(days=14),
    )  # fmt: skip


def looks(person: Person) -> None:
    one, moment = person.others[0], clock.now()
    for viewer, viewed, place in ((person.entry, one, "by them"), (one, person.entry, "of another")):
        reason = str(person.say(f"Reveal.reason {place}"))
        Reveal.objects.create(viewer=viewer, viewed=viewed, field="email", reason=reason, at=moment)
    quota.take(person.user, quota.REVEALS, halved=False)


def saves_a_search(person: Person) -> None:
    said = {name: str(person.say(f"SavedSearch.{name}")) for name in ("name", "query", "counted")}
    SavedSearch.objects.create(user=person.user, page="people", language="en", created=clock.now(), **said)


def loses_a_factor(person: Person) -> None:
    moment, one = clock.now(), person.others[0]
    recovery = Recovery.objects.create(
        entry=person.entry, user=person.user, lost_factor=True, asked=moment, ends=moment + timedelta(days=14),
        new_mailbox=person.say("Recovery.new_mailbox").address,
    )  # fmt: skip
    RecoveryVoice.objects.create(
        recovery=recovery, coordinator=one, organisation=one.organisation, network=person.network, how="met", at=moment
    )
    links.issue("recovery stop", recovery.public_id, lasts=timedelta(days=30))


def sets_up_factors(person: Person) -> None:
    TOTP.activate(person.user, generate_totp_secret())
    RecoveryCodes.activate(person.user)
    key = {"name": str(person.say("Authenticator.data")), "credential": {"id": person.say.dice.randbytes(30).hex()}}
    Authenticator.objects.create(user=person.user, type=Authenticator.Type.WEBAUTHN, data=key)


def changes_the_address(person: Person) -> None:
    email_change.ask(user=person.user, new_email=person.say("EmailChange.new_email").address)


def signs_in(person: Person) -> None:
    """Twice, in browsers that stay signed in; fails once; and asks for a new password, which waits to be sent."""
    for _ in range(2):
        person.browser()
    Client().post("/account/login/", {"login": person.user.email, "password": "not this one"})
    Client().post("/account/password/reset/", {"email": person.user.email})


def is_reminded(person: Person) -> None:
    moment = clock.now()
    Reminder.objects.create(practitioner=person.entry, next_due=moment.date(), days_before=30, sent=moment)
    links.issue("renewal", person.entry.public_id, lasts=timedelta(days=75))


def session_of(entry: Practitioner) -> Client:
    """A colleague's browser, signed in with a second factor."""
    return session_for(entry.user)


def had_a_role_in_the_cms(person: Person) -> None:
    """Which was taken from them again; the CMS's log told of both, by their address."""
    for action in ("wagtail.create", "wagtail.edit"):
        log(instance=person.user, action=action, user=person.user)


Act = Callable[[Person], None]
ACTS: tuple[Act, ...] = (
    edits, opens_contact, applied, vets_others, at_the_desk, writes, answers_the_public, looks, saves_a_search,
    loses_a_factor, sets_up_factors, changes_the_address, signs_in, is_reminded,
    had_a_role_in_the_cms,
)  # fmt: skip


def lives(person: Person) -> None:
    """Does all of it in an order that is drawn, with other people's rows in between."""
    acts = list(ACTS)
    person.say.dice.shuffle(acts)
    for act in acts:
        act(person)
        for _ in range(person.say.dice.randrange(4)):
            neighbour(person)


def neighbour(person: Person) -> Practitioner:
    """Somebody else, whose rows lie beside theirs and are moved about with them."""
    made = PractitionerFactory(user=UserFactory(), networks=[person.network], offers="What others offer. " * 20)
    Contact.objects.create(practitioner=made, email="other@example.org", private_note="A note. " * 10)
    return made


def erases_themselves(person: Person) -> None:
    """As its owner does it."""
    answer = person.browser().post(f"/account/entry/{person.entry.public_id}/erase/", {"word": "erase"})
    assert "is erased" in answer.content.decode(), answer.status_code
