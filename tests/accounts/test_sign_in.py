"""One sign-in for everybody, and accounts that nobody can make for themselves."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher
from django.core import mail
from django.core.cache import cache
from django.test import Client

from config.settings import base
from tests.accounts.people import PASSWORD, make_user, session_of, sign_in

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    """What a page says, without what differs between any two answers, and without what was typed in."""
    said = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r"[\w.]+@example\.org", "", said)


def test_an_account_signs_in_with_its_address_whatever_the_case(client: Client):
    make_user()

    answer = sign_in(client, "SomeOne@example.org")

    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer():
    make_user()
    make_user("closed@example.org", is_active=False)

    answers = [sign_in(Client(), f"{who}@example.org", "not this one") for who in ("someone", "nobody", "closed")]

    assert {answer.status_code for answer in answers} == {200}
    assert len({body(answer) for answer in answers}) == 1


def test_asking_for_a_new_password_gets_the_same_answer_and_a_mail_of_the_same_kind_for_every_address():
    make_user()
    make_user("closed@example.org", is_active=False)
    asked = [f"{who}@example.org" for who in ("someone", "nobody", "closed")]

    answers = [Client().post("/account/password/reset/", {"email": email}, follow=True) for email in asked]

    assert len({body(answer) for answer in answers}) == 1
    assert sorted(message.to[0] for message in mail.outbox) == sorted(asked)
    assert {message.subject for message in mail.outbox} == {"Your account"}
    assert ["/password/reset/key/" in message.body for message in mail.outbox] == [True, False, False]


class CountingHasher(Argon2PasswordHasher):
    """Says how often the slow work was done."""

    slow_work = 0
    time_cost, memory_cost, parallelism = 1, 8, 1

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.slow_work += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.slow_work += 1
        return super().verify(password, encoded)


@pytest.mark.parametrize("who", ["someone", "nobody", "closed", "without"])
def test_an_unknown_address_costs_the_same_slow_work_as_a_known_one(settings, who: str):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    make_user()
    make_user("closed@example.org", is_active=False)
    without = make_user("without@example.org")
    without.set_unusable_password()
    without.save()
    CountingHasher.slow_work = 0

    sign_in(Client(), f"{who}@example.org", "not this one")

    assert CountingHasher.slow_work == 1


@pytest.mark.parametrize("who", ["someone", "nobody"])
def test_after_five_failures_the_right_password_fails_too_and_known_or_not_is_not_told(who: str):
    make_user()

    failures = [sign_in(Client(), f"{who}@example.org", "not this one") for _ in range(5)]
    sixth = sign_in(Client(), f"{who}@example.org", PASSWORD)

    assert "do not belong together" in failures[-1].content.decode()
    assert "Too many attempts" in sixth.content.decode()


def test_ten_failures_from_one_place_close_it_for_all_addresses():
    make_user()

    for number in range(10):
        sign_in(Client(), f"guess{number}@example.org", "not this one")

    assert "Too many attempts" in sign_in(Client()).content.decode()


def test_flooding_the_counts_with_other_addresses_does_not_wash_them_away():
    make_user()
    for _ in range(5):
        sign_in(Client(), password="not this one")

    for number in range(2000):
        cache.set(f"another-count-{number}", [0.0], 300)

    assert "Too many attempts" in sign_in(Client()).content.decode()


def test_one_who_asks_too_often_is_asked_to_wait_in_our_words():
    answers = [Client().post("/account/password/reset/", {"email": "nobody@example.org"}) for _ in range(6)]

    assert answers[-1].status_code == 429
    assert "Wait a few minutes" in answers[-1].content.decode()


def test_signing_in_gives_the_session_a_new_key(client: Client):
    make_user()
    client.get("/account/password/reset/")
    session = session_of(client)
    session["planted"] = "by somebody else"
    session.save()
    before = client.session.session_key

    sign_in(client)

    assert client.session.session_key != before


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:a()", "\\\\evil.example"])
def test_signing_in_leads_to_no_other_site(target: str):
    make_user()

    answer = sign_in(Client(), next=target)

    assert answer["Location"] == "/account/"


def test_nobody_signs_up(client: Client):
    answer = client.post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert not get_user_model().objects.filter(email="new@example.org").exists()
    assert answer.status_code == 200


def test_an_account_without_a_cms_role_is_sent_away_from_the_cms_and_not_in_a_circle(client: Client):
    client.force_login(make_user())

    answer = client.get("/cms/", follow=True)

    assert answer.redirect_chain[-1][0] == "/account/"
    assert answer.status_code == 200


def test_two_accounts_cannot_differ_in_case_only():
    make_user("one@example.org")

    with pytest.raises(Exception, match=r"(?i)unique"):
        get_user_model().objects.create(email="ONE@example.org")


def test_the_demo_lists_its_sign_ins_and_other_settings_do_not(client: Client, settings):
    assert "editor@example.org" in client.get("/account/login/").content.decode()

    settings.DEMO = False

    assert "editor@example.org" not in client.get("/account/login/").content.decode()


def test_a_demo_account_in_a_copied_database_opens_nothing_in_earnest(client: Client, settings):
    make_user(sample=True)
    settings.DEMO = False

    answer = sign_in(client)

    assert "do not belong together" in answer.content.decode()


def test_passwords_are_hashed_with_argon2_outside_the_tests(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS

    assert identify_hasher(make_user().password).algorithm == "argon2"


@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/account/logout/",
        "/account/password/reset/",
        "/account/password/change/",
        "/account/email/",
        "/account/email/take-back/",
        "/account/language/",
        "/account/sessions/",
        "/account/2fa/totp/activate/",
        "/account/2fa/recovery-codes/generate/",
        "/account/2fa/webauthn/login/",
        "/cms/logout/",
    ],
)
def test_a_form_of_another_site_is_refused(address: str):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())

    assert client.post(address, {"email": "x@example.org"}).status_code == 403


def test_mail_is_in_the_language_that_its_reader_chose():
    make_user(language="fr")

    Client().post("/account/password/reset/", {"email": "someone@example.org"}, headers={"accept-language": "ru"})

    assert mail.outbox[0].subject == "Votre compte"
