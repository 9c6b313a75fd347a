"""Loads guides, compensation routes, events and advisers from content/practices."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from network.loading import ensure_name_only, sample_guides
from network.models import Organisation
from practices import guide_files, page_files
from practices.mapping import Mapped, WordingMap
from practices.models import GuideAdviser, GuideOrganisation, LibraryPage, PracticePage, RelatedPractice
from practices.publication import missing_for_publication
from vocabulary.starter import Loader, Report, files

TEXTS = tuple(name for names in guide_files.SECTIONS.values() for name in names)
STREAMS = (
    *(name for names in guide_files.POINTS.values() for name in names),
    "building_blocks", "outcomes", "sources", "legal_anchors",
)  # fmt: skip


@transaction.atomic
def load(folder: Path) -> Report:
    """Everything of the library. Raises BrokenStarterFile; then nothing at all is loaded."""
    report = Report()
    load_guides(folder, report)
    page_files.load_compensation(folder / "compensation.yaml", report)
    page_files.load_events(folder / "events", report)
    return report


def load_guides(folder: Path, report: Report) -> None:
    """Guides first, then what ties them together, then translations."""
    wordings = WordingMap(folder / "mapping.yaml")
    found = list(files(folder / "guides"))
    for path, data in found:
        guide_files.check(path, data)
    originals = [(path, data, wordings.of(data.get("wordings") or {}, path)) for path, data in found if _english(data)]
    loader = Loader("guide", _find, fingerprint, report)
    pages: dict[str, PracticePage] = {}
    for path, data, mapped in originals:
        page = loader.sync(f"{data['slug']}.en", data, _saver(path, data, mapped, report))
        if page is not None:
            pages[data["slug"]] = page
    for _path, data, mapped in originals:
        if data["slug"] in pages:
            _tie(pages[data["slug"]], data, mapped, pages)
    for path, data in found:
        if not _english(data) and data["slug"] in pages:
            original = pages[data["slug"]]
            loader.sync(f"{data['slug']}.{data['language']}", data, _translator(path, data, original))


def _english(data: Mapping[str, Any]) -> bool:
    return bool(data["language"] == "en")


def _find(name: str) -> PracticePage | None:
    slug, _, language = name.rpartition(".")
    return PracticePage.objects.filter(slug=slug, locale__language_code=language).first()


def fingerprint(page: PracticePage) -> object:
    """What an editor could have changed, in the newest revision or live."""
    newest = page.get_latest_revision_as_object() if page.latest_revision_id else page
    texts = [getattr(newest, name) for name in (*guide_files.TOP, *TEXTS, "other_names", "assessment", "slug")]
    streams = [[(block.block_type, str(block.value)) for block in getattr(newest, name)] for name in STREAMS]
    return [texts, streams, sorted(term.pk for term in newest.terms.all()), newest.countries, page.live]


def _saver(path: Path, data: Mapping[str, Any], mapped: Mapped, report: Report) -> Any:
    def save(page: PracticePage | None) -> PracticePage:
        library = LibraryPage.objects.get(locale__language_code="en")
        new = page is None
        page = page or PracticePage(slug=data["slug"], locale=library.locale)
        guide_files.fill(page, path, data, mapped)
        missing = missing_for_publication(page)
        if missing and not page.draft_reason:
            field, reason = next(iter(missing.items()))
            page.draft_reason = f"{field}: {reason}"
            report.notes.append(f"{data['slug']} stays a draft ({field}: {reason})")
        return _store(page, library, new=new, publish=not page.draft_reason)

    return save


def _translator(path: Path, data: Mapping[str, Any], original: PracticePage) -> Any:
    def save(page: PracticePage | None) -> PracticePage:
        locale = Locale.objects.get(language_code=data["language"])
        new = page is None
        page = page or original.copy_for_translation(locale)
        guide_files.fill(page, path, data, None)
        page.terms.set(original.terms.all())
        page.countries, page.scope_note = original.countries, ""
        page.translation_state = PracticePage.TranslationState.UNREVIEWED
        if new:
            page.slug = original.slug
        return _store(page, None, new=False, publish=True)

    return save


def _store(page: PracticePage, parent: LibraryPage | None, *, new: bool, publish: bool) -> PracticePage:
    page.by_scheme = page.schemes()
    if new and parent is not None:
        page.live = False
        parent.add_child(instance=page)
    revision = page.save_revision(clean=False)
    if publish:
        revision.publish()
    return PracticePage.objects.get(pk=page.pk)


def _tie(page: PracticePage, data: Mapping[str, Any], mapped: Mapped, pages: Mapping[str, PracticePage]) -> None:
    """Organisations and related guides, added where absent: what an editor tied stays."""
    for body in mapped.name_only:
        ensure_name_only(body["slug"], body["name"], body.get("country", ""))
    organisations = Organisation.objects.filter(slug__in=mapped.organisations)
    there = set(page.guide_organisations.values_list("organisation_id", flat=True))
    GuideOrganisation.objects.bulk_create(
        GuideOrganisation(guide=page, organisation=each) for each in organisations if each.pk not in there
    )
    related = set(page.related_practices.values_list("other_id", flat=True))
    RelatedPractice.objects.bulk_create(
        RelatedPractice(guide=page, other=other, relation=link.get("relation", "see-also"))
        for link in data.get("related") or []
        if (other := pages.get(link["slug"])) is not None and other.pk not in related and other.pk != page.pk
    )


@transaction.atomic
def load_advisers(folder: Path) -> int:
    """Ties the sample people to the guides they can advise on; only people without any tie are touched.

    Returns the number of ties made.
    """
    wanted = sample_guides(folder)
    keys = dict(PracticePage.objects.filter(locale__language_code="en").values_list("slug", "translation_key"))
    tied = set(GuideAdviser.objects.values_list("practitioner_id", flat=True))
    made = [
        GuideAdviser(guide_key=keys[slug], practitioner_id=pk)
        for pk, slugs in wanted.items()
        if pk not in tied
        for slug in dict.fromkeys(slugs)
        if slug in keys
    ]
    GuideAdviser.objects.bulk_create(made)
    return len(made)
