"""An entry fades when its owner is silent, and comes back with one press."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from network import clock, lifecycle
from network.mailboxes import accounts_of
from network.models import AuditRow, Practitioner, Snapshot
from network.policy import as_system
from network.services import freshness
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory

pytestmark = pytest.mark.django_db
YEAR = lifecycle.VERIFIED_FOR


def somebody(**fields: Any) -> Practitioner:
    given = {"user": UserFactory(), "networks": [NetworkFactory()], "next_due": clock.today() + YEAR, **fields}
    return PractitionerFactory(listing_for="public", **given)


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def status(entry: Practitioner) -> str:
    return as_system("index").filter(pk=entry.pk).values_list("status", flat=True).first() or "gone"


def link_in(message: Any) -> str:
    found = re.search(r"/account/renew/[\w-]+/", message.body)
    assert found is not None
    return found.group()


@pytest.mark.parametrize(
    ("days", "stands"),
    [
        (300, "verified"),
        (336, "due"),
        (365, "stale"),
        (394, "stale"),
        (395, "dormant"),
        (544, "dormant"),
        (545, "gone"),
    ],
)
def test_a_silent_owners_entry_fades_step_by_step(days: int, stands: str) -> None:
    entry = somebody()

    call_command("daily", on=day(days), verbosity=0)

    assert status(entry) == stands


def test_every_step_is_in_the_log_also_when_nobody_ran_the_command_for_months() -> None:
    somebody()

    call_command("daily", on=day(400), verbosity=0)

    acts = list(AuditRow.objects.order_by("number").values_list("action", "actor"))
    assert acts == [(f"entry {step}", "system") for step in ("due", "stale", "dormant")]


def test_running_twice_does_nothing_twice() -> None:
    somebody()

    for _ in range(2):
        call_command("daily", on=day(340), verbosity=0)

    assert (AuditRow.objects.count(), len(mail.outbox)) == (1, 1)


def test_reminders_go_out_a_month_and_a_week_before() -> None:
    somebody()

    for days in range(330, 366):
        call_command("daily", on=day(days), verbosity=0)

    assert len(mail.outbox) == 2


def test_a_reminder_says_nothing_of_the_entry_and_names_only_its_own_reader() -> None:
    entry = somebody(display_name="Canary Name", offers="Canary words")

    call_command("daily", on=day(336), verbosity=0)

    raw = mail.outbox[0].message().as_string()
    assert mail.outbox[0].to == [entry.user.email]
    assert "Canary" not in raw
    assert entry.public_id not in raw
    assert re.findall(r"[\w.]+@example\.org", raw) == [entry.user.email]


def test_opening_the_link_shows_and_changes_nothing_and_one_press_renews_once(client: Client) -> None:
    entry = somebody(display_name="Canary Name", confirmed_at=None)
    call_command("daily", on=day(340), verbosity=0)
    url = link_in(mail.outbox[0])

    with clock.standing_at(timezone.now() + timedelta(days=341)):
        for _scanner in range(3):
            page = client.get(url)
            assert "Canary" not in page.content.decode()
        assert (status(entry), as_system("index").get(pk=entry.pk).confirmed_at) == ("due", None)
        assert "confirmed for a year" in client.post(url).content.decode()
        assert client.post(url).status_code == client.get(url).status_code == 410

        renewed = as_system("index").get(pk=entry.pk)
        assert (renewed.status, renewed.confirmed_at) == ("verified", clock.today())
        assert renewed.next_due == clock.today() + YEAR


def test_a_renewal_touches_only_the_day(client: Client) -> None:
    entry = somebody(offers="Words", name_for="partners")
    call_command("daily", on=day(340), verbosity=0)
    before = as_system("index").filter(pk=entry.pk).values().get()

    client.post(link_in(mail.outbox[0]))

    after = as_system("index").filter(pk=entry.pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"confirmed_at", "next_due", "status"} - (
        {"next_due"} if after["next_due"] == before["next_due"] else set()
    )


@pytest.mark.parametrize("stands", ["suspended", "withdrawn", "left", "paused", "refused"])
def test_a_link_brings_nobody_back_who_is_out(client: Client, stands: str) -> None:
    entry = somebody()
    call_command("daily", on=day(340), verbosity=0)
    as_system("index").filter(pk=entry.pk).update(status=stands)

    answer = client.post(link_in(mail.outbox[0]))

    assert (answer.status_code, status(entry)) == (410, stands)


@pytest.mark.parametrize("forged", ["x", "x" * 300, "é", "..", "%00"])
def test_a_forged_link_says_so(client: Client, forged: str) -> None:
    answer = client.get(f"/account/renew/{forged}/")

    assert answer.status_code in (404, 410)


def test_a_dormant_entry_comes_back_by_its_link(client: Client) -> None:
    entry = somebody()
    call_command("daily", on=day(360), verbosity=0)
    call_command("daily", on=day(400), verbosity=0)
    assert status(entry) == "dormant"

    with clock.standing_at(timezone.now() + timedelta(days=401)):
        client.post(link_in(mail.outbox[-1]))

    assert status(entry) == "verified"


def test_a_pause_does_not_stop_the_years(client: Client) -> None:
    entry = somebody(status="paused")

    call_command("daily", on=day(364), verbosity=0)
    assert status(entry) == "paused"
    call_command("daily", on=day(546), verbosity=0)

    assert status(entry) == "gone"


def test_stale_entries_lose_the_badge_and_their_place_in_the_counts(client: Client, signed_in: Callable) -> None:
    entry = somebody(badge_for="members")
    viewer = somebody()
    url = f"/en/people/{entry.public_id}/"
    assert "yes, by its network" in signed_in(viewer).get(url).content.decode()

    as_system("index").filter(pk=entry.pk).update(next_due=clock.today())
    freshness.pass_the_day()

    assert "yes, by its network" not in signed_in(viewer).get(url).content.decode()


def test_counts_are_published_once_a_month() -> None:
    call_command("daily", on="2027-01-02", verbosity=0)
    call_command("daily", on="2027-01-28", verbosity=0)
    assert Snapshot.objects.count() == 1
    call_command("daily", on="2027-02-01", verbosity=0)

    assert Snapshot.objects.count() == 2


def test_a_day_that_is_none_is_refused_with_a_sentence() -> None:
    with pytest.raises(CommandError, match="no day"):
        call_command("daily", on="tomorrow")


def officer(**fields: Any) -> Practitioner:
    """A post that one account answers."""
    post = somebody(user=None, role_mailbox=True, display_name="Duty desk", **fields)
    post.answered_by.add(UserFactory())
    return post


@pytest.mark.parametrize("made", [somebody, officer])
def test_a_closed_account_is_not_reminded_until_it_is_open_again(made: Callable[[], Practitioner]) -> None:
    entry = made()
    account = entry.user or entry.answered_by.get()
    account.is_active = False
    account.save()

    call_command("daily", on=day(336), verbosity=0)
    assert mail.outbox == []
    account.is_active = True
    account.save()
    call_command("daily", on=day(337), verbosity=0)

    assert [message.to for message in mail.outbox] == [[account.email]]


@pytest.mark.parametrize("made", [somebody, officer])
def test_a_suspended_entrys_account_is_told_nothing(made: Callable[..., Practitioner]) -> None:
    entry = made(status="suspended")

    call_command("daily", on=day(336), verbosity=0)

    assert accounts_of([entry.pk]) == []
    assert mail.outbox == []


def test_who_is_suspended_is_not_told_of_a_post_that_they_answer_with_others() -> None:
    post, stopped = officer(), somebody(status="suspended")
    post.answered_by.add(stopped.user)

    assert stopped.user not in accounts_of([post.pk])
    assert len(accounts_of([post.pk])) == 1


def test_an_account_that_owns_one_entry_and_answers_another_is_told_once() -> None:
    post = officer()
    account = post.answered_by.get()
    own = somebody(user=account)

    assert accounts_of([own.pk, post.pk]) == [account]
