"""The address changes when both mailboxes have said yes, and not before."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import email_change
from accounts.models import EmailChange, User
from tests.accounts.people import make_user, session_of, sign_in, signed_in

pytestmark = pytest.mark.django_db
OLD, NEW = "someone@example.org", "someone.else@example.org"
LINK = re.compile(r"http://localhost:8000(/account/email/(new|old|stop)/\S+/)")


def ask(client: Client, new_email: str = NEW) -> dict[str, str]:
    """Asks for the change; the links that were sent, by whose they are."""
    mail.outbox.clear()
    client.post("/account/email/", {"new_email": new_email})
    return {part: path for message in mail.outbox for path, part in LINK.findall(str(message.body))}


def press(path: str) -> Any:
    return Client().post(path)


def address_of(user: User) -> str:
    user.refresh_from_db()
    return user.email


def test_each_address_gets_its_own_link_and_does_not_read_the_other():
    ask(signed_in(make_user()))

    to = {message.to[0]: message for message in mail.outbox}
    assert set(to) == {OLD, NEW}
    assert NEW not in to[OLD].body
    assert OLD not in to[NEW].body
    assert {part for _path, part in LINK.findall(str(to[OLD].body))} == {"old", "stop"}
    assert {part for _path, part in LINK.findall(str(to[NEW].body))} == {"new"}


@pytest.mark.parametrize("order", [("new", "old"), ("old", "new")])
def test_nothing_changes_until_both_have_said_yes(order: tuple[str, str]):
    user = make_user()
    links = ask(signed_in(user))

    press(links[order[0]])
    assert address_of(user) == OLD
    assert sign_in(Client(), NEW).status_code == 200

    press(links[order[1]])
    assert address_of(user) == NEW
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    assert sign_in(Client(), NEW).status_code == 302
    assert sign_in(Client(), OLD).status_code == 200


def test_one_address_pressing_twice_is_still_one():
    user = make_user()
    links = ask(signed_in(user))

    press(links["new"])
    press(links["new"])

    assert address_of(user) == OLD


def test_a_mail_scanner_that_opens_every_link_changes_nothing_and_reads_nothing():
    user = make_user()
    links = ask(signed_in(user))

    for path in links.values():
        page = Client().get(path)
        assert page.status_code == 200
        assert "example.org" not in re.sub(r"example\.org/?\"", "", page.content.decode())

    assert address_of(user) == OLD
    assert EmailChange.objects.filter(new_said_yes=False, old_said_yes=False).exists()


def test_the_old_address_can_stop_it():
    user = make_user()
    links = ask(signed_in(user))
    press(links["new"])

    stopped = press(links["stop"])

    assert "is stopped" in stopped.content.decode()
    assert press(links["old"]).status_code == 410
    assert address_of(user) == OLD


def test_the_change_ends_every_session_and_tells_both_addresses():
    user = make_user()
    client = signed_in(user)
    links = ask(client)
    mail.outbox.clear()

    press(links["new"])
    press(links["old"])

    assert client.get("/account/").status_code == 302
    assert {message.to[0] for message in mail.outbox} == {OLD, NEW}
    assert not any(NEW in message.body for message in mail.outbox if message.to == [OLD])


@pytest.mark.parametrize("path", ["/account/email/new/forged/", "/account/email/old/forged/", "/account/email/stop/x/"])
def test_a_forged_link_does_nothing_and_says_so(path: str):
    assert Client().get(path).status_code == press(path).status_code == 410


def test_a_link_of_one_address_does_not_speak_for_the_other():
    user = make_user()
    links = ask(signed_in(user))
    press(links["new"])

    answer = press(links["new"].replace("/new/", "/old/"))

    assert answer.status_code == 410
    assert address_of(user) == OLD


def test_links_die_after_three_days_and_are_forgotten():
    links = ask(signed_in(make_user()))
    EmailChange.objects.update(expires=timezone.now() - timedelta(seconds=1))

    assert press(links["new"]).status_code == 410
    assert email_change.forget_old() == 1


def test_asking_again_makes_the_first_links_useless():
    user = make_user()
    client = signed_in(user)
    first = ask(client)
    press(first["old"])
    second = ask(client, "a.third@example.org")

    press(second["new"])

    assert press(first["new"]).status_code == 410
    assert address_of(user) == OLD


def test_the_owner_can_give_it_up():
    client = signed_in(make_user())
    links = ask(client)

    client.post("/account/email/take-back/")

    assert press(links["new"]).status_code == 410


def test_whether_an_address_has_an_account_is_not_told_to_the_asker():
    make_user("taken@example.org")
    client = signed_in(make_user())

    free, taken = (
        client.post("/account/email/", {"new_email": f"{name}@example.org"}, follow=True).content.decode()
        for name in ("nobody", "taken")
    )

    without = [re.sub(r"\w+@example\.org|value=\"\w{64}\"|on \d+ \w+ \d+, [\d:]+", "", page) for page in (free, taken)]
    assert without[0] == without[1]


def test_an_address_that_has_an_account_gets_no_link_and_is_told_why():
    make_user("taken@example.org")

    links = ask(signed_in(make_user()), "Taken@example.org")

    assert set(links) == {"old", "stop"}
    assert "exists already" in next(message.body for message in mail.outbox if message.to == ["taken@example.org"])


def test_an_address_taken_meanwhile_changes_nothing():
    user = make_user()
    links = ask(signed_in(user))
    press(links["new"])
    make_user(NEW)

    answer = press(links["old"])

    assert "Nothing was changed" in answer.content.decode()
    assert address_of(user) == OLD
    assert EmailAddress.objects.filter(user=user, email=OLD, verified=True, primary=True).exists()


def test_the_password_is_asked_for_again_when_signing_in_was_long_ago():
    client = signed_in(make_user())
    session = session_of(client)
    session["signed_in_at"] -= 3600
    session.save()

    answer = client.post("/account/email/", {"new_email": NEW})

    assert answer["Location"].startswith("/account/reauthenticate/")
    assert not EmailChange.objects.exists()


def test_what_was_sent_is_not_in_the_database():
    links = ask(signed_in(make_user()))

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_emailchange")
        stored = repr(cursor.fetchall())

    assert not any(path.split("/")[-2] in stored for path in links.values())


def test_asking_too_often_is_stopped():
    client = signed_in(make_user())

    answers = [client.post("/account/email/", {"new_email": f"a{number}@example.org"}) for number in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


def test_the_address_one_has_and_nonsense_are_refused_at_the_field():
    client = signed_in(make_user())

    for wrong in (OLD.upper(), "nonsense", ""):
        page = client.post("/account/email/", {"new_email": wrong}).content.decode()
        assert "Something needs to be put right" in page
        assert 'href="#id_new_email"' in page
