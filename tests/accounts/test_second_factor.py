"""Who sees people, or edits, shows a second factor; without one they are nobody, on every address there is."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client

from accounts import second_factor
from accounts.middleware import AskForSecondFactor
from accounts.models import User
from tests.accounts.people import code, make_user, recovery_codes_of, session_of, set_up_app, sign_in, signed_in
from tests.accounts.test_doors import every_address
from tests.site_tree import make_site

pytestmark = pytest.mark.django_db
START = "/account/2fa/start/"
SET_UP = "/account/2fa/totp/activate/"


def member(**fields: Any) -> User:
    return make_user(second_factor_required=True, **fields)


def read(answer: Any) -> str:
    """A page without what differs between any two answers, and without the header's link to the account."""
    text = re.sub(r'value="[\w-]{60,70}"|nonce="[^"]*"', "", answer.content.decode(errors="replace"))
    return re.sub(r'<a href="/account/(login|2fa/start)/[^>]*>[^<]*</a>', "", text)


@pytest.mark.parametrize(
    "fields", [{"second_factor_required": True}, {"is_staff": True}, {"is_superuser": True}, {"groups": "Editors"}]
)
def test_members_and_whoever_works_in_the_cms_need_one(fields: dict[str, Any]):
    group = fields.pop("groups", None)
    user = make_user(**fields)
    if group:
        user.groups.add(Group.objects.get(name=group))

    assert second_factor.needed_by(User.objects.get(pk=user.pk))
    assert signed_in(user, factor=False).get("/account/")["Location"] == f"{START}?next=/account/"


def test_an_account_that_sees_nobody_and_edits_nothing_does_not_need_one():
    assert signed_in(make_user(), factor=False).get("/account/").status_code == 200


def test_only_demo_accounts_are_spared_it_and_only_in_the_demo(settings: Any):
    demo, real = member(sample=True), member(email="real@example.org")

    assert [second_factor.needed_by(user) for user in (demo, real)] == [False, True]
    settings.DEMO_SECOND_FACTOR = False
    assert second_factor.needed_by(demo)


def test_without_it_every_address_answers_as_to_nobody_or_leads_to_setting_one_up():
    make_site()
    half, nobody = signed_in(member(is_superuser=True), factor=False), Client()
    anew = {route for route, _view, name in every_address() if name in AskForSecondFactor.OPEN}
    seen: dict[str, str] = {}

    for route in sorted({route for route, _view, _name in every_address()} - anew):
        told, public = half.get(route), nobody.get(route)
        if told.status_code == 302 and told["Location"].startswith(START):
            assert public.status_code == 302 or route == "/account/login/", route
            assert route == "/account/login/" or "/account/login/" in public["Location"], route
            seen[route] = "set up"
        else:
            assert (told.status_code, read(told)) == (public.status_code, read(public)), route
            seen[route] = "as nobody"

    assert seen["/account/"] == seen["/cms/"] == seen["/cms/users/"] == seen["/account/email/"] == "set up"
    assert seen["/en/"] == seen["/en/people/"] == "as nobody"


def test_without_it_nothing_can_be_done_either():
    user = member(is_superuser=True)
    client = signed_in(user, factor=False)

    for route in ("/account/language/", "/account/email/", "/account/password/change/", "/cms/users/new/"):
        answer = client.post(route, {"language": "fr", "new_email": "other@example.org"})
        assert answer["Location"].startswith(START), route

    user.refresh_from_db()
    assert user.language == ""
    assert mail.outbox == []


def test_pages_shown_to_somebody_half_signed_in_stay_in_no_cache():
    assert "no-store" in signed_in(member(), factor=False).get("/en/people/")["Cache-Control"]


def test_setting_up_an_app_opens_the_account_at_once_and_leads_on_to_where_one_wanted_to_go():
    client = signed_in(member(), factor=False)
    client.get("/account/sessions/", follow=True)
    secret = client.get(SET_UP).context["form"].secret

    answer = client.post(SET_UP, {"code": code(secret)})

    assert answer["Location"] == "/account/2fa/recovery-codes/"
    assert len(re.findall(r"<code>\d{8}</code>", client.get(answer["Location"]).content.decode())) == 10
    assert client.get("/account/2fa/done/")["Location"] == "/account/sessions/"
    assert client.get("/account/").status_code == 200


def test_recovery_codes_are_shown_once():
    client = signed_in(member(), factor=False)
    secret = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": code(secret)})
    client.get("/account/2fa/recovery-codes/")

    again = client.get("/account/2fa/recovery-codes/").content.decode()

    assert not re.search(r"\d{8}", re.sub(r"<head>.*?</head>", "", again, flags=re.DOTALL))
    assert client.get("/account/2fa/recovery-codes/download/").status_code == 403


