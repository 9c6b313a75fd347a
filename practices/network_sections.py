"""What the library brings to the directory's pages: guides somebody can advise on, guides an organisation ran."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from network.models import Organisation
from network.policy import EntryCard
from network.sections import section
from practices.advisers import GROUP
from practices.models import EventReportPage, GuideAdviser, PracticePage

TEMPLATE = "practices/guides_section.html"


@section("entry")
@section("preview")
def guides_of_entry(card: EntryCard, principals: frozenset[str], language: str) -> tuple[str, Mapping] | None:
    """The guides somebody can advise on, where this viewer may see that group of the entry."""
    if GROUP not in card.groups:
        return None
    keys = GuideAdviser.objects.filter(practitioner__public_id=card.public_id).values("guide_key")
    guides = guides_by_key(keys, language)
    return (TEMPLATE, {"title": "advice", "guides": guides}) if guides else None


@section("organisation")
def guides_of_organisation(body: Organisation, principals: frozenset[str], language: str) -> tuple[str, Mapping] | None:
    """The guides whose practice the organisation ran or described."""
    keys = PracticePage.objects.filter(guide_organisations__organisation=body).values_list("translation_key", flat=True)
    guides = guides_by_key(keys, language)
    return (TEMPLATE, {"title": "ran", "guides": guides}) if guides else None


@section("organisation")
def events_of_organisation(body: Organisation, principals: frozenset[str], language: str) -> tuple[str, Mapping] | None:
    """Events where somebody spoke for the organisation."""
    events = EventReportPage.objects.live().filter(speakers__organisation=body).distinct()
    found = _links(events)
    return (TEMPLATE, {"title": "spoke", "guides": found}) if found else None


def guides_by_key(keys: Iterable[UUID] | QuerySet, language: str) -> list[dict[str, Any]]:
    """Live guides in the reader's language where they exist, else in English; one query for all."""
    return _links(PracticePage.objects.live().filter(translation_key__in=keys).for_readers_of(language))


def _links(pages: QuerySet) -> list[dict[str, Any]]:
    return [{"title": page.title, "url": page.url} for page in pages.select_related("locale").order_by("title")]
