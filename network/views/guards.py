"""Views of one record that only some may reach: who signed in and may not is told the same as if it were absent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from network.views.private import not_there

View = Callable[..., HttpResponse]


def behind(argument: str, find: Callable[[HttpRequest, str], Any]) -> Callable[[View], View]:
    """A decorator that gives the view the record that `find` names by the address's `argument`; None is a 404."""

    def guard(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            record = find(request, kwargs.pop(argument))
            if record is None:
                return not_there(request)  # which no log keeps: the address holds the id of what is hidden
            return view(request, record, **kwargs)

        return guarded

    return guard
