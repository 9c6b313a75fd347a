"""How long a sign-in lasts, where somebody is signed in, and signing out everywhere."""

import re
import time
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from allauth.core import context
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import get_random_string

# Seconds.
IDLE, ABSOLUTE = 30 * 60, 12 * 60 * 60
# The session is written at most this often for being used.
NOTED_EVERY = 60
BEGAN, SEEN = "signed_in_at", "seen_at"
NOWHERE = "0.0.0.0"  # noqa: S104 - stands in the list's column for an address that is not kept
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))


def begin(request: HttpRequest, **_signal: Any) -> None:
    """Starts both clocks; called at every sign-in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def is_over(session: Any) -> bool:
    """Whether a signed-in session was idle too long or is too old."""
    now = time.time()
    return now - session.get(SEEN, now) > IDLE or now - session.get(BEGAN, now) > ABSOLUTE


def note_use(session: Any) -> None:
    """Winds the idle clock; a session that never had clocks gets them."""
    now = int(time.time())
    session.setdefault(BEGAN, now)
    if now - session.get(SEEN, 0) >= NOTED_EVERY:
        session[SEEN] = now


def just_signed_in(session: Any) -> bool:
    """Whether password and factor were asked for so lately that they need not be asked for again."""
    return time.time() - session.get(BEGAN, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def sign_out_everywhere(user: Any, keep: HttpRequest | None = None) -> None:
    """Ends all sessions of an account on their next request, also those that are in no list; `keep` goes on."""
    user.session_nonce = get_random_string(32)
    user.save(update_fields=["session_nonce"])
    if keep is not None:
        update_session_auth_hash(keep, user)
        keep.session.save()  # the list below reads what is stored
        list_this(keep)
    UserSession.objects.purge_and_list(user)


def list_this(request: HttpRequest) -> None:
    """Puts this session into the person's list."""
    UserSession.objects.create_from_request(request)
    forget_where(request=request)


def forget_where(request: HttpRequest, **_signal: Any) -> None:
    """The list keeps which browser on which system, not the internet address and no more of the browser's words."""
    row = UserSession.objects.filter(session_key=request.session.session_key)
    for user_agent in row.values_list("user_agent", flat=True):
        row.update(ip=NOWHERE, user_agent=browser(user_agent))


def browser(user_agent: str) -> str:
    """“Firefox, Android” of what a browser says of itself; names only, no version. Empty when it says nothing known."""
    known = [next((name for sign, name in each if sign in user_agent), "") for each in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in known if name) or re.sub(r"[^A-Za-z, ].*", "", user_agent)[:40]


def forget_ended() -> int:
    """Removes sessions whose time is over, and the lines that tell of them; returns how many lines."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store.clear_expired()
    known = Session.objects.values("session_key")
    return UserSession.objects.exclude(session_key__in=known).delete()[0]


def forget(user: Any) -> None:
    """Removes every session of an account that goes, also those in no list: each holds the address of its sign-in."""
    UserSession.objects.filter(user=user).delete()
    theirs = [row.pk for row in Session.objects.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()


class SessionsAdapter(DefaultUserSessionsAdapter):
    """“Sign out everywhere else” ends also what is not in the list."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        super().end_sessions(sessions)
        if context.request.user.is_authenticated:
            sign_out_everywhere(context.request.user, keep=context.request)
