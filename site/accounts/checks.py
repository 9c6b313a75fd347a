"""What `manage.py check --deploy` says about accounts."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks

SAMPLE_IN_EARNEST = "accounts.E001"
COUNTED_APART = "accounts.W001"


@checks.register(checks.Tags.security, deploy=True)
def counts_are_shared(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Failed sign-ins and used codes are counted in the cache; memory is one for each process."""
    if str(settings.CACHES["default"]["BACKEND"]).endswith("LocMemCache"):
        hint = "Set CACHE=database, unless exactly one process serves."
        return [checks.Warning("Each process counts failed sign-ins for itself.", hint=hint, id=COUNTED_APART)]
    return []


@checks.register(checks.Tags.security)
def only_the_demo_skips(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The setting that spares demo sign-ins the second factor stands nowhere but in the demo."""
    if settings.DEMO_SECOND_FACTOR and not settings.DEMO:
        return [checks.Error("DEMO_SECOND_FACTOR is for the demo only.", id=SAMPLE_IN_EARNEST)]
    return []
