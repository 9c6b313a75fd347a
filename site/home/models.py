"""The front page: looks over everything."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.overview import home_context
from pages.models import BasePage


class HomePage(BasePage):
    """What a reader meets first: a question, the ways in, and help now."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("Two sentences under the title."))

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("lead")]
    subpage_types: ClassVar[list[str]] = [
        "practices.LibraryPage",
        "practices.CompensationIndexPage",
        "practices.EventIndexPage",
        "pages.StandardPage",
    ]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def translations_by_language(self) -> dict[str, str]:
        """The front page stands in every language of the interface: no query is needed to know it."""
        return {code: f"/{code}/" for code, _name in settings.LANGUAGES}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **home_context(request)}
