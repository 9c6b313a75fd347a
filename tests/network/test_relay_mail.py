"""What leaves the site by mail: that something waits. Never a name, a word, or an address but the recipient's own."""

import email
import email.policy
import re

import pytest
from django.core import mail
from django.test import Client

from network.models import Contact, Enquiry, Message, MessageReport, Practitioner
from network.services import enquiries, relay, reveals
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory
from tests.network.sessions import coordinator, held_by, member, session_for

pytestmark = pytest.mark.django_db
CANARIES = ("canaryname", "canarypost", "canarynet", "canarybody", "canaryreason", "canarycontact", "canaryoffer")
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")


def sent_mails() -> list[email.message.EmailMessage]:
    """Every mail as a mail server would get it."""
    return [email.message_from_bytes(each.message().as_bytes(), policy=email.policy.default) for each in mail.outbox]


def everything_in(message: email.message.EmailMessage) -> str:
    """Headers and bodies, raw and decoded."""
    bodies = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([message.as_string(), *(f"{name}: {value}" for name, value in message.items()), *bodies])


def somebody(network, *, coordinates: bool = False) -> Practitioner:
    make = coordinator if coordinates else member
    entry = make(
        network,
        display_name="Canaryname",
        function="Canarypost",
        offers="Canaryoffer",
        organisation=OrganisationFactory(name="Canarypost house"),
        name_for="members",
        contact_for="members",
    )
    Contact.objects.create(practitioner=entry, email=f"canarycontact{entry.pk}@example.net", phone="canarycontact")
    return entry


def test_a_tour_of_everything_sends_only_that_something_waits() -> None:
    network = NetworkFactory(name="Canarynet")
    ana, ben, boss = somebody(network), somebody(network), somebody(network, coordinates=True)
    mailbox = PractitionerFactory(role_mailbox=True, networks=[network], display_name="Canaryname desk")
    mailbox.answered_by.set([UserFactory(), UserFactory(language="fr")])
    decoy = PractitionerFactory(networks=[network], display_name="Canaryname nobody")

    of_ana, of_ben, desk = session_for(ana.user), session_for(ben.user), session_for(boss.user)
    for other in (ben, mailbox, decoy):
        of_ana.post(f"/account/messages/new/{other.public_id}/", {"text": "Canarybody one"})
    message = Message.objects.get(conversation__second=ben, sender=ana)
    address = f"/account/messages/{message.conversation.public_id}/"
    of_ben.post(f"{address}{message.public_id}/open/")
    of_ben.post(address, {"text": "Canarybody two"})
    of_ben.post(f"{address}{message.public_id}/report/", {"why": "other", "text": "Canaryreason"})
    desk.post(f"/account/desk/messages/reports/{MessageReport.objects.get().public_id}/open/")
    of_ben.post(f"{address}block/")
    of_ana.post(address, {"text": "Canarybody three"})
    of_ana.post(f"/account/contact/{ben.public_id}/phone/", {"text": "Canaryreason"})
    code = enquiries.ask(network=network, text="Canarybody four", visitor="v")
    enquiry = Enquiry.objects.get()
    desk.post(f"/account/desk/enquiries/{enquiry.public_id}/open/")
    desk.post(f"/account/desk/enquiries/{enquiry.public_id}/", {"text": "Canarybody five"})
    Client().post("/en/answer/", {"code": code})

    mails = sent_mails()
    # Ben, two officers and the decoy's coordinator; the answer; the report; the look; the enquiry. None when blocked.
    assert len(mails) == 8
    for each in mails:
        everything = everything_in(each)
        ours = {str(each["To"]), "no-reply@localhost", *ADDRESS.findall(each["Message-ID"])}
        assert set(ADDRESS.findall(everything)) <= ours
        assert not [canary for canary in CANARIES if canary in everything.lower()]
        assert code.replace(" ", "") not in everything.replace(" ", "")
        assert not each["Cc"]
        assert not each["Bcc"]
        assert not each["Reply-To"]
        for entry in (ana, ben, boss, mailbox, decoy):
            assert entry.public_id not in everything
    # One subject in each of the two languages that the accounts here read.
    assert len({str(each["Subject"]) for each in mails}) == 2


def test_each_officer_of_a_mailbox_has_a_mail_of_their_own() -> None:
    network = NetworkFactory()
    ana, mailbox = member(network), PractitionerFactory(role_mailbox=True, networks=[network])
    officers = [UserFactory(), UserFactory(), UserFactory(is_active=False)]
    mailbox.answered_by.set(officers)

    relay.send(account=ana.user, sender=ana, to=mailbox.pk, principals=held_by(ana), text="A question")

    assert sorted(str(each["To"]) for each in sent_mails()) == sorted(each.email for each in officers[:2])


def test_the_owner_of_a_contact_is_told_in_the_same_words_as_of_anything() -> None:
    network = NetworkFactory()
    ana, ben = somebody(network), somebody(network)
    asked = reveals.Asked(account=ana.user, viewer=ana, principals=held_by(ana), reason="Canaryreason")

    reveals.reveal(asked, public_id=ben.public_id, field="email")

    told = sent_mails()
    assert [str(each["To"]) for each in told] == [ben.user.email]
    assert "canary" not in everything_in(told[0]).lower()
