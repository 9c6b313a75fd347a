"""The library: guides and what hangs on them, compensation routes, events and their recommendations."""

from practices.models.compensation import CompensationIndexPage, CompensationPage
from practices.models.event import EventIndexPage, EventReportPage, Recommendation, RecommendationPractice
from practices.models.library import LibraryPage
from practices.models.links import GuideAdviser, GuideOrganisation, RelatedPractice
from practices.models.practice import PracticePage

__all__ = [
    "CompensationIndexPage",
    "CompensationPage",
    "EventIndexPage",
    "EventReportPage",
    "GuideAdviser",
    "GuideOrganisation",
    "LibraryPage",
    "PracticePage",
    "Recommendation",
    "RecommendationPractice",
    "RelatedPractice",
]
