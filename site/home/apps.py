"""Home: see the package's models."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
