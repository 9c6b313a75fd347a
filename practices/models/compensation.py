"""Compensation by country: routes, conditions, deadlines; what is not known is shown as not known."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from pages.models import BasePage
from practices.blocks import PointsBlock, SourcesBlock
from practices.reading import compensation_index_context, compensation_routes


class DeadlineBlock(blocks.StructBlock):
    """A time limit of one route, only where a source states one."""

    route = blocks.CharBlock(label=_("Route"))
    text = blocks.TextBlock(label=_("Time limit"))

    class Meta:
        icon = "time"
        label = _("Time limit")
        description = _("A time limit that a listed source states.")
        template = "blocks/deadline.html"
        preview_value = {"route": "Employment tribunal", "text": "Usually within 3 months."}


class DeadlinesBlock(blocks.StreamBlock):
    deadline = DeadlineBlock()


class CompensationPage(BasePage):
    """One country's routes to compensation. Not legal advice; laws change."""

    country = models.CharField(_("country"), max_length=2, help_text=_("ISO code"))
    criminal_route = models.TextField(_("in the criminal trial"), blank=True)
    civil_route = models.TextField(_("civil claim"), blank=True)
    labour_route = models.TextField(_("labour court or tribunal"), blank=True)
    state_fund = models.TextField(_("state fund"), blank=True)
    fund_conditions = models.TextField(_("conditions of the fund"), blank=True)
    residence_requirement = models.TextField(_("residence requirement"), blank=True)
    amounts = models.TextField(_("amounts"), blank=True)
    deadlines = StreamField(DeadlinesBlock(), verbose_name=_("time limits"), blank=True)
    practice_findings = StreamField(PointsBlock(), verbose_name=_("what happens in practice"), blank=True)
    sources = StreamField(SourcesBlock(), verbose_name=_("sources"), blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)
    compiled = models.CharField(_("compiled"), max_length=80, blank=True)
    unchecked_note = models.TextField(
        _("unchecked claims, for editors"), blank=True, help_text=_("Never shown to readers.")
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("country"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "criminal_route", "civil_route", "labour_route", "state_fund", "fund_conditions",
                    "residence_requirement", "amounts", "deadlines",
                )
            ],
            _("Routes: leave empty what is not known"),
        ),
        FieldPanel("practice_findings"),
        FieldPanel("sources"),
        MultiFieldPanel(
            [FieldPanel("last_checked"), FieldPanel("compiled"), FieldPanel("unchecked_note")], _("Checking")
        ),
    ]  # fmt: skip
    parent_page_types: ClassVar[list[str]] = ["practices.CompensationIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "practices/compensation_page.html"

    class Meta:
        verbose_name = _("compensation by country")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "routes": compensation_routes(self)}


class CompensationIndexPage(BasePage):
    """The countries for which routes are known."""

    subpage_types: ClassVar[list[str]] = ["practices.CompensationPage"]
    max_count_per_parent = 1
    template = "practices/compensation_index_page.html"

    class Meta:
        verbose_name = _("compensation: list of countries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            **compensation_index_context(CompensationPage.objects.live()),
        }
