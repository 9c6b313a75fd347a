"""Pages that stand outside the tree: not found, refused before any page was asked, and our own mistake."""

from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


class Refusal(NamedTuple):
    """Why nothing was done, and what to do now, in words."""

    title: str
    why: str
    then: str


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what is absent and for what this reader may not see."""
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is too much, or is nothing that a browser sends in order."""
    if isinstance(exception, RequestDataTooBig):
        return _refused(request, 413, _too_large())
    return _refused(
        request,
        400,
        Refusal(
            _("This could not be read"),
            _("What arrived here was cut off on the way, or is nothing that this site takes."),
            _("Go back, open the page anew, and try once more."),
        ),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A room for other accounts; what must not be known to exist answers as not found instead."""
    return _refused(
        request,
        403,
        Refusal(
            _("This is not open to you"),
            _("The account that you are signed in with, or no account at all, may not do this."),
            _("If it should, ask whoever gave you the account."),
        ),
    )


def came_from_elsewhere(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of this browser: forged by another site, or older than the last sign-in."""
    return _refused(
        request,
        403,
        Refusal(
            _("Please send it once more"),
            _("The page stood open while you signed in or out, or your browser keeps no cookies of this site."),
            _("Go back, copy what you wrote, load the page anew, and send it again."),
        ),
    )


def only_by_a_button(request: HttpRequest) -> HttpResponse:
    """An address that a button sends to was opened as a page, as after signing in once more in between."""
    return _refused(
        request,
        405,
        Refusal(
            _("Press the button once more"),
            _("This address only takes what a button sends, and you may have signed in again in between."),
            _("Go back to the page with the button, and press it again."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a context: whatever broke may be in it."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def _too_large() -> Refusal:
    most = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return Refusal(
        _("This was too much at once"),
        _("A page takes at most %(most)s of text.") % {"most": most},
        _("Go back: what you wrote is often still there. Shorten it, or send it in parts."),
    )


def _refused(request: HttpRequest, status: int, refusal: Refusal) -> HttpResponse:
    response = render(request, "refused.html", {"refusal": refusal}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
