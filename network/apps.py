"""The directory: practitioners, organisations and networks, and who may see what of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        # Brings what is done daily, what a step of an entry's life means elsewhere, and the account overview's lines.
        from network import door, reaching_rooms  # noqa: F401
        from network.services import enquiries, relay, reports, reveals  # noqa: F401
