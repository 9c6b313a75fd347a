"""A sign-in ends by our clock, on purpose, and everywhere at once."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.sessions import ABSOLUTE, BEGAN, IDLE, SEEN, browser, forget, forget_ended, sign_out_everywhere
from tests.accounts.people import PASSWORD, make_user, session_of, sign_in, signed_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PIXEL = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)


def wind(client: Client, **seconds: int) -> None:
    """Sets the session's clocks back."""
    session = session_of(client)
    session.update({{"seen": SEEN, "began": BEGAN}[name]: int(time.time()) - ago for name, ago in seconds.items()})
    session.save()


def stays_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize(("idle", "stays"), [(IDLE - 60, True), (IDLE + 1, False)])
def test_half_an_hour_without_a_request_ends_a_sign_in(idle: int, stays: bool):
    client = signed_in(make_user())
    wind(client, seen=idle)

    assert stays_in(client) is stays


@pytest.mark.parametrize(("age", "stays"), [(ABSOLUTE - 60, True), (ABSOLUTE + 1, False)])
def test_twelve_hours_end_a_sign_in_however_busy_it_was(age: int, stays: bool):
    client = signed_in(make_user())
    wind(client, seen=0, began=age)

    assert stays_in(client) is stays


def test_each_request_winds_the_idle_clock_but_not_the_other():
    client = signed_in(make_user())
    wind(client, seen=IDLE - 60, began=5000)

    client.get("/en/")

    session = session_of(client)
    assert time.time() - session[SEEN] < 5
    assert time.time() - session[BEGAN] > 4990


def test_a_page_of_the_cms_that_asks_by_itself_keeps_nobody_signed_in():
    client = signed_in(make_user())
    wind(client, seen=600)

    client.post("/cms/editing-sessions/ping/wagtailcore/page/1/")

    assert time.time() - session_of(client)[SEEN] > 590


def test_who_was_signed_out_by_the_clock_is_told_and_led_back_to_where_they_were():
    client = signed_in(make_user())
    wind(client, seen=IDLE + 1)

    answer = client.get("/account/sessions/", follow=True)

    assert "some time has passed" in answer.content.decode()
    assert 'name="next" value="/account/sessions/"' in answer.content.decode()


def test_the_key_of_an_ended_session_opens_nothing_any_more():
    client = signed_in(make_user())
    key = client.cookies["sessionid"].value
    wind(client, seen=IDLE + 1)
    client.get("/account/")

    client.cookies["sessionid"] = key

    assert not stays_in(client)


def test_signing_out_ends_the_session_on_the_server():
    client = signed_in(make_user())
    key = client.cookies["sessionid"].value

    client.post("/account/logout/")
    client.cookies["sessionid"] = key

    assert not stays_in(client)


def test_looking_at_the_sign_out_page_signs_nobody_out():
    client = signed_in(make_user())

    client.get("/account/logout/")

    assert stays_in(client)


def test_signing_out_everywhere_else_keeps_this_one_and_ends_those_in_no_list_too():
    make_user()
    here, there, unlisted = Client(), Client(), Client()
    for client in (here, there, unlisted):
        sign_in(client)
    UserSession.objects.filter(session_key=session_of(unlisted).session_key).delete()

    here.post("/account/sessions/")

    assert [stays_in(client) for client in (here, there, unlisted)] == [True, False, False]


def test_an_account_can_be_signed_out_everywhere_by_the_site():
    user = make_user()
    clients = [signed_in(user), signed_in(user)]

    sign_out_everywhere(user)

    assert [stays_in(client) for client in clients] == [False, False]


def test_a_new_password_ends_every_other_session():
    user = make_user()
    here, there = signed_in(user), signed_in(user)

    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another long passphrase", "password2": "another long passphrase"},
    )

    assert [stays_in(here), stays_in(there)] == [True, False]


def test_a_closed_account_is_out_on_the_next_request():
    user = make_user()
    client = signed_in(user)

    user.is_active = False
    user.save()

    assert not stays_in(client)


def test_the_list_shows_browsers_and_keeps_no_internet_address():
    make_user()
    here = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.9")
    sign_in(here)
    sign_in(Client(headers={"user-agent": PIXEL}, REMOTE_ADDR="203.0.113.9"))

    page = here.get("/account/sessions/").content.decode()

    assert "Chrome, Android" in page
    assert "Firefox" in page
    kept = str(list(UserSession.objects.values_list()))
    assert "203.0.113.9" not in kept
    assert "Mozilla" not in kept


def test_a_new_password_does_not_bring_the_internet_address_back():
    make_user()
    client = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(client)

    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another long passphrase", "password2": "another long passphrase"},
    )

    assert "203.0.113.9" not in str(list(UserSession.objects.values_list()))


def test_ended_sessions_and_their_lines_are_forgotten():
    user = make_user()
    sign_in(Client())
    sign_in(Client())
    Session.objects.filter(pk=Session.objects.first().pk).update(expire_date=timezone.now() - timedelta(minutes=1))

    assert forget_ended() == 1
    assert UserSession.objects.filter(user=user).count() == Session.objects.count() == 1


def test_the_sessions_of_an_account_that_goes_are_removed_also_those_in_no_list():
    user = make_user()
    sign_in(Client())
    signed_in(user)
    sign_in(Client(), make_user("other@example.org").email)
    UserSession.objects.filter(user=user).first().delete()

    forget(user)

    assert UserSession.objects.filter(user=user).count() == 0
    assert [row.get_decoded()["_auth_user_id"] for row in Session.objects.all()] != [str(user.pk)]
    assert Session.objects.count() == 1


def test_the_list_holds_this_browser_also_after_its_session_got_a_new_key():
    client = signed_in(make_user())
    UserSession.objects.all().delete()

    assert "this one" in client.get("/account/sessions/").content.decode()


@pytest.mark.parametrize(
    ("said", "kept"),
    [(FIREFOX, "Firefox"), (PIXEL, "Chrome, Android"), ("", ""), ("curl/8.5.0", "curl"), ("<script>", "")],
)
def test_of_what_a_browser_says_only_names_are_kept(said: str, kept: str):
    assert browser(said) == kept


def test_the_cookie_cannot_be_read_by_scripts_and_goes_when_the_browser_closes():
    make_user()
    client = Client()

    sign_in(client)

    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["max-age"] == ""


def test_pages_of_the_account_speak_the_language_that_was_chosen():
    client = signed_in(make_user())

    client.post("/account/language/", {"language": "fr"})

    assert '<html lang="fr"' in client.get("/account/", headers={"accept-language": "ru"}).content.decode()
    assert '<html lang="en"' in client.get("/en/people/").content.decode()


def test_a_language_that_the_site_does_not_speak_is_not_kept():
    user = make_user()

    signed_in(user).post("/account/language/", {"language": "xx"})

    user.refresh_from_db()
    assert user.language == ""
