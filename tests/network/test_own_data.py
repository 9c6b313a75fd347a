"""My data: everything that is about somebody or by them, and nothing that another was promised."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest

from network import clock, own_data
from network.audit_words import ACTS
from network.models import AuditRow, Block, Conversation, CoordinatorProposal, Message, Practitioner
from network.policy import log
from network.services import recovery, reports, vouching
from network.services.reporting import report
from practices.models import GuideAdviser
from tests.attack.erasure.person import ACTS as LIFE
from tests.attack.erasure.person import lives
from tests.attack.erasure.person import somebody as who_says_everything
from tests.attack.erasure.tokens import Tokens
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, term
from tests.network.personal_fields import NOT_IN_OWN_DATA, PERSONAL
from tests.network.sessions import member, session_for
from tests.practices.factories import make_guide
from tests.site_tree import make_tree
from tests.vocabulary.factories import PlaceFactory

pytestmark = pytest.mark.django_db

# Said by others of them, or by them of others, for the coordinators alone; or a copy that outlasts what it was made of.
FOR_OTHERS = {
    "Voucher.words of another", "Evidence.note", "Evidence.note by them", "Decision.reason by them",
    "Suspension.reason", "Suspension.reason by them", "Suspension.lifted_because",
    "Suspension.lifted_because by them", "EntryReport.words", "EntryReport.outcome", "EntryReport.outcome by them",
    "MessageReport.note of another", "Enquiry.answer by them",
}  # fmt: skip
# For machines only, or the coordinators': hashes, factors, and what a proof holds.
NOT_READ = {"SavedSearch.counted", "Authenticator.data", "ProofFile.content"}
# Parts in which the person who says something in every field for words has nothing.
NOT_SAID = {
    "terms", "areas", "languages", "pathway", "proposed as coordinator", "guides they can advise on", "log",
}  # fmt: skip
# Acts whose rows have no subject.
ABOUT_NOBODY = {
    "enquiry answered", "enquiry opened", "invited", "meeting kept", "meeting removed", "message report closed",
    "message report opened", "network founded", "network suspended", "network suspension lifted",
    "networkdocument kept", "networkdocument removed", "partnership agreed", "partnership asked", "partnership ended",
    "pathwaystep kept", "pathwaystep removed", "role mailbox opened", "role mailbox wrote", "self-review saved",
}  # fmt: skip


def exported(entry: Practitioner, account: Any = None) -> dict[str, Any]:
    """What the file holds that its owner is given."""
    answer = session_for(account or entry.user).get(f"/account/entry/{entry.public_id}/export/")
    told: dict[str, Any] = json.loads(answer.content)
    return told


def between(one: Practitioner, other: Practitioner) -> Conversation:
    first, second = sorted((one.pk, other.pk))
    return Conversation.objects.get_or_create(first_id=first, second_id=second)[0]


def written(sender: Practitioner, to: Practitioner, body: str, **fields: Any) -> Message:
    moment = clock.now()
    given = {"sent_at": moment, "goes_at": moment + timedelta(days=14), **fields}
    return Message.objects.create(conversation=between(sender, to), sender=sender, body=body, **given)


def acts(told: dict[str, Any]) -> list[str]:
    return [row["action"] for row in told["log"]]


def test_each_personal_model_is_told_of_or_left_out_for_a_reason() -> None:
    told = {label for part in own_data.parts for label in part.models}

    assert told & NOT_IN_OWN_DATA.keys() == set()
    assert told | NOT_IN_OWN_DATA.keys() == PERSONAL.keys()
    assert all(NOT_IN_OWN_DATA.values())


def test_no_title_is_used_twice() -> None:
    titles = [part.title for part in own_data.parts]

    assert len(titles) == len(set(titles))


def test_whoever_has_said_something_in_every_field_is_given_all_of_it_but_what_others_were_promised() -> None:
    say = Tokens(random.Random(1))
    person = who_says_everything(say)
    lives(person)

    told = exported(person.entry)
    text = json.dumps(told, ensure_ascii=False)

    said = {token.place: token for token in say.said}  # the latest, where it was said anew
    there = {place for place, token in said.items() if token.number in text}
    assert len(LIFE) > 10
    assert there == said.keys() - FOR_OTHERS - NOT_READ
    assert {title for title, part in told.items() if not part} <= NOT_SAID
    assert all(other.public_id not in text for other in person.others)
    assert all(other.user.email not in text for other in person.others)


def test_what_is_chosen_and_where_somebody_is_named_is_in_it() -> None:
    network = NetworkFactory()
    ana = member(network, speaks=["sq"], terms=[term("street-work", "method")], areas=[PlaceFactory()])
    network.pathway.create(stage=term("stage", "stage"), role="Night line", does="Answers", filled_by=ana)
    CoordinatorProposal.objects.create(
        membership=ana.memberships.get(), proposed_by=member(network), proposed_at=clock.now()
    )

    told = exported(ana)

    assert [each["language"] for each in told["languages"]] == ["sq"]
    assert told["terms"] == ["street-work"]
    assert len(told["areas"]) == len(told["proposed as coordinator"]) == 1
    assert [each["role"] for each in told["pathway"]] == ["Night line"]


def test_the_guides_that_somebody_can_advise_on_are_in_it() -> None:
    make_tree()
    ana, guide = member(NetworkFactory()), make_guide()
    GuideAdviser.objects.create(guide_key=guide.translation_key, practitioner=ana)

    (told,) = exported(ana)["guides they can advise on"]

    assert told == {"guide": str(guide.translation_key), "title": guide.title}


def test_messages_are_given_as_their_page_shows_them_and_none_is_opened_by_it() -> None:
    ana = member(NetworkFactory())
    ben = member(NetworkFactory(), display_name="Ben Hidden", listing_for="network", name_for="network")
    unopened = written(ben, ana, "Canary unopened")
    written(ben, ana, "Canary opened", opened_at=clock.now())
    written(ben, ana, "Canary withheld", withheld=True)
    written(ana, ben, "Canary own")

    (told,) = exported(ana)["messages"]

    assert told["with"] == "a practitioner"
    assert [each["text"] for each in told["messages"]] == ["", "Canary opened", "Canary own"]
    unopened.refresh_from_db()
    assert unopened.opened_at is None
    assert "Ben Hidden" not in json.dumps(exported(ana))


def test_while_the_relay_is_off_for_somebody_their_own_texts_alone_are_given() -> None:
    network = NetworkFactory()
    ana, ben = member(network, status="suspended"), member(network)
    written(ben, ana, "Canary of another", opened_at=clock.now())
    written(ana, ben, "Canary own")

    (told,) = exported(ana)["messages"]

    assert [each["text"] for each in told["messages"]] == ["Canary own"]


def test_whom_one_blocks_is_told_and_never_who_blocks_oneself() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network, display_name="Ben Blocked", listing_for="members", name_for="members")
    Block.objects.create(by=ana, against=ben)

    assert exported(ana)["blocks"] == ["Ben Blocked"]
    assert exported(ben)["blocks"] == []


def test_an_application_is_for_the_account_that_made_it_not_for_others_at_the_mailbox() -> None:
    applicant, colleague = UserFactory(), UserFactory()
    mailbox = PractitionerFactory(role_mailbox=True, profession=term("police-officer"), networks=[NetworkFactory()])
    mailbox.answered_by.set([applicant, colleague])
    mailbox.applications.create(
        network=NetworkFactory(), account=applicant, method="register", claim="Canary claim", made_at=clock.now()
    )

    assert "Canary claim" in json.dumps(exported(mailbox, applicant))
    told = exported(mailbox, colleague)
    assert "Canary claim" not in json.dumps(told)
    assert told["account"]["email"] == colleague.email


def test_who_is_reported_does_not_learn_it_from_their_data_and_the_reporter_finds_their_own_words() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    report(entry=ben, reporter=ana, kind="impostor", words="Canary words")
    message = written(ben, ana, "Canary threat", opened_at=clock.now())
    reports.report(reporter=ana, message=message.public_id, why="pressure", note="Canary note", block=True)

    of_ben, of_ana = exported(ben), exported(ana)

    assert AuditRow.objects.filter(subject=ben.public_id).count() == 2
    assert acts(of_ben) == []
    assert "report" not in json.dumps([of_ben["log"], of_ben["own acts"], of_ben["messages"]])
    assert [each["words"] for each in of_ana["entries reported"]] == ["Canary words"]
    assert [each["note"] for each in of_ana["messages reported"]] == ["Canary note"]
    assert [each["action"] for each in of_ana["own acts"]] == ["entry reported", "message reported"]
    assert ben.public_id not in json.dumps(of_ana)


def test_a_recovery_of_ones_own_account_and_what_one_did_oneself_are_in_it() -> None:
    network = NetworkFactory()
    ana = member(network)
    recovery.ask(user=ana.user, lost_factor=False, new_mailbox="canary@example.org")
    vouching.invite(member=ana, network=network, email="invited@example.org", language="en")

    told = exported(ana)

    assert [each["new address"] for each in told["recoveries"]] == ["canary@example.org"]
    assert acts(told) == ["recovery asked"]
    assert [each["network__slug"] for each in told["invitations"]] == [network.slug]
    assert [each["action"] for each in told["own acts"]] == ["invited"]
    assert "invited@example.org" not in json.dumps(told)


def test_of_every_act_of_the_log_it_is_decided_whether_the_person_learns_of_it() -> None:
    assert log.TOLD & log.KEPT.keys() == set()
    assert log.TOLD | log.KEPT.keys() | ABOUT_NOBODY == ACTS.keys() | {"decoy made"}
    assert (log.TOLD | log.KEPT.keys()) & ABOUT_NOBODY == set()


def test_an_act_that_nobody_has_decided_on_is_not_told_to_its_person() -> None:
    ana, ben = PractitionerFactory(), PractitionerFactory()
    rows = [AuditRow(number=n, action=act, subject=whom.public_id, at=clock.now(), actor="operator")
            for n, (act, whom) in enumerate([("made up", ana), ("made up", ben), ("entry edited", ana)])]  # fmt: skip
    AuditRow.objects.bulk_create(rows)

    read = AuditRow.objects.exclude(log.kept_from([ana.pk])).order_by("number")

    assert [(row.action, row.subject) for row in read] == [("made up", ben.public_id), ("entry edited", ana.public_id)]
