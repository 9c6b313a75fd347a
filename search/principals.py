"""Who is asking. The function that knows is a higher app's and named by a setting."""

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


def of_request(request: HttpRequest) -> frozenset[str]:
    """The principals of whoever sent this request."""
    return _function(settings.SEARCH_PRINCIPALS)(request)


@lru_cache(maxsize=2)
def _function(path: str) -> Callable[[HttpRequest], frozenset[str]]:
    return cast(Callable[[HttpRequest], frozenset[str]], import_string(path))
