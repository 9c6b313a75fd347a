"""The library: guides, compensation routes, events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        # Brings the library's sections to the directory's pages and to the form of an entry, its partitions to the
        # published counts, and what it keeps of a person to their own data.
        from practices import advisers, entry_form, network_sections, own_data  # noqa: F401
