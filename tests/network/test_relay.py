"""The relay's rules: who writes to whom, how long a text stays, what a quota and a block do."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from network import clock, lifecycle, quota
from network.models import AuditRow, Block, Conversation, Message, Practitioner
from network.quota import OverQuota
from network.reading_messages import Held, conversation_page, conversations, said
from network.services import relay
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory
from tests.network.sessions import coordinator, held_by, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def send(sender: Practitioner, to: Practitioner, text: str = "A question") -> Message:
    return relay.send(account=sender.user, sender=sender, to=to.pk, principals=held_by(sender), text=text)


def opened(reader: Practitioner, message: Message) -> bool:
    return relay.open_message(account=reader.user, entry=reader, message=message.public_id)


def seen_by(reader: Practitioner, message: Message) -> list[tuple[bool, str, str]]:
    return [(each.mine, each.state, each.text) for each in said(message.conversation, reader.pk)]


def test_a_message_waits_unseen_until_it_is_opened() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)

    message = send(ana, ben)
    waiting = seen_by(ben, message)
    first, second = opened(ben, message), opened(ben, message)

    assert waiting == [(False, "waiting", "")]
    assert (first, second) == (True, False)
    assert seen_by(ben, message) == [(False, "open", "A question")]
    assert seen_by(ana, message) == [(True, "opened", "A question")]


def test_a_text_goes_a_day_after_it_was_opened_and_the_rest_of_it_later() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    message = send(ana, ben)
    opened(ben, message)

    with clock.standing_at(timezone.now() + DAY):
        assert seen_by(ben, message) == [(False, "gone", "")]
        assert seen_by(ana, message) == [(True, "opened", "")]
        relay.delete_old()
        assert Message.objects.get().body is None
    with clock.standing_at(timezone.now() + 16 * DAY):
        relay.delete_old()
        assert Conversation.objects.count() == Message.objects.count() == 0


def test_an_unopened_text_goes_after_fourteen_days_and_its_sender_is_told() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    message = send(ana, ben)

    with clock.standing_at(timezone.now() + 14 * DAY):
        assert opened(ben, message) is False
        assert seen_by(ana, message) == [(True, "expired", "")]
        relay.delete_old()
        assert Message.objects.get().body is None


def test_opening_late_makes_nothing_last_longer() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    message = send(ana, ben)
    end = Message.objects.get().goes_at

    with clock.standing_at(timezone.now() + 13.5 * DAY):
        opened(ben, message)

    assert Message.objects.get().goes_at == end


def test_the_text_cannot_be_read_in_the_database() -> None:
    network = NetworkFactory()
    send(member(network), member(network), "canary words")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_message")
        stored = repr(cursor.fetchall())

    assert "canary" not in stored


@pytest.mark.parametrize("status", ["verified", "due"])
def test_verified_and_due_members_write_first(status: str) -> None:
    network = NetworkFactory()

    assert send(member(network, status=status), member(network)).pk


def test_a_stale_member_reads_and_answers_but_does_not_write_first() -> None:
    network = NetworkFactory()
    ana, stale = member(network), member(network, status="stale")

    with pytest.raises(relay.MayNotBegin):
        send(stale, ana)
    message = send(ana, stale)

    assert opened(stale, message)
    assert send(stale, ana, "An answer").pk
    with pytest.raises(relay.MayNotBegin):
        send(stale, ana, "And another thing")


@pytest.mark.parametrize(
    "status", ["applied", "dormant", "paused", "suspended", "left", "withdrawn", "refused", "erased"]
)
def test_nobody_is_reached_whose_entry_is_not_listed_and_nothing_is_kept(status: str) -> None:
    network = NetworkFactory()
    ana, away = coordinator(network), member(network, status=status)

    with pytest.raises(relay.NotReachable):
        send(ana, away)

    assert Conversation.objects.count() == 0
    assert quota.left(ana.user, quota.MESSAGES, halved=False) == 5


@pytest.mark.parametrize("status", ["dormant", "paused", "suspended"])
def test_whose_entry_is_not_listed_writes_to_nobody(status: str) -> None:
    network = NetworkFactory()
    ana, away = member(network), member(network)
    send(ana, away)
    Practitioner.objects.visible_to(held_by(away)).filter(pk=away.pk).update(status=status)
    away.status = status

    with pytest.raises(relay.NotReachable):
        send(away, ana)


def test_whom_one_cannot_find_one_cannot_write_to() -> None:
    ana = member(NetworkFactory())
    hidden = member(NetworkFactory(), listing_for="network")

    with pytest.raises(relay.NotReachable):
        send(ana, hidden)


def test_an_answer_reaches_also_who_cannot_be_found() -> None:
    hidden = member(NetworkFactory(), listing_for="network")
    ana = member(NetworkFactory())
    message = send(hidden, ana)

    assert send(ana, hidden, "An answer").conversation == message.conversation
    with pytest.raises(relay.NotReachable):
        send(ana, hidden, "And another thing")


def test_an_account_that_was_closed_is_not_reached() -> None:
    network = NetworkFactory()
    closed = member(network)
    closed.user.is_active = False
    closed.user.save()

    with pytest.raises(relay.NotReachable):
        send(member(network), closed)


def test_five_messages_a_day_and_three_in_the_first_month() -> None:
    network = NetworkFactory()
    old, new = member(network), member(network, verified_on=clock.today())
    others = [member(network) for _ in range(6)]

    for sender, most in ((old, 5), (new, 3)):
        for other in others[:most]:
            send(sender, other)
        with pytest.raises(OverQuota) as refused:
            send(sender, others[5])
        assert timedelta(hours=23) < refused.value.until - timezone.now() <= DAY

    with clock.standing_at(timezone.now() + DAY):
        assert send(old, others[5]).pk


def test_answers_are_not_counted_and_pestering_is() -> None:
    network = NetworkFactory()
    ana, others = member(network), [member(network) for _ in range(6)]
    for other in others:
        send(other, ana)
        send(ana, other, "An answer")

    assert quota.left(ana.user, quota.MESSAGES, halved=False) == 5
    for _ in range(5):
        send(ana, others[0], "And another thing")
    with pytest.raises(OverQuota):
        send(ana, others[0], "And another thing")


def test_a_blocked_sender_notices_nothing_and_reaches_nobody() -> None:
    network = NetworkFactory()
    ana, ben, control = member(network), member(network), member(network)
    relay.block(by=ben.pk, against=ana.pk)

    message, other = send(ana, ben), send(ana, control)

    assert seen_by(ana, message) == seen_by(ana, other) == [(True, "waiting", "A question")]
    assert quota.left(ana.user, quota.MESSAGES, halved=False) == 3
    assert seen_by(ben, message) == []
    assert conversations(held_by(ben)) == []
    assert opened(ben, message) is False
    assert not Message.objects.get(pk=message.pk).opened_at
    with clock.standing_at(timezone.now() + 14 * DAY):
        assert seen_by(ana, message) == seen_by(ana, other) == [(True, "expired", "")]


def test_who_blocks_writes_again_only_after_taking_it_back() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)
    first = send(ana, ben)
    relay.block(by=ben.pk, against=ana.pk)
    withheld = send(ana, ben, "Withheld")

    with pytest.raises(relay.BlockedByYou):
        send(ben, ana)
    relay.unblock(by=ben.pk, against=ana.pk)

    assert send(ben, ana, "An answer").conversation == first.conversation
    assert [text for _mine, _state, text in seen_by(ben, withheld)] == ["", "An answer"]


def test_two_people_have_one_conversation_whoever_began() -> None:
    network = NetworkFactory()
    ana, ben = member(network), member(network)

    assert send(ana, ben).conversation == send(ben, ana).conversation


@pytest.mark.parametrize("status", ["left", "withdrawn"])
def test_who_leaves_takes_the_conversations_along(status: str) -> None:
    network = NetworkFactory()
    ana, ben, third = member(network), member(network), member(network)
    send(ana, ben)
    send(third, ana)

    lifecycle.move(ben, status, actor=ben.public_id)

    assert [each.other(ana.pk) for each in Conversation.objects.all()] == [third.pk]


def test_erasure_takes_blocks_along_too_also_when_the_row_itself_goes() -> None:
    network = NetworkFactory()
    ana, ben, third = member(network), member(network), member(network)
    for other in (ben, third):
        send(ana, other)
        relay.block(by=other.pk, against=ana.pk)

    lifecycle.move(ben, "erased", actor=ben.public_id)
    Practitioner.objects.visible_to(held_by(third)).filter(pk=third.pk).delete()

    assert Conversation.objects.count() == Message.objects.count() == Block.objects.count() == 0


def test_a_role_mailbox_is_read_and_answered_by_its_officers_and_shown_as_a_role() -> None:
    network = NetworkFactory()
    ana = member(network)
    first, second = UserFactory(), UserFactory()
    mailbox = PractitionerFactory(role_mailbox=True, networks=[network], name_for="members", display_name="Duty desk")
    mailbox.answered_by.set([first, second])

    message = send(ana, mailbox)
    relay.open_message(account=first, entry=mailbox, message=message.public_id)
    principals = held_by(ana)
    relay.send(account=second, sender=mailbox, to=ana.pk, principals=frozenset({"member"}), text="An answer")

    assert [row.detail["account"] for row in AuditRow.objects.order_by("number")] == [first.pk, second.pk]
    assert {row.actor for row in AuditRow.objects.all()} == {mailbox.public_id}
    assert ana.public_id not in repr(list(AuditRow.objects.values()))
    page = conversation_page(Held(message.conversation, ana, mailbox.pk), principals)
    assert page["title"] == "Duty desk"


def test_no_log_is_kept_of_who_writes_to_whom() -> None:
    network = NetworkFactory()
    send(member(network), member(network))

    assert AuditRow.objects.count() == 0


def test_a_message_to_an_entry_that_nobody_signs_in_for_reaches_its_coordinators() -> None:
    network, elsewhere = NetworkFactory(), NetworkFactory()
    ana, ours, theirs = member(network), coordinator(network), coordinator(elsewhere)
    decoy = PractitionerFactory(networks=[network])

    message = send(ana, decoy, "Who are you?")

    assert relay.recipients_of(decoy) == [ours.user]
    assert list(relay.unclaimed([network.pk])) == [message]
    assert list(relay.unclaimed([elsewhere.pk])) == []
    assert relay.open_unclaimed(coordinator=theirs, networks=[elsewhere.pk], message=message.public_id) is None
    assert relay.open_unclaimed(coordinator=ours, networks=[network.pk], message=message.public_id) == message
    row = AuditRow.objects.get()
    assert (row.actor, row.subject) == (ours.public_id, decoy.public_id)
    assert seen_by(ana, message) == [(True, "opened", "Who are you?")]


def test_the_list_of_conversations_names_people_as_their_reader_may_see_them(
    django_assert_max_num_queries: Any,
) -> None:
    network = NetworkFactory()
    ana = member(network)
    open_one = member(network, name_for="members", display_name="Open Name")
    hidden = member(NetworkFactory(), listing_for="network", display_name="Hidden Name")
    for other in (open_one, hidden, *(member(network) for _ in range(8))):
        send(other, ana)

    principals = held_by(ana)
    with django_assert_max_num_queries(6):
        lines = conversations(principals)

    assert len(lines) == 10
    assert {line.waiting for line in lines} == {1}
    assert "Open Name" in repr(lines)
    assert "Hidden Name" not in repr(lines)
    assert "a practitioner" in {line.title for line in lines}


def test_at_one_moment_the_quota_holds_and_one_of_many_opens() -> None:
    attack = subprocess.run(
        [sys.executable, "-m", "tests.attack.relay"],
        cwd=settings.ROOT,
        env={**os.environ, "PYTHONPATH": f"{settings.ROOT}:{settings.ROOT / 'site'}", "N": "100"},
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert attack.returncode == 0, attack.stderr[-3000:]
    assert "each by one" in attack.stdout
