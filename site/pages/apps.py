"""Pages: see the package's models."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
