"""The directory: practitioners, organisations and networks, and who may see what of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        # Both register: lines of the account overview, and what is done once a day.
        from network import account_rooms, digests  # noqa: F401
        from network.services import decoys, freshness  # noqa: F401
