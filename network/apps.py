"""The directory: practitioners, organisations and networks, and who may see what of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        # Brings this room's lines to the account overview and to the pages of entries and networks.
        from network import joining_rooms  # noqa: F401
