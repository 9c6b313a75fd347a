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


# The schemes that a card shows: a guide has some thirty terms, and these are five of them.
ON_CARDS = ("profession", "resource_type", "evidence")


def attach_card_terms(pages: Sequence[Any]) -> None:
    """As `attach_terms`, for guides of which only the card is shown: terms of other schemes are absent."""
    attach_terms(pages, ON_CARDS)


def attach_terms(pages: Sequence[Any], schemes: Sequence[str] = ()) -> None:
    """Gives each guide its terms by scheme in one query (the cluster's own manager knows no prefetching).

    Of all schemes, or of those named.
    """
    if not pages:
        return
    through = pages[0]._meta.model.terms.through
    # A thousand rows name some two hundred terms: each term is made once, which is most of the time of a list.
    columns = ("practicepage_id", "term_id", "term__scheme", "term__position", "term__broader_id", "term__labels")
    rows = through.objects.filter(practicepage__in=[page.pk for page in pages]).order_by("term__position")
    if schemes:
        rows = rows.filter(term__scheme__in=schemes)
    terms: dict[str, Term] = {}
    grouped: dict[int, dict[str, list[Term]]] = {}
    for guide, pk, scheme, position, broader, labels in rows.values_list(*columns):
        if pk not in terms:
            terms[pk] = Term(id=pk, scheme=scheme, position=position, broader_id=broader, labels=labels)
        grouped.setdefault(guide, {}).setdefault(scheme, []).append(terms[pk])
    for page in pages:
        page.by_scheme = grouped.get(page.pk, {})


class PracticeManager(PageManager.from_queryset(PracticeQuerySet)):  # type: ignore[misc] # Wagtail has no types
    """Guides, in any state."""
