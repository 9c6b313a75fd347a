"""Events: who met, what they recommended, and which guides carry each recommendation out."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from pages.models import BasePage
from practices.reading import event_context, event_index_context


class EventReportPage(BasePage):
    """A meeting of the field and what came out of it."""

    date = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    event_kind = models.CharField(_("kind of event"), max_length=120, blank=True)
    host = models.CharField(_("host"), max_length=200, blank=True)
    background = models.TextField(_("background"), blank=True)
    source_note = models.TextField(_("source"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("place")]),
        FieldRowPanel([FieldPanel("event_kind"), FieldPanel("host")]),
        FieldPanel("background"),
        InlinePanel("speakers", label=_("speaker"), heading=_("Speakers and their organisations")),
        InlinePanel("recommendations", label=_("recommendation"), heading=_("Recommendations")),
        FieldPanel("source_note"),
    ]
    parent_page_types: ClassVar[list[str]] = ["practices.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "practices/event_report_page.html"

    class Meta:
        verbose_name = _("event report")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **event_context(self, RecommendationPractice.objects)}


class EventSpeaker(Orderable):
    """Somebody who spoke in public, with the organisation spoken for."""

    event = ParentalKey(EventReportPage, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name, as the report gives it"), max_length=160, blank=True)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        "network.Organisation", models.SET_NULL, null=True, blank=True, related_name="event_speakers"
    )
    organisation_text = models.CharField(_("organisation, where it has no record"), max_length=160, blank=True)

    def __str__(self) -> str:
        return self.name or self.organisation_text


class Recommendation(ClusterableModel, Orderable):
    """One recommendation in our own faithful words."""

    event = ParentalKey(EventReportPage, on_delete=models.CASCADE, related_name="recommendations")
    theme = models.CharField(_("theme"), max_length=80, blank=True)
    text = models.TextField(_("recommendation"))

    panels: ClassVar[list[Any]] = [
        FieldPanel("theme"),
        FieldPanel("text"),
        InlinePanel("practices", label=_("guide"), heading=_("Guides that carry it out")),
    ]

    def __str__(self) -> str:
        return self.text[:60]


class RecommendationPractice(Orderable):
    """A guide that carries a recommendation out."""

    recommendation = ParentalKey(Recommendation, on_delete=models.CASCADE, related_name="practices")
    practice = models.ForeignKey("practices.PracticePage", models.CASCADE, related_name="recommendation_links")

    panels: ClassVar[list[Any]] = [PageChooserPanel("practice", "practices.PracticePage")]

    def __str__(self) -> str:
        return f"{self.recommendation_id} · {self.practice_id}"


class EventIndexPage(BasePage):
    """Event reports, newest first."""

    subpage_types: ClassVar[list[str]] = ["practices.EventReportPage"]
    max_count_per_parent = 1
    template = "practices/event_index_page.html"

    class Meta:
        verbose_name = _("events: list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **event_index_context(EventReportPage.objects.live())}
