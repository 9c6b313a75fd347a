"""A small site for tests: the real page tree with one page of each type, made by hand in English."""

import datetime

from django.conf import settings
from wagtail.models import Page

from home.loading import build_tree
from home.models import HomePage
from pages.models import StandardPage
from practices.models import (
    CompensationIndexPage,
    CompensationPage,
    EventIndexPage,
    EventReportPage,
    LibraryPage,
)
from tests.practices.factories import make_guide


def make_tree() -> dict[str, Page]:
    """Home and section pages in en, fr, ru, as the loader makes them; returns the English home page by name."""
    return build_tree(settings.CONTENT / "home" / "tree.yaml")


def make_site() -> dict[str, Page]:
    """One live page of every type, by class name."""
    home = make_tree()["en"]
    compensation = CompensationIndexPage.objects.get(locale=home.locale)
    events = EventIndexPage.objects.get(locale=home.locale)
    standard = home.add_child(
        instance=StandardPage(title="Plain words", slug="plain", neutral_title="Page", body=[("heading", "First")])
    )
    country = compensation.add_child(
        instance=CompensationPage(title="Compensation in Albania", slug="albania", neutral_title="A", country="AL")
    )
    event = events.add_child(
        instance=EventReportPage(title="A meeting", slug="meeting", neutral_title="E", date=datetime.date(2006, 10, 3))
    )
    return {
        "HomePage": HomePage.objects.get(locale=home.locale),
        "LibraryPage": LibraryPage.objects.get(locale=home.locale),
        "PracticePage": make_guide(),
        "CompensationIndexPage": compensation,
        "CompensationPage": country,
        "EventIndexPage": events,
        "EventReportPage": event,
        "StandardPage": standard,
    }
