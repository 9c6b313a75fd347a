"""What every page shares, and the plain page."""

from pages.models.base import BasePage
from pages.models.standard import StandardPage

__all__ = ["BasePage", "StandardPage"]
