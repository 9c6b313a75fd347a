"""Compensation routes and event reports from their files."""

import datetime
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from network.models import Organisation
from practices.guide_files import points, stream
from practices.models import CompensationIndexPage, CompensationPage, EventIndexPage, EventReportPage, PracticePage
from practices.models.event import EventSpeaker, Recommendation, RecommendationPractice
from vocabulary.starter import BrokenStarterFile, Loader, Report, files, read_yaml

ROUTES = (
    "criminal_route", "civil_route", "labour_route", "state_fund", "fund_conditions", "residence_requirement",
    "amounts",
)  # fmt: skip


def load_compensation(path: Path, report: Report) -> None:
    """One page a country under the compensation index."""
    entries = read_yaml(path)
    entries = entries.get("countries", entries) if isinstance(entries, dict) else entries
    for entry in entries:
        for name in ("slug", "country", "title", "sources"):
            if not entry.get(name):
                raise BrokenStarterFile(path, f"{entry.get('slug', '?')}.{name}", "is missing")
    loader = Loader("compensation", lambda slug: CompensationPage.objects.filter(slug=slug).first(), _routes, report)
    for entry in entries:
        loader.sync(entry["slug"], entry, partial(_save_compensation, entry=entry))


def _routes(page: CompensationPage) -> object:
    newest = page.get_latest_revision_as_object() if page.latest_revision_id else page
    return [newest.title, newest.summary, *(getattr(newest, name) for name in ROUTES), page.live]


def _save_compensation(page: CompensationPage | None, entry: Mapping[str, Any]) -> CompensationPage:
    index = CompensationIndexPage.objects.get(locale__language_code="en")
    new, page = page is None, page or CompensationPage(slug=entry["slug"], locale=index.locale, live=False)
    for name in ("title", "country"):
        setattr(page, name, entry[name])
    page.neutral_title = entry.get("neutral_title") or "Country page"
    page.summary = entry.get("summary") or ""
    for name in (*ROUTES, "unchecked_note", "compiled"):
        setattr(page, name, entry.get(name) or "")
    page.deadlines = stream("deadline", entry.get("deadlines") or [])
    page.practice_findings = points(entry.get("practice_findings") or [])
    page.sources = stream("source", entry["sources"])
    checked = entry.get("last_checked")
    page.last_checked = checked if isinstance(checked, datetime.date) else None
    if new:
        index.add_child(instance=page)
    page.save_revision().publish()
    return CompensationPage.objects.get(pk=page.pk)


def load_events(folder: Path, report: Report) -> None:
    """Event reports with their recommendations."""
    loader = Loader("event", lambda slug: EventReportPage.objects.filter(slug=slug).first(), _event, report)
    for path, data in files(folder):
        for name in ("slug", "title", "date", "recommendations"):
            if not data.get(name):
                raise BrokenStarterFile(path, name, "is missing")
        loader.sync(data["slug"], data, partial(_save_event, path=path, data=data))


def _event(page: EventReportPage) -> object:
    newest = page.get_latest_revision_as_object() if page.latest_revision_id else page
    return [newest.title, newest.summary, newest.background, [each.text for each in newest.recommendations.all()]]


def _save_event(page: EventReportPage | None, path: Path, data: Mapping[str, Any]) -> EventReportPage:
    index = EventIndexPage.objects.get(locale__language_code="en")
    new, page = page is None, page or EventReportPage(slug=data["slug"], locale=index.locale, live=False)
    page.title, page.date = data["title"], data["date"]
    page.neutral_title = data.get("neutral_title") or "Event report"
    page.summary, page.background = data.get("summary") or "", data.get("background") or ""
    page.place, page.host = data.get("place") or "", data.get("host") or ""
    page.event_kind, page.source_note = data.get("kind") or "", data.get("source") or ""
    page.speakers.set(list(_speakers(data)))
    page.recommendations.set([_recommendation(path, each) for each in data["recommendations"]])
    if new:
        index.add_child(instance=page)
    page.save_revision().publish()
    return EventReportPage.objects.get(pk=page.pk)


def _speakers(data: Mapping[str, Any]) -> list[EventSpeaker]:
    found = []
    for position, each in enumerate(data.get("panel") or []):
        slug = each.get("organisation") or ""
        record = Organisation.objects.filter(slug=slug).first() if slug else None
        text = "" if record else (each.get("organisation_name") or slug)
        found.append(
            EventSpeaker(
                name=each.get("name") or "",
                role=each.get("role") or "",
                organisation=record,
                organisation_text=text,
                sort_order=position,
            )
        )
    return found


def _recommendation(path: Path, data: Mapping[str, Any]) -> Recommendation:
    if not data.get("text"):
        raise BrokenStarterFile(path, f"recommendations.{data.get('number', '?')}.text", "is missing")
    guides = PracticePage.objects.filter(slug__in=data.get("practices") or [], locale__language_code="en")
    found = Recommendation(theme=data.get("theme") or "", text=data["text"], sort_order=data.get("number") or 0)
    found.practices.set([RecommendationPractice(practice=guide, sort_order=n) for n, guide in enumerate(guides)])
    return found
