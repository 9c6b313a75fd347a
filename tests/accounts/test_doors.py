"""Every address that could let somebody in: one does, all others lead to it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth import views as auth_views
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail import views as wagtail_views
from wagtail.admin.views import account as wagtail_account
from wagtail.documents.views import serve as wagtail_documents

from tests.accounts.people import PASSWORD, make_user, session_of, set_up_app

pytestmark = pytest.mark.django_db
# A name or an address that speaks of letting in, out, or back in.
TELLING = re.compile(r"log_?in|log_?out|sign_?in|password|authenticate|token|jwt|oauth|otp|2fa|mfa|sso", re.IGNORECASE)
OURS = re.compile(r"^/account/")
LEADS_ON = {
    "/cms/login/": "/account/login/",
    "/cms/password_reset/": "/account/password/reset/",
    "/cms/password_reset/done/": "/account/password/reset/",
    "/cms/password_reset/confirm/MQ/set-password/": "/account/password/reset/",
    "/cms/password_reset/complete/": "/account/password/reset/",
    "/en/_util/login/": "/account/login/",
}
ABSENT = {"/en/_util/authenticate_with_password/1/1/", "/cms/documents/authenticate_with_password/1/"}
SAMPLE = {
    "int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x", "part": "new",
}  # fmt: skip


def every_address(resolver: Any = None, before: str = "/") -> Iterator[tuple[str, Any, str]]:
    """(an address, its view, its name) of everything in the resolver, with arguments filled in."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + _filled(str(each.pattern))
        if isinstance(each, URLResolver):
            yield from every_address(each, route)
        elif isinstance(each, URLPattern):
            yield route, each.callback, each.name or ""


def _filled(route: str) -> str:
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLE[found.group(1) or "str"], route)
    for pattern, sample in (
        (r"(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)", "1-x"),
        (r"(?P<key>[-:\w]+)", "x"),
        (r"^cms/password_reset/.*$", "cms/password_reset/done/"),
        (r"((?:[\w\-]+/)*)", ""),
        (r"(\d+)/(.*)", "1/x"),
        (r"\d+", "1"),
    ):
        route = route.replace(pattern, sample)
    return re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", route).replace("^", "").replace("$", "").replace("\\", "")


def doors() -> set[str]:
    """Addresses whose route, name or view speaks of letting in; what has its own place in this file's lists."""
    return {
        route
        for route, view, name in every_address()
        if TELLING.search(f"{route} {name} {getattr(view, '__qualname__', '')}")
    }


def test_the_doors_are_those_of_the_account_and_those_that_lead_to_it():
    elsewhere = {route for route in doors() if not OURS.match(route)}

    # Behind ours in the list, so that ours answer: asked for in the next test.
    assert elsewhere == {*LEADS_ON, *ABSENT, "/cms/logout/"} - {"/cms/password_reset/confirm/MQ/set-password/"} | {
        "/cms/password_reset/confirm/x/x/"
    }


def test_no_view_of_django_or_wagtail_that_lets_somebody_in_answers_at_any_address():
    foreign = {
        *(view for view in vars(auth_views).values() if isinstance(view, type)),
        *(view for view in vars(wagtail_account).values() if isinstance(view, type)),
        wagtail_documents.authenticate_with_password,
        wagtail_views.authenticate_with_password,
    }
    client = Client()

    for route in sorted(doors() | set(LEADS_ON)):
        answered = getattr(client.get(route), "resolver_match", None)
        view = getattr(answered.func, "view_class", answered.func) if answered else None
        assert view not in foreign, route


@pytest.mark.parametrize(("door", "target"), LEADS_ON.items())
def test_other_doors_lead_to_the_one(door: str, target: str):
    client = Client()
    user = make_user()

    asked, posted = client.get(door), client.post(door, {"username": user.email, "password": PASSWORD})

    for answer in (asked, posted):
        assert answer.status_code == 302
        assert answer["Location"].startswith(target)
    assert "_auth_user_id" not in session_of(client)
    assert mail.outbox == []


def test_a_door_of_the_cms_keeps_where_one_wanted_to_go():
    assert Client().get("/cms/login/?next=/cms/pages/")["Location"] == "/account/login/?next=/cms/pages/"


@pytest.mark.parametrize("door", sorted(ABSENT))
def test_there_are_no_passwords_that_several_people_share(door: str):
    assert Client().get(door).status_code == Client().post(door, {"password": "x"}).status_code == 404


def test_signing_out_of_the_cms_signs_out():
    client = Client()
    client.force_login(make_user())

    client.post("/cms/logout/")

    assert "_auth_user_id" not in session_of(client)


def test_neither_djangos_admin_nor_an_interface_for_programs_is_there():
    client = Client()

    for address in ("/admin/", "/en/admin/", "/api/v2/pages/", "/api/v3/"):
        assert client.get(address, follow=True).status_code == 404, address


def test_no_door_lets_somebody_in_with_the_password_alone_who_has_a_second_factor():
    user = make_user()
    set_up_app(user)
    given = {"username": user.email, "login": user.email, "email": user.email, "password": PASSWORD}

    for door in sorted(doors() | set(LEADS_ON)):
        client = Client()
        client.post(door, given)
        assert "_auth_user_id" not in session_of(client), door


def test_a_header_signs_nobody_in():
    user = get_user_model().objects.create_superuser("chief@example.org", PASSWORD)

    for name in ("REMOTE_USER", "HTTP_REMOTE_USER", "HTTP_X_FORWARDED_USER"):
        assert Client().get("/cms/", **{name: user.email}).status_code == 302
