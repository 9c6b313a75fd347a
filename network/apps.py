"""The directory: practitioners, organisations and networks, and who may see what of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        from network import account_rooms  # noqa: F401 # registers the network's lines of the account overview
