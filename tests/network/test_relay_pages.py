"""The pages of messages, as a browser meets them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network import clock, quota
from network.models import AuditRow, Block, Message, MessageReport, Practitioner
from network.services import relay, reports
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory
from tests.network.sessions import coordinator, held_by, member, session_for

pytestmark = pytest.mark.django_db
LIST = "/account/messages/"


def new(entry: Practitioner) -> str:
    return f"/account/messages/new/{entry.public_id}/"


def sent(sender: Practitioner, to: Practitioner, text: str = "A question") -> Message:
    return relay.send(account=sender.user, sender=sender, to=to.pk, principals=held_by(sender), text=text)


def page_of(message: Message) -> str:
    return f"/account/messages/{message.conversation.public_id}/"


def test_from_the_entry_to_the_answer() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network, name_for="members", display_name="Ben Open")
    of_ana, of_ben = session_for(ana.user), session_for(ben.user)

    assert new(ben) in of_ana.get(f"/en/people/{ben.public_id}/").content.decode()
    asked = of_ana.post(new(ben), {"text": "Do you know a doctor?"}, follow=True)
    before = of_ben.get(page_of(Message.objects.get())).content.decode()
    opened = of_ben.post(f"{page_of(Message.objects.get())}{Message.objects.get().public_id}/open/", follow=True)
    of_ben.post(page_of(Message.objects.get()), {"text": "Yes, one."})

    assert "not opened yet" in asked.content.decode()
    assert "Do you know" not in before
    assert "Open</button>" in before
    assert "Do you know a doctor?" in opened.content.decode()
    after = of_ana.get(LIST).content.decode()
    assert "1 message waits" in after
    assert "Ben Open" in after


def test_the_overview_counts_what_waits() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    sent(ana, ben)

    page = session_for(ben.user).get("/account/").content.decode()

    assert f'href="{LIST}">Messages</a> <strong>(1)</strong>' in page


@pytest.mark.parametrize(
    "address", [LIST, "/account/messages/new/{}/", "/account/messages/{}/", "/account/desk/messages/"]
)
def test_without_signing_in_there_is_only_the_sign_in(client: Client, address: str) -> None:
    ben = member(NetworkFactory(), listing_for="public")

    answers = [client.get(address.format(public_id)) for public_id in (ben.public_id, "0" * 20)]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer["Location"].startswith("/account/login/") for answer in answers)


def test_absent_hidden_paused_and_ones_own_answer_the_same() -> None:
    network = NetworkFactory()
    ana = coordinator(network)
    others = [
        member(NetworkFactory(), listing_for="network"),
        *(member(network, status=status) for status in ("paused", "dormant", "suspended", "left")),
        ana,
    ]
    session = session_for(ana.user)

    answers = [session.get(f"/account/messages/new/{each}/") for each in ("0" * 20, *(one.public_id for one in others))]
    posted = [session.post(new(one), {"text": "A question"}) for one in others]

    assert {answer.status_code for answer in (*answers, *posted)} == {404}
    bodies = {answer.content for answer in answers}
    assert len(bodies) == 1
    assert "nobody can be reached through it at the moment" in bodies.pop().decode()
    assert Message.objects.count() == 0


def test_when_the_other_side_goes_off_a_conversation_says_one_sentence_and_keeps_the_text() -> None:
    network = NetworkFactory()
    ana = member(network)
    sentences = set()
    for status in ("paused", "dormant", "suspended"):
        ben = member(network)
        message = sent(ana, ben)
        Practitioner.objects.visible_to(held_by(ben)).filter(pk=ben.pk).update(status=status)
        session = session_for(ana.user)
        sentences.add("off at the moment" in session.get(page_of(message)).content.decode())
        assert session.post(page_of(message), {"text": "Again"}).status_code == 200

    assert sentences == {True}
    assert Message.objects.count() == 3


def test_other_peoples_conversations_and_forged_ids_are_not_there() -> None:
    network = NetworkFactory()
    ana, ben, eve = member(network), member(network), coordinator(network)
    message, other = sent(ana, ben), sent(ana, eve)
    session, of_eve = session_for(ben.user), session_for(eve.user)

    for address in (page_of(message), f"{page_of(message)}{message.public_id}/report/"):
        assert of_eve.get(address).status_code == 404
        assert of_eve.post(address, {"text": "x"}).status_code == 404
    for act in ("block/", f"{message.public_id}/open/"):
        assert of_eve.post(page_of(message) + act).status_code == 404
        assert of_eve.get(page_of(message) + act).status_code == 405
    # A message of another conversation is not opened through one's own, nor is one's own message.
    session.post(f"{page_of(message)}{other.public_id}/open/")
    session_for(ana.user).post(f"{page_of(message)}{message.public_id}/open/")
    session.post(f"{page_of(message)}{'0' * 20}/open/")
    assert Message.objects.exclude(opened_at=None).count() == 0


def test_a_superuser_or_an_applicant_has_no_messages(client: Client) -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    message = sent(ana, ben)
    applicant = member(network, status="applied")
    for user in (UserFactory(is_superuser=True, is_staff=True), applicant.user):
        session = session_for(user)

        assert "nothing arrives and nothing can be sent" in session.get(LIST).content.decode()
        assert session.get(page_of(message)).status_code == 404
        assert session.get("/account/desk/messages/").status_code == 404
        assert session.get("/account/desk/enquiries/").status_code == 404


def test_without_the_second_factor_nothing_is_shown(client: Client) -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    message = sent(ana, ben)
    client.force_login(ben.user)  # type: ignore[arg-type]

    assert client.get(page_of(message)).status_code == 404
    assert client.post(f"{page_of(message)}{message.public_id}/open/").status_code == 404


def test_a_stale_member_is_told_why_they_cannot_write_first() -> None:
    network = NetworkFactory()
    stale, ben = member(network, status="stale"), member(network)

    page = session_for(stale.user).get(new(ben)).content.decode()

    assert "you can answer but not write first" in page
    assert "<textarea" not in page


def test_who_may_only_read_is_led_to_the_coordinators() -> None:
    network = NetworkFactory()
    applicant, ben = member(network, status="applied"), member(network, listing_for="public")

    page = session_for(applicant.user).get(new(ben)).content.decode()

    assert reverse("network:networks") in page
    assert "<textarea" not in page


def test_a_text_with_a_number_comes_back_once_marked_and_can_be_confirmed() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    session, text = session_for(ana.user), "Ring the office, 069 123 4567."

    first = session.post(new(ben), {"text": text})
    unsaid = session.post(new(ben), {"text": text, "shown": shown(first)})
    other = session.post(new(ben), {"text": text + " Or 069 765 4321.", "shown": shown(first), "harmless": "on"})
    assert Message.objects.count() == 0
    confirmed = session.post(new(ben), {"text": text, "shown": shown(first), "harmless": "on"})

    page = first.content.decode()
    assert "<mark>069 123 4567</mark>" in page
    assert text in page
    assert "<mark>" in unsaid.content.decode()
    assert "<mark>069 765 4321</mark>" in other.content.decode()
    assert confirmed.status_code == 302
    assert Message.objects.get().body == text


def shown(answer: Any) -> str:
    return answer.content.decode().partition('name="shown" value="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 1_000_000, "at most 4000 characters (it has 1000000)"),
        ("", "This field is required"),
        ("a\x00b", "Null characters are not allowed"),
    ],
    ids=["a megabyte", "nothing", "a null"],
)
def test_a_bad_text_gets_a_clear_answer_and_stays(text: str, said: str) -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)

    answer = session_for(ana.user).post(new(ben), {"text": text})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert 'role="alert"' in page
    assert text.replace("\x00", "") in page.replace("\x00", "")
    assert Message.objects.count() == 0


def test_over_the_quota_the_text_stays_and_the_hour_is_said() -> None:
    network = NetworkFactory()
    ana = member(network)
    for _ in range(5):
        sent(ana, member(network))

    answer = session_for(ana.user).post(new(member(network)), {"text": "The sixth"})

    page = answer.content.decode()
    assert "It goes on from" in page
    assert "The sixth" in page
    assert Message.objects.count() == 5


def test_forms_without_the_token_are_refused() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    message = sent(ana, ben)
    session = session_for(ben.user, enforce_csrf_checks=True)

    for address in (
        new(ana),
        page_of(message),
        f"{page_of(message)}block/",
        f"{page_of(message)}{message.public_id}/open/",
    ):
        assert session.post(address, {"text": "x"}).status_code == 403
    assert Message.objects.filter(opened_at=None).count() == 1


def test_what_was_written_is_shown_as_text() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    message = sent(ana, ben, "<script>alert(1)</script>")
    session = session_for(ben.user)

    session.post(f"{page_of(message)}{message.public_id}/open/")

    assert "<script>alert" not in session.get(page_of(message)).content.decode()


def test_pages_of_messages_are_kept_by_nobody_and_their_tab_tells_nothing() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network, name_for="members", display_name="Canary")
    message = sent(ana, ben)
    session = session_for(ana.user)

    for address in (LIST, page_of(message), new(ben)):
        answer = session.get(address)
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "<title>Your account – Waymark</title>" in answer.content.decode()


def test_who_answers_for_several_says_for_which() -> None:
    network = NetworkFactory()
    officer, ana = UserFactory(), member(network)
    desks = [
        PractitionerFactory(role_mailbox=True, networks=[network], display_name=f"Desk {number}") for number in (1, 2)
    ]
    for desk in desks:
        desk.answered_by.add(officer)
    session = session_for(officer)

    page = session.get(new(ana)).content.decode()
    session.post(new(ana), {"text": "From the second", "sender": desks[1].public_id})
    forged = session.post(new(ana), {"text": "As somebody else", "sender": ana.public_id})

    assert "Desk 1" in page
    assert forged.status_code == 200
    assert [each.sender_id for each in Message.objects.all()] == [desks[1].pk]


def test_keeping_somebody_away_and_taking_it_back() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    message = sent(ana, ben)
    session = session_for(ben.user)

    blocked = session.post(f"{page_of(message)}block/", follow=True).content.decode()
    assert Block.objects.count() == 1
    session.post(f"{page_of(message)}block/", {"take_back": "yes"})

    assert "Take that back before you write" in blocked
    assert "<textarea" not in blocked
    assert Block.objects.count() == 0


def test_a_report_freezes_a_copy_for_the_coordinators_of_both_sides() -> None:
    network, elsewhere, third = NetworkFactory(), NetworkFactory(), NetworkFactory()
    ana, ben = member(network), member(elsewhere)
    ours, theirs, stranger = coordinator(network), coordinator(elsewhere), coordinator(third)
    message = sent(ana, ben, "A threat")
    session = session_for(ben.user)
    report = f"{page_of(message)}{message.public_id}/report/"

    assert session.get(report).status_code == 404  # not opened yet
    session.post(f"{page_of(message)}{message.public_id}/open/")
    assert session.get(report).status_code == 200
    session.post(report, {"why": "pressure", "text": "It frightens me", "block": "on"})
    session.post(report, {"why": "other", "text": "Again"})

    frozen = MessageReport.objects.get()
    assert (frozen.body, frozen.note, frozen.why) == ("A threat", "It frightens me", "pressure")
    assert Block.objects.filter(by=ben, against=ana).exists()
    for one in (ours, theirs):
        desk = session_for(one.user)
        assert "Threat" in desk.get("/account/desk/messages/").content.decode()
        assert "A threat" not in desk.get("/account/desk/messages/").content.decode()
        opened = desk.post(f"/account/desk/messages/reports/{frozen.public_id}/open/").content.decode()
        assert "A threat" in opened
        assert "It frightens me" in opened
    other = session_for(stranger.user)
    assert "Nothing is reported" in other.get("/account/desk/messages/").content.decode()
    assert other.post(f"/account/desk/messages/reports/{frozen.public_id}/open/").status_code == 404
    assert other.post(f"/account/desk/messages/reports/{frozen.public_id}/close/").status_code == 404
    desk.post(f"/account/desk/messages/reports/{frozen.public_id}/close/")
    assert MessageReport.objects.get().closed_at
    acts = list(AuditRow.objects.order_by("number").values_list("action", "actor"))
    assert acts == [
        ("message reported", ben.public_id),
        ("message report opened", ours.public_id),
        ("message report opened", theirs.public_id),
        ("message report closed", theirs.public_id),
    ]


def test_messages_to_nobody_are_opened_at_the_desk() -> None:
    network = NetworkFactory()
    ana, ours = member(network), coordinator(network)
    decoy = PractitionerFactory(networks=[network], name_for="members", display_name="Decoy")
    message = sent(ana, decoy, "Who are you?")
    desk = session_for(ours.user)

    waits = desk.get("/account/desk/messages/").content.decode()
    opened = desk.post(f"/account/desk/messages/unclaimed/{message.public_id}/open/").content.decode()

    assert "Decoy" in waits
    assert "Who are you?" not in waits
    assert "Who are you?" in opened
    assert session_for(ana.user).post(f"/account/desk/messages/unclaimed/{message.public_id}/open/").status_code == 404


def test_a_report_about_the_only_coordinator_goes_to_others_and_never_to_them() -> None:
    network, partner, far = NetworkFactory(), NetworkFactory(), NetworkFactory()
    network.partners.add(partner)
    boss, ben = coordinator(network), member(network)
    stands_in, stranger = coordinator(partner), coordinator(far)
    message = sent(boss, ben, "A threat")
    session = session_for(ben.user)
    session.post(f"{page_of(message)}{message.public_id}/open/")
    mail.outbox.clear()

    session.post(f"{page_of(message)}{message.public_id}/report/", {"why": "pressure"})

    opening = f"/account/desk/messages/reports/{MessageReport.objects.get().public_id}/open/"
    answers = {one: session_for(one.user).post(opening).status_code for one in (boss, stands_in, stranger)}
    assert answers == {boss: 404, stands_in: 200, stranger: 404}
    assert [each.to for each in mail.outbox] == [[stands_in.user.email]]


def test_a_frozen_copy_outlives_the_message_and_the_sender_and_goes_after_thirty_days() -> None:
    network = NetworkFactory()
    ana, ben, boss = member(network), member(network), coordinator(network)
    message = sent(ana, ben, "A threat")
    relay.open_message(account=ben.user, entry=ben, message=message.public_id)
    reports.report(reporter=ben, message=message.public_id, why="pressure", note="", block=False)
    opening = f"/account/desk/messages/reports/{MessageReport.objects.get().public_id}/open/"

    Practitioner.objects.visible_to(held_by(ana)).filter(pk=ana.pk).delete()
    desk = session_for(boss.user)
    page = desk.post(opening).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_messagereport")
        stored = repr(cursor.fetchall())
    with clock.standing_at(timezone.now() + timedelta(days=30)):
        late = desk.post(opening).status_code
        reports.delete_old()

    assert "A threat" in page
    assert "somebody who has left" in page
    assert "A threat" not in stored
    assert late == 404
    assert MessageReport.objects.count() == 0


def mark_of(page: Any) -> str:
    """What the form of this page carries."""
    return page.content.decode().partition('name="mark" value="')[2].partition('"')[0]


def test_a_message_that_is_sent_twice_arrives_once_and_counts_once() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    session = session_for(ana.user)
    filled = {"text": "Who minds the drop-in?", "mark": mark_of(session.get(new(ben)))}

    twice = [session.post(new(ben), filled) for _ in range(2)]

    assert {answer["Location"] for answer in twice} == {page_of(Message.objects.get())}
    assert quota.left(ana.user, quota.MESSAGES, halved=False) == 4


def test_a_second_message_is_one_of_its_own_with_another_form_or_with_other_words() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    session, message = session_for(ana.user), sent(ana, ben)
    mark = mark_of(session.get(page_of(message)))

    for filled in ({"text": "Yes", "mark": mark}, {"text": "Yes!", "mark": mark}):
        session.post(page_of(message), filled)
    session.post(page_of(message), {"text": "Yes", "mark": mark_of(session.get(page_of(message)))})

    assert [each.body for each in Message.objects.all()] == ["A question", "Yes", "Yes!", "Yes"]


def test_the_mark_of_somebody_else_joins_nothing() -> None:
    network = NetworkFactory()
    ana, ben, eve = member(network), member(network), member(network)
    mark = mark_of(session_for(ana.user).get(new(ben)))

    for entry in (ana, eve):
        session_for(entry.user).post(new(ben), {"text": "Yes", "mark": mark})

    assert Message.objects.count() == 2
