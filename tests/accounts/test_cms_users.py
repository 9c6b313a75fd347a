"""The CMS lists the accounts of those who work in it, and lets nobody learn of any other."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from accounts.models import User
from tests.accounts.people import make_user, sign_in, signed_in

pytestmark = pytest.mark.django_db
SECRET = "canary.member@example.org"


@pytest.fixture
def chief() -> Client:
    return signed_in(make_user("chief@example.org", is_superuser=True, is_staff=True))


@pytest.fixture
def member() -> User:
    return make_user(SECRET, second_factor_required=True, first_name="Canary")


def make_editor() -> User:
    user = make_user("colleague@example.org")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def test_the_list_and_its_search_hold_those_with_a_role_only(chief: Client, member: User):
    make_editor()

    for address in (
        "/cms/users/", "/cms/users/?q=canary", "/cms/users/?q=example", "/cms/users/results/?q=canary",
        "/cms/users/?is_active=true", "/cms/users/?order=-last_login", "/cms/users/?export=csv",
    ):  # fmt: skip
        page = chief.get(address).getvalue().decode()
        assert "canary.member" not in page, address
    assert "colleague@example.org" in chief.get("/cms/users/").content.decode()


@pytest.mark.parametrize("act", ["edit", "delete", "history", "usage", "copy"])
def test_an_account_without_a_role_is_absent_as_one_that_never_was(chief: Client, member: User, act: str):
    hidden, never = (chief.get(f"/cms/users/{act}/{pk}/") for pk in (member.pk, 99999))

    assert hidden.status_code == never.status_code == 404


def test_acting_on_several_by_number_passes_over_those_without_a_role(chief: Client, member: User):
    group = Group.objects.get(name="Editors")
    for action, given in (
        ("delete", {}),
        ("set_active_state", {"mark_as_active": "False"}),
        ("assign_role", {"role": group.pk}),
    ):
        for chosen in (str(member.pk), "all"):
            address = f"/cms/bulk/accounts/user/{action}/?id={chosen}"
            assert "canary" not in chief.get(address).content.decode().lower(), address
            chief.post(address, given)

    member.refresh_from_db()
    assert member.is_active
    assert not member.groups.exists()


def test_every_bulk_act_on_accounts_is_one_of_ours():
    acts = bulk_action_registry.get_bulk_actions_for_model("accounts", "user")

    assert {act.__module__ for act in acts} == {"accounts.cms_users"}


def form(email: str, **more: Any) -> dict[str, Any]:
    return {"email": email, "first_name": "A", "last_name": "B", **more}


def test_somebody_new_gets_an_account_whose_password_nobody_else_knows(chief: Client):
    page = chief.get("/cms/users/new/").content.decode()
    chief.post("/cms/users/new/", form("New@example.org", groups=[Group.objects.get(name="Editors").pk]))

    assert 'type="password"' not in page
    made = User.objects.get(email="new@example.org")
    assert not made.has_usable_password()


def test_adding_a_member_tells_nothing_and_gives_their_account_the_role(chief: Client, member: User):
    editors = Group.objects.get(name="Editors").pk

    known = chief.post("/cms/users/new/", form(SECRET, groups=[editors]))
    new = chief.post("/cms/users/new/", form("nobody.yet@example.org", groups=[editors]))

    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    member.refresh_from_db()
    assert member.first_name == "Canary"
    assert member.has_usable_password()
    assert [group.name for group in member.groups.all()] == ["Editors"]


def test_a_role_must_be_chosen_and_the_answer_does_not_tell_who_has_an_account(chief: Client, member: User):
    pages = [chief.post("/cms/users/new/", form(email)) for email in (SECRET, "nobody.yet@example.org")]

    assert all("Choose a role" in page.content.decode() for page in pages)
    assert not User.objects.filter(email="nobody.yet@example.org").exists()


def test_nobody_changes_the_address_or_password_of_another(chief: Client):
    editor = make_editor()
    before = editor.password

    chief.post(
        f"/cms/users/edit/{editor.pk}/",
        form("thief@example.org", is_active="on", password1="stolen passphrase", password2="stolen passphrase"),
    )

    editor.refresh_from_db()
    assert (editor.email, editor.password) == ("colleague@example.org", before)


def test_one_cannot_change_ones_own_address_or_password_round_the_account_page(chief: Client):
    page = chief.get("/cms/account/").content.decode()

    assert "name_email-email" not in page
    assert "new_password1" not in page


def test_a_new_colleague_chooses_a_password_confirms_the_address_and_is_led_to_a_second_factor(chief: Client):
    chief.post("/cms/users/new/", form("new@example.org", groups=[Group.objects.get(name="Editors").pk]))
    client = Client()

    def follow(number: int) -> str:
        found = re.search(r"http://testserver(\S+)", str(mail.outbox[number].body))
        assert found
        return found.group(1)

    client.post("/account/password/reset/", {"email": "new@example.org"})
    chosen = client.get(follow(0), follow=True).redirect_chain[-1][0]
    client.post(chosen, {"password1": "a wholly new passphrase", "password2": "a wholly new passphrase"})
    mail.outbox.clear()
    assert sign_in(client, "new@example.org", "a wholly new passphrase")["Location"] == "/account/confirm-email/"
    client.post(follow(0))
    sign_in(client, "new@example.org", "a wholly new passphrase")

    assert client.get("/cms/")["Location"] == "/account/2fa/start/?next=/cms/"
    assert client.get("/account/2fa/totp/activate/").status_code == 200