def test_setting_one_up_gives_the_session_a_new_key_and_ends_those_that_know_the_password_alone():
    user = member()
    client, elsewhere = signed_in(user, factor=False), signed_in(user, factor=False)
    key = session_of(client).session_key
    secret = client.get(SET_UP).context["form"].secret

    client.post(SET_UP, {"code": code(secret)})

    assert session_of(client).session_key != key
    assert elsewhere.get(SET_UP)["Location"].startswith("/account/login/")


def test_a_session_with_the_password_alone_cannot_add_a_factor_beside_one():
    user = member()
    client = signed_in(user, factor=False)
    set_up_app(user)

    answer = client.get("/account/2fa/webauthn/add/")

    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in session_of(client)


def test_a_factor_that_is_set_up_is_asked_for():
    user = member()
    secret = set_up_app(user)
    client = Client()

    first = sign_in(client)
    assert first["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/")["Location"].startswith("/account/login/")

    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/account/").status_code == 200


def test_a_code_works_once():
    secret = set_up_app(member())
    shown = code(secret)
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)

    used, replayed = (client.post("/account/2fa/authenticate/", {"code": shown}) for client in (first, second))

    assert (used.status_code, replayed.status_code) == (302, 200)
    assert "_auth_user_id" not in session_of(second)


def test_a_recovery_code_works_once():
    user = member()
    set_up_app(user)
    spare = recovery_codes_of(user)[0]
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)

    used, again = (client.post("/account/2fa/authenticate/", {"code": spare}) for client in (first, second))

    assert (used.status_code, again.status_code) == (302, 200)
    assert "_auth_user_id" not in session_of(second)


def test_codes_cannot_be_guessed_one_after_another():
    secret = set_up_app(member())
    client = Client()
    sign_in(client)

    for number in range(5):
        client.post("/account/2fa/authenticate/", {"code": f"00000{number}"})
    answer = client.post("/account/2fa/authenticate/", {"code": code(secret)})

    assert "Too many attempts" in answer.content.decode()
    assert "_auth_user_id" not in session_of(client)


def test_a_new_password_by_mail_does_not_go_round_the_factor():
    user = member()
    set_up_app(user)
    client = Client()
    client.post("/account/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link
    form = client.get(link.group(1), follow=True).redirect_chain[-1][0]
    chosen = {"password1": "a wholly new passphrase", "password2": "a wholly new passphrase"}

    client.post(form, chosen)
    answer = sign_in(client, password="a wholly new passphrase")

    assert answer["Location"] == "/account/2fa/authenticate/"


def test_the_only_factor_of_somebody_who_needs_one_stays():
    user = member()
    set_up_app(user)
    client = signed_in(user)

    page = client.get("/account/2fa/totp/deactivate/")
    client.post("/account/2fa/totp/deactivate/")

    assert "only second factor" in page.content.decode()
    assert second_factor.is_set_up(user)


def test_the_only_key_of_somebody_who_needs_one_stays_and_one_of_two_may_go():
    user = member()
    data = {"name": "Key", "credential": {}}
    keys = [Authenticator.objects.create(user=user, type="webauthn", data=data) for _ in range(2)]
    client = signed_in(user)

    for key in keys:
        client.post(f"/account/2fa/webauthn/keys/{key.pk}/remove/")

    assert list(Authenticator.objects.filter(user=user)) == [keys[1]]


def test_nobody_removes_the_key_of_somebody_else():
    owner, other = member(), member(email="other@example.org")
    key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Key", "credential": {}})

    assert signed_in(other).post(f"/account/2fa/webauthn/keys/{key.pk}/remove/").status_code == 404


def test_secrets_of_apps_and_recovery_codes_are_not_in_the_database():
    user = member()
    secret = set_up_app(user)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mfa_authenticator")
        stored = repr(cursor.fetchall())

    assert secret not in stored
    assert "seed" in stored
    assert recovery_codes_of(user)[0] not in stored


def test_whoever_is_made_chief_on_the_server_sets_one_up_first():
    User.objects.create_superuser("chief@example.org", "a long sample passphrase")
    client = Client()

    sign_in(client, "chief@example.org")

    assert client.get("/cms/users/")["Location"] == f"{START}?next=/cms/users/"


def test_the_header_offers_to_finish_signing_in():
    page = signed_in(member(), factor=False).get("/en/people/").content.decode()

    assert f'href="{START}"' in page


def test_the_setup_page_leads_to_no_other_site():
    client = signed_in(member(), factor=False)

    client.get(f"{START}?next=https://evil.example/")

    assert "after_second_factor" not in session_of(client)


def test_long_after_signing_in_the_password_is_asked_again_before_a_factor_is_touched():
    client = signed_in(member())
    session = session_of(client)
    session["signed_in_at"] -= 3600
    session.save()

    assert client.get(SET_UP)["Location"].startswith("/account/reauthenticate/")


def test_the_doors_stand_in_the_right_order(settings: Any):
    order = [name.rsplit(".", 1)[1] for name in settings.MIDDLEWARE]

    wanted = ["AuthenticationMiddleware", "EndOldSessions", "AskForSecondFactor", "AccountMiddleware"]
    assert [name for name in order if name in wanted] == wanted
