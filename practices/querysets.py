"""Reads of the library, named for what they are for."""

from collections.abc import Sequence
from typing import Any, Self

from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from vocabulary.models import Term


class PracticeQuerySet(PageQuerySet):
    """Guides."""

    def about(self, term: Term) -> Self:
        """Guides classified by this term or a narrower one."""
        return self.filter(terms__in=[term.pk, *term.narrower.values_list("pk", flat=True)]).distinct()

    def for_readers_of(self, language: str) -> Self:
        """Each guide once: in `language` where it exists, else in English."""
        translated = self.model.objects.live().filter(locale__language_code=language).values("translation_key")
        own = self.filter(locale__language_code=language)
        if language == "en":
            return own
        return own | self.filter(locale__language_code="en").exclude(translation_key__in=translated)

    def in_lists(self) -> list[Any]:
        """With what a card shows, in two queries, and without the long texts."""
        pages = list(self.select_related("locale").defer_streamfields())
        attach_terms(pages)
        return pages


def attach_terms(pages: Sequence[Any]) -> None:
    """Gives each guide its terms by scheme in one query (the cluster's own manager knows no prefetching)."""
    if not pages:
        return
    through = pages[0]._meta.model.terms.through
    rows = through.objects.filter(practicepage__in=[page.pk for page in pages]).select_related("term")
    grouped: dict[int, dict[str, list[Term]]] = {}
    for row in rows.order_by("term__position"):
        grouped.setdefault(row.practicepage_id, {}).setdefault(row.term.scheme, []).append(row.term)
    for page in pages:
        page.by_scheme = grouped.get(page.pk, {})


class PracticeManager(PageManager.from_queryset(PracticeQuerySet)):  # type: ignore[misc] # Wagtail has no types
    """Guides, in any state."""
