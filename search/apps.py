"""The search app: finds anything, imports no other app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from search import signals  # models are not loaded before

        autodiscover_modules("search_index")
        signals.connect()
