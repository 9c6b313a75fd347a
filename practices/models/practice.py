"""PracticePage: a practice guide, with its card on top."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase

from pages.models import BasePage
from practices.forms import PracticePageForm
from practices.models import content
from practices.panels import PRACTICE_PANELS, PRACTICE_SETTINGS_PANELS
from practices.publication import missing_for_publication, stated_gaps
from practices.querysets import PracticeManager
from practices.reading import reading_context
from vocabulary.models import Term
from vocabulary.tree import with_broader


class PracticeKeyword(TaggedItemBase):
    """An editor's free keyword on a guide."""

    content_object = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="tagged_items")


class PracticePage(  # type: ignore[django-manager-missing] # modelcluster relations are managers of its own
    content.CardText,
    content.ContextText,
    content.MethodText,
    content.SafetyText,
    content.ResultsText,
    content.TransferText,
    content.LifeText,
    BasePage,
):
    """What works, for whom, when, and above all when not. A required field holds text or a stated gap."""

    # One relation for all schemes: a guide's classification costs one query, and each scheme is one form field.
    terms = ParentalManyToManyField(Term, blank=True, related_name="guides")
    countries = models.JSONField(_("countries"), default=list, blank=True)
    keywords = ClusterTaggableManager(through=PracticeKeyword, blank=True, verbose_name=_("free keywords"))

    base_form_class = PracticePageForm
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, *PRACTICE_PANELS]
    settings_panels: ClassVar[list[Any]] = [*PRACTICE_SETTINGS_PANELS, *BasePage.settings_panels]

    parent_page_types: ClassVar[list[str]] = ["practices.LibraryPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "practices/practice_page.html"

    objects: ClassVar[PracticeManager] = PracticeManager()
    # Set by the form while a draft is saved: a live guide's draft may be incomplete, the live guide may not.
    saving_draft = False

    class Meta:
        verbose_name = _("practice guide")

    def schemes(self) -> dict[str, list[Term]]:
        """Terms by scheme; one query for the page, none where they were prefetched."""
        grouped: dict[str, list[Term]] = {}
        for term in self.terms.all():
            grouped.setdefault(term.scheme, []).append(term)
        return grouped

    @cached_property
    def by_scheme(self) -> dict[str, list[Term]]:
        """`schemes()` remembered for the length of a request."""
        return self.schemes()

    def one(self, scheme: str) -> Term | None:
        """The only term of a scheme that takes one: evidence, safety, firewall, resource_type."""
        return next(iter(self.by_scheme.get(scheme, [])), None)

    @property
    def concepts(self) -> tuple[str, ...]:
        """What it is about, for search: every term with the broader ones."""
        return tuple(with_broader(term.pk for terms in self.by_scheme.values() for term in terms))

    @property
    def evidence_code(self) -> str:
        """E4 … E0, NR or X; NR where nothing was said."""
        term = self.one("evidence")
        return term.pk.removeprefix("evidence-").upper() if term else "NR"

    def _label(self, scheme: str) -> str:
        term = self.one(scheme)
        return term.label() if term else ""

    @property
    def evidence_label(self) -> str:
        return self._label("evidence")

    @property
    def safety_label(self) -> str:
        return self._label("safety")

    @property
    def firewall_label(self) -> str:
        return self._label("firewall")

    @property
    def type_label(self) -> str:
        return self._label("resource_type")

    @property
    def assessment_overdue(self) -> bool:
        return self.assessment_due is not None and self.assessment_due < timezone.localdate()

    @property
    def names(self) -> list[str]:
        return [line.strip() for line in self.other_names.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        if self.live and not self.saving_draft and (missing := missing_for_publication(self)):
            fields = {field.name for field in self._meta.get_fields()}
            raise ValidationError(
                {
                    name if name in fields else "terms": message if name in fields else f"{name}: {message}"
                    for name, message in missing.items()
                }
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **reading_context(self, request), "gaps": stated_gaps(self)}
