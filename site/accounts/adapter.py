"""What allauth asks us: accounts are made by invitation and vetting, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Joining goes through an application and two coordinators."""
        return False
