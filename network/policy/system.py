"""Rows without a viewer: only for work that shows them to nobody, from callers that are listed here."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

# Purpose → the module that may ask for it; a test holds the source against this list.
SYSTEM_CALLERS: Mapping[str, str] = {
    "principals": "network.policy.principals",
    "index": "network.search_index",
    "snapshot": "network.snapshot",
    "starter content": "network.loading",
    "sample people": "network.loading_people",
    "lifecycle": "network.lifecycle",
    "freshness": "network.services.freshness",
    "erasure": "network.services.erasure",
    "own entry": "network.services.entry",
    "decoys": "network.services.decoys",
    "recovery": "network.services.recovery",
    "sample recovery": "network.loading_recovery",
    "recovery circle": "network.policy.recovery",
    "vetting": "network.policy.vetting",
    "applications": "network.policy.applications",
    "sample applications": "network.loading_applications",
    "joining": "network.services.entries",
    "sample messages": "network.loading_messages",
    "relay": "network.services.relay",
    "message reports": "network.services.reports",
    "who looked": "network.policy.looks",
    "log": "network.policy.log",
}


def as_system(purpose: str) -> Any:
    """Every entry, for a listed purpose; raises KeyError for any other."""
    SYSTEM_CALLERS[purpose]
    return apps.get_model("network", "Practitioner").objects.get_queryset().seen()
