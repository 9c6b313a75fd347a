"""One sign-in for everybody, and accounts that nobody can make for themselves."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import identify_hasher
from django.test import Client

from config.settings import base

pytestmark = pytest.mark.django_db
PASSWORD = "a long sample passphrase"


def make_user(email: str = "someone@example.org", **fields: object):
    user = get_user_model().objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def test_an_account_signs_in_with_its_address_whatever_the_case(client: Client):
    make_user()

    answer = sign_in(client, "SomeOne@example.org")

    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client):
    make_user()

    wrong = sign_in(client, "someone@example.org", "not this one at all")
    unknown = sign_in(Client(), "nobody@example.org", "not this one at all")

    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_nobody_signs_up(client: Client):
    answer = client.post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert not get_user_model().objects.filter(email="new@example.org").exists()
    assert answer.status_code == 200


def test_the_cms_has_no_sign_in_of_its_own(client: Client):
    answer = client.get("/cms/login/?next=/cms/pages/")

    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/cms/pages/"


def test_an_account_without_a_cms_role_is_sent_away_from_the_cms(client: Client):
    client.force_login(make_user(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/cms/").status_code == 302


def test_two_accounts_cannot_differ_in_case_only():
    make_user("one@example.org")

    with pytest.raises(Exception, match=r"(?i)unique"):
        get_user_model().objects.create(email="ONE@example.org")


def test_the_demo_lists_its_sign_ins_and_other_settings_do_not(client: Client, settings):
    assert "editor@example.org" in client.get("/account/login/").content.decode()

    settings.DEMO = False

    assert "editor@example.org" not in client.get("/account/login/").content.decode()


def test_passwords_are_hashed_with_argon2_outside_the_tests(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS

    assert identify_hasher(make_user().password).algorithm == "argon2"
