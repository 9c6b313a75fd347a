"""No route that takes an address tells whether it has an account: not by its answer, its mail or its work.

Every route is asked about addresses of every kind. What must be the same: status, headers, page, how many queries, how
many mails of which subject, and how often a password is hashed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from network import clock
from network.models import Network
from tests.accounts.people import PASSWORD, make_user, set_up_app, signed_in
from tests.accounts.test_sign_in import CountingHasher
from tests.network.factories import NetworkFactory, PractitionerFactory
from tests.network.joining_world import filled_in
from tests.network.sessions import member, session_for
from tests.network.test_schema import OUR_APPS

pytestmark = pytest.mark.django_db
ADDRESS = "sought@example.org"
# What differs between any two answers, and what was typed in.
MASKED = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|nonce(-|=")[\w+/=-]+|name="mark" value="[^"]*"|[\w.+-]+@example\.org|'
    r"sessionid=\w+|csrftoken=\w+|expires=[^;]+|(?<=messages=)[^;]+|\b[0-9a-f]{20,}\b"
)
NOT_COMPARED = {"Content-Length", "Expires"}


def known(address: str) -> None:
    make_user(address)


def with_second_factor(address: str) -> None:
    set_up_app(make_user(address))


def unverified(address: str) -> None:
    make_user(address)
    EmailAddress.objects.filter(email=address).update(verified=False)


def closed(address: str) -> None:
    make_user(address, is_active=False)


def without_password(address: str) -> None:
    user = make_user(address)
    user.set_unusable_password()
    user.save()


def a_member(address: str) -> None:
    PractitionerFactory(user=make_user(address), networks=[NetworkFactory()])


def suspended(address: str) -> None:
    PractitionerFactory(user=make_user(address), networks=[NetworkFactory()], status="suspended")


def in_the_cms(address: str) -> None:
    make_user(address, is_staff=True, is_superuser=True)


def unknown(address: str) -> None:
    """Nobody."""


KINDS: tuple[Callable[[str], None], ...] = (
    unknown, known, with_second_factor, unverified, closed, without_password, a_member, suspended, in_the_cms,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """A network, somebody who is signed in and a member of it, and an administrator of the CMS."""

    network: Network
    asker: Any
    chief: Any


@pytest.fixture
def world() -> World:
    network = NetworkFactory()
    asker = member(network, next_due=clock.today() + timedelta(days=200))
    asker.user.set_password(PASSWORD)
    asker.user.save()
    EmailAddress.objects.create(user=asker.user, email=asker.user.email, verified=True, primary=True)
    chief = make_user("chief@example.org", is_staff=True, is_superuser=True)
    return World(network, asker, chief)


Ask = Callable[[World, str], Any]


def signs_in(world: World, address: str) -> Any:
    return Client().post("/account/login/", {"login": address, "password": "not this one"})


def forgot_the_password(world: World, address: str) -> Any:
    return Client().post("/account/password/reset/", {"email": address})


def signs_up(world: World, address: str) -> Any:
    return Client().post("/account/signup/", {"email": address, "password1": PASSWORD, "password2": PASSWORD})


def applies(world: World, address: str) -> Any:
    return Client().post("/en/join/", filled_in(world.network, email=address))


def names_vouchers(world: World, address: str) -> Any:
    asked = filled_in(world.network, email="new@example.org", method="vouchers", claim=f"{address}\nmore@example.org")
    return Client().post("/en/join/", asked)


def changes_the_address(world: World, address: str) -> Any:
    return signed_in(world.asker.user).post("/account/email/", {"new_email": address})


def invites(world: World, address: str) -> Any:
    return session_for(world.asker.user).post("/account/invitations/", {"network": world.network.pk, "email": address})


def asks_to_be_let_in(world: World, address: str) -> Any:
    return Client().post("/account/recovery/", {"email": address, "password": "not this one", "lost_factor": "on"})


def names_a_new_mailbox(world: World, address: str) -> Any:
    asked = {"email": world.asker.user.email, "password": PASSWORD, "lost_mailbox": "on", "new_mailbox": address}
    return Client().post("/account/recovery/", asked)


def gives_a_role_in_the_cms(world: World, address: str) -> Any:
    given = {"email": address, "first_name": "Ana", "last_name": "Example", "is_superuser": "on"}
    return signed_in(world.chief).post("/cms/users/new/", given)


ROUTES: tuple[Ask, ...] = (
    signs_in, forgot_the_password, signs_up, applies, names_vouchers, changes_the_address, invites, asks_to_be_let_in,
    names_a_new_mailbox, gives_a_role_in_the_cms,
)  # fmt: skip


# What is done for a new address has more to it here: an account is made. Who asks sees the CMS's accounts anyway.
MAKES_ACCOUNTS = (gives_a_role_in_the_cms,)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody who asks can learn or measure."""

    status: int
    headers: tuple[tuple[str, str], ...]
    page: str
    mails: tuple[str, ...]
    statements: tuple[str, ...]
    hashed: int


