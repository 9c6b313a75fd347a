"""Loads standard pages from content/pages/<language>/, below the home page of that language."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from pages.models import StandardPage
from vocabulary.starter import BrokenStarterFile, Loader, Report, files


@transaction.atomic
def load(folder: Path, homes: Mapping[str, Page]) -> Report:
    """English first: a page of another language is a translation of the English one with the same slug."""
    report = Report()
    loader = Loader("page", lambda name: _find(homes, name), _fingerprint, report)
    for language, home in homes.items():
        for path, data in files(folder / language):
            for name in ("slug", "title", "neutral_title", "body"):
                if not data.get(name):
                    raise BrokenStarterFile(path, name, "is missing")
            body = [_block(path, each) for each in data["body"]]
            loader.sync(
                f"{language}.{data['slug']}",
                data,
                partial(_save, data=data, body=body, home=home, english=homes["en"]),
            )
    return report


def _find(homes: Mapping[str, Page], name: str) -> StandardPage | None:
    language, _, slug = name.partition(".")
    return StandardPage.objects.child_of(homes[language]).filter(slug=slug).first()


def _fingerprint(page: StandardPage) -> object:
    newest = page.get_latest_revision_as_object() if page.latest_revision_id else page
    return [newest.title, newest.neutral_title, newest.summary, newest.body.get_prep_value(), page.live]


def _block(path: Path, each: Any) -> dict[str, Any]:
    if not isinstance(each, dict) or len(each) != 1:
        raise BrokenStarterFile(path, "body", f"each part is one of heading, paragraph, list, note; found {each!r:.60}")
    kind, value = next(iter(each.items()))
    if kind == "list":
        return {"type": "listed", "value": [f"<p>{point}</p>" for point in value]}
    if kind == "paragraph":
        return {"type": "paragraph", "value": f"<p>{value}</p>"}
    if kind in {"heading", "note"}:
        return {"type": kind, "value": str(value)}
    raise BrokenStarterFile(path, "body", f"there is no part called “{kind}”")


def _save(
    page: StandardPage | None, data: Mapping[str, Any], body: list[dict[str, Any]], home: Page, english: Page
) -> StandardPage:
    new, page = page is None, page or StandardPage(slug=data["slug"], locale=home.locale, live=False)
    page.title, page.neutral_title, page.summary = data["title"], data["neutral_title"], data.get("summary") or ""
    page.body = body
    if home.pk != english.pk:
        page.translation_state = StandardPage.TranslationState.UNREVIEWED
        original = StandardPage.objects.child_of(english).filter(slug=data["slug"]).first()
        if new and original is not None:
            page.translation_key = original.translation_key
    if new:
        home.add_child(instance=page)
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)
