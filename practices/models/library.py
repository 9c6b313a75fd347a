"""LibraryPage: every guide, by what a reader is trying to do."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pages.models import BasePage
from practices.models.practice import PracticePage
from practices.reading import library_context


class LibraryPage(BasePage):
    """The list of guides of one language, with those that exist in English only marked so."""

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels]
    subpage_types: ClassVar[list[str]] = ["practices.PracticePage"]
    max_count_per_parent = 1
    template = "practices/library_page.html"

    class Meta:
        verbose_name = _("library")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Finds a guide in one query; Wagtail's own way takes two, and this is the page read most."""
        if len(path_components) == 1:
            guide = PracticePage.objects.child_of(self).filter(slug=path_components[0]).select_related("locale").first()
            if guide is not None:
                return guide.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **library_context(PracticePage.objects.live())}