class Asking:
    """Asks a route about an address of a kind, in the same world each time."""

    def __init__(self, world: World, committing: Any) -> None:
        self.world, self.committing = world, committing

    def __call__(self, route: Ask, kind: Callable[[str], None]) -> Answer:
        cache.clear()
        with transaction.atomic():
            kind(ADDRESS)
            mail.outbox.clear()
            CountingHasher.slow_work = 0
            with CaptureQueriesContext(connection) as queries, self.committing(execute=True):
                answer = route(self.world, ADDRESS)
            transaction.set_rollback(True)
        return Answer(
            answer.status_code,
            headers(answer),
            MASKED.sub("", answer.content.decode()),
            tuple(sorted(f"{message.subject} to {len(message.recipients())}" for message in mail.outbox)),
            tuple(statement for query in queries if (statement := short(query["sql"]))),
            CountingHasher.slow_work,
        )


def headers(answer: Any) -> tuple[tuple[str, str], ...]:
    """Headers and cookies, but for what a clock or a dice has written."""
    plain = [(name, MASKED.sub("", value)) for name, value in answer.items() if name not in NOT_COMPARED]
    cookies = [("Set-Cookie", MASKED.sub("", morsel.OutputString())) for morsel in answer.cookies.values()]
    return tuple(sorted([*plain, *cookies]))


def short(sql: str) -> str:
    """“SELECT accounts_user” of a statement; "" of what marks a place in a transaction."""
    table = re.search(r'(?:FROM|INTO|UPDATE) "(\w+)"', sql)
    return "" if "SAVEPOINT" in sql else f"{sql.split()[0]} {table.group(1) if table else ''}"


@pytest.fixture
def asking(world: World, settings: Any, django_capture_on_commit_callbacks: Any) -> Asking:
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_in.CountingHasher"]
    return Asking(world, django_capture_on_commit_callbacks)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_the_answer_the_mail_and_the_work_are_the_same(asking: Asking, route: Ask) -> None:
    asking(route, unknown)  # fills what a process keeps in memory
    for_nobody = asking(route, unknown)

    for kind in KINDS[1:]:
        answer = asking(route, kind)
        if route in MAKES_ACCOUNTS:
            if kind is not in_the_cms:
                assert (answer.status, answer.headers, answer.mails) == (302, for_nobody.headers, for_nobody.mails)
            continue
        assert answer == for_nobody, kind.__name__


def test_what_differs_is_noticed(asking: Asking) -> None:
    """Somebody who gives the right password is answered otherwise, by every measure but the hashing."""

    def knows_the_password(world: World, address: str) -> Any:
        return Client().post("/account/login/", {"login": address, "password": PASSWORD})

    nobody, owner = asking(knows_the_password, unknown), asking(knows_the_password, known)

    assert nobody.status != owner.status
    assert nobody.headers != owner.headers
    assert nobody.page != owner.page
    assert nobody.statements != owner.statements


def test_every_form_of_ours_that_takes_an_address_is_among_them() -> None:
    """A new one needs a route above, or to be one that looks no account up."""
    assert get_resolver().url_patterns  # reading them imports every form
    ours = {each for each in all_forms(forms.BaseForm) if each.__module__.partition(".")[0] in OUR_APPS}
    takes = {each.__name__ for each in ours if any(isinstance(f, forms.EmailField) for f in fields(each))}

    assert takes == {"PlainResetForm", "ApplicationForm", "InvitationForm", "AskForm", "NewAddressForm", "AddForm"} | {
        "EntryForm",  # how to be reached: encrypted, and compared with nothing
        "EditForm",  # shows the address of a colleague in the CMS and takes none
    }


def all_forms(form: type[Any]) -> set[type[Any]]:
    return {form, *(each for child in form.__subclasses__() for each in all_forms(child))}


def fields(form: type[Any]) -> list[Any]:
    return list(getattr(form, "base_fields", {}).values())
