"""BasePage: a neutral title for the tab, a summary, and the state of a translation."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from pages.context import languages
from pages.panels import TitleCheckedPageForm


class BasePage(Page):
    """Every page of the site. Its tab shows `neutral_title`, so that a glance at the screen tells nothing."""

    class TranslationState(models.TextChoices):
        ORIGINAL = "original", _("Original, or a translation that was reviewed")
        UNREVIEWED = "unreviewed", _("Translation not yet reviewed by a native reader")

    neutral_title = models.CharField(
        _("neutral title"),
        max_length=40,
        help_text=_("Shown in the browser's tab and history. Use words that tell a watcher nothing."),
    )
    summary = models.TextField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence, shown in lists and searches.")
    )
    translation_state = models.CharField(
        _("state of the translation"), max_length=12, choices=TranslationState, default=TranslationState.ORIGINAL
    )

    base_form_class = TitleCheckedPageForm
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("neutral_title"),
        FieldPanel("summary"),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("translation_state")], _("Address and language")),
    ]

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language of the text, from the locale without a query of its own."""
        return str(self.locale.language_code)

    def translations_by_language(self) -> dict[str, str]:
        """Address by language of this page and its live translations; one query, which brings its locale too."""
        family = Page.objects.filter(translation_key=self.translation_key).select_related("locale")
        found: dict[str, str] = {}
        for each in family:
            if each.pk == self.pk:
                self.locale = each.locale
            if each.live or each.pk == self.pk:
                found[each.locale.language_code] = each.url
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        known = self.translations_by_language()
        section = "/".join(self.url.split("/")[2:3])
        elsewhere = {code: known.get(code) or f"/{code}/{section}/" for code in ("en", "fr", "ru")}
        context["languages"] = languages(request.path, elsewhere)
        context["also_in"] = [each for each in context["languages"] if each["code"] in known and not each["current"]]
        return context
