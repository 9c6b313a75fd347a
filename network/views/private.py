"""Pages behind the sign-in: in no cache, in no search engine, and silent about what is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """View decorator: for signed-in readers; what they are shown is kept by nobody."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return unkept(view(request, *args, **kwargs))

    return login_required(shown)


def unkept(response: HttpResponse) -> HttpResponse:
    """The response, in no cache and no search engine."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to."""
    return request.POST if request.method == "POST" else None


def not_there(request: HttpRequest, template: str = "404.html") -> HttpResponse:
    """Absent, forbidden and switched off answer the same."""
    answer = unkept(render(request, template, status=404))
    answer._has_been_logged = True  # type: ignore[attr-defined] # Django's log would keep the id of what is hidden
    return answer
