"""The directory: practitioners, organisations and networks, and who may see what of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        # They register lines of the account overview, parts of the pages of entries and of own data, what is done once
        # a day, and what a step of an entry's life means elsewhere.
        from network import (  # noqa: F401
            account_rooms,
            digests,
            door,
            facet_labels,
            joining_rooms,
            own_parts,
            reaching_rooms,
        )
        from network.services import (  # noqa: F401
            decoys,
            enquiries,
            freshness,
            recovery,
            relay,
            reports,
            reveals,
            tidying,
        )
