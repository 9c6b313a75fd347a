"""What the front page shows of every room."""

from typing import Any

from django.http import HttpRequest

from pages.context import current_language
from practices.cards import event_card, guide_card
from practices.models import EventReportPage, PracticePage
from practices.reading import method_counts

NEWEST = 4


def home_context(request: HttpRequest) -> dict[str, Any]:
    """Ways into the library, the newest guides, the newest event."""
    language = current_language()
    guides = PracticePage.objects.live().for_readers_of(language).order_by("-last_published_at").in_lists()
    events = EventReportPage.objects.live().select_related("locale").order_by("-date")[:1]
    stages: dict[str, dict[str, Any]] = {}
    for guide in guides:
        for term in guide.by_scheme.get("stage", []):
            entry = stages.setdefault(
                term.pk, {"id": term.pk, "label": term.label(language), "count": 0, "position": term.position}
            )
            entry["count"] += 1
    return {
        "guide_total": len(guides),
        "methods": method_counts(guides, language),
        "stages": sorted(stages.values(), key=lambda entry: entry["position"]),
        "newest": [guide_card(guide, language) for guide in guides[:NEWEST]],
        "event_cards": [event_card(page, language) for page in events],
    }
