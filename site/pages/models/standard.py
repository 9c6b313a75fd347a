"""StandardPage: privacy, accessibility, staying safe, and whatever else a site must say."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.blocks import BodyBlock
from pages.models.base import BasePage


class StandardPage(BasePage):
    """A page of running text with a list of contents."""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("body")]
    template = "pages/standard_page.html"
    subpage_types: ClassVar[list[str]] = ["pages.StandardPage"]

    class Meta:
        verbose_name = _("standard page")

    def contents(self) -> list[dict[str, str]]:
        """Headings with their anchors, in order."""
        headings = [str(block.value) for block in self.body if block.block_type == "heading"]
        return [{"id": slugify(each, allow_unicode=True), "title": each} for each in headings]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "contents": self.contents()}
