"""Pages in the search: one searchable for all page kinds, so that hits of every kind are re-checked in one query."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.rich_text import RichText, get_text_for_indexing

from pages.cards import of_page
from pages.models import StandardPage
from search.document import Index, SearchDocument
from search.registry import depends, searchable
from search.results import Card
from search.titles import holding

LANGUAGES = ("en", "fr", "ru")


# What every card reads of a page, its address included.
ON_ALL_CARDS = ("title", "url_path", "locale")


@dataclass(frozen=True, slots=True)
class PageKind:
    """How one page model is found: `document` and `card` read a page, `attach` and `attach_to_cards` load what many
    need at once. `on_card` names the model's own fields that the card reads, beside those of all cards."""

    kind: str
    model: type[Page]
    document: Callable[[Any], Mapping[str, Any]]
    card: Callable[[Any, str], Card]
    attach: Callable[[Sequence[Any]], None] = field(default=lambda pages: None)
    attach_to_cards: Callable[[Sequence[Any]], None] = field(default=lambda pages: None)
    on_card: tuple[str, ...] = ()

    @property
    def accessor(self) -> str:
        return self.model._meta.model_name or ""

    def columns_of_card(self) -> list[str]:
        """What a card reads, as fields of Page."""
        return [f"{self.accessor}__{name}" for name in (*ON_ALL_CARDS, "summary", *self.on_card)]


page_kinds: dict[str, PageKind] = {}


def page_kind(kind: PageKind) -> None:
    """Registers a page model; its saves, deletions and moves then re-index it."""
    page_kinds[kind.kind] = kind
    depends(kind.model)(lambda page: keys_of_translations(page, kind.kind))


def keys_of_translations(page: models.Model, kind: str) -> list[str]:
    """This page and its translations: which of them a reader is shown depends on which are live."""
    assert isinstance(page, Page)
    pks = Page.objects.filter(translation_key=page.translation_key).values_list("pk", flat=True)
    return [f"{kind}:{pk}" for pk in {*pks, page.pk}]


@depends(PageViewRestriction)
def restricted(restriction: models.Model) -> list[str]:
    """A page that becomes private leaves the index with everything below it."""
    assert isinstance(restriction, PageViewRestriction)
    return _keys(Page.objects.descendant_of(restriction.page, inclusive=True))


@depends(Page)
def moved(page: models.Model) -> list[str]:
    """A page that is saved as a page only was moved, perhaps behind a door with all below it, or was unpublished."""
    assert isinstance(page, Page)
    if type(page) is not Page:
        return []
    translations = Page.objects.filter(translation_key=page.translation_key)
    return _keys(Page.objects.descendant_of(page, inclusive=True) | translations)


def _keys(pages: PageQuerySet) -> list[str]:
    kinds = _kinds_by_model()
    return [f"{kinds[model]}:{pk}" for model, pk in pages.values_list("content_type__model", "pk") if model in kinds]


def _kinds_by_model() -> dict[str | None, str]:
    return {each.model._meta.model_name: each.kind for each in page_kinds.values()}


def _pks(keys: Sequence[str], kind: str) -> list[int]:
    return [
        int(number) for name, _, number in (key.partition(":") for key in keys) if name == kind and number.isdigit()
    ]


@searchable
class PageSearchable:
    """Live, public pages. A page is shown to readers of its own language, and of those that have no translation."""

    index: Index = "library"

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(page_kinds)

    def all_keys(self) -> Iterator[str]:
        for kind in page_kinds.values():
            for pk in kind.model.objects.values_list("pk", flat=True).order_by("pk").iterator():
                yield f"{kind.kind}:{pk}"

    def to_documents(self, keys: Sequence[str]) -> Mapping[str, Sequence[SearchDocument]]:
        documents: dict[str, list[SearchDocument]] = {}
        for kind in page_kinds.values():
            pks = _pks(keys, kind.kind)
            pages = list(kind.model.objects.live().public().filter(pk__in=pks).select_related("locale")) if pks else []
            kind.attach(pages)
            shown = _shown_in(pages)
            for page in pages:
                key = f"{kind.kind}:{page.pk}"
                common = {
                    "key": key,
                    "index": "library",
                    "kind": kind.kind,
                    "title": page.title,
                    "language": page.locale.language_code,
                    "shown_in": shown[page.pk],
                    "summary": page.summary,
                }
                documents[key] = [SearchDocument(**{**common, **kind.document(page)})]
        return documents

    def recheck(self, keys: Sequence[str], principals: frozenset[str], language: str) -> Mapping[str, Card]:
        wanted = {pk: kind for kind in page_kinds for pk in _pks(keys, kind)}
        if not wanted:
            return {}
        accessors = {kind: page_kinds[kind].accessor for kind in set(wanted.values())}
        pages = Page.objects.live().public().filter(pk__in=wanted).select_related("locale", *accessors.values())
        # A page has sixty columns and texts without end; a card shows ten of them.
        pages = pages.only(*ON_ALL_CARDS, *(name for kind in accessors for name in page_kinds[kind].columns_of_card()))
        by_kind: dict[str, list[Any]] = {}
        for page in pages:
            specific = getattr(page, accessors[wanted[page.pk]], None)
            if specific is not None:
                specific.locale = page.locale
                by_kind.setdefault(wanted[page.pk], []).append(specific)
        cards: dict[str, Card] = {}
        for kind, specifics in by_kind.items():
            page_kinds[kind].attach_to_cards(specifics)
            cards.update({f"{kind}:{page.pk}": page_kinds[kind].card(page, language) for page in specifics})
        return cards

    def by_title(self, words: Sequence[str], kinds: Sequence[str], language: str, most: int) -> Sequence[str]:
        named = {model: kind for model, kind in _kinds_by_model().items() if not kinds or kind in kinds}
        live = Page.objects.live().public().filter(content_type__model__in=named)
        newest_first = live.order_by("-last_published_at", "pk").select_related("locale", "content_type")
        # Translations of one page have much the same title: as many are read as there are languages.
        pages = list(holding(newest_first, "title", words)[: most * len(LANGUAGES)])
        shown = _shown_in(pages)
        keys = [f"{named[page.content_type.model]}:{page.pk}" for page in pages if language in shown[page.pk]]
        return keys[:most]


def _shown_in(pages: Sequence[Page]) -> dict[int, tuple[str, ...]]:
    """Page → interface languages it stands for: its own, and for English those without a live translation."""
    keys = {page.translation_key for page in pages}
    rows = Page.objects.live().filter(translation_key__in=keys).values_list("translation_key", "locale__language_code")
    live: dict[Any, set[str]] = {}
    for key, code in rows:
        live.setdefault(key, set()).add(code)
    shown: dict[int, tuple[str, ...]] = {}
    for page in pages:
        own, there = page.locale.language_code, live.get(page.translation_key, set())
        # The stand-in for readers without a translation: English, else the first language there is.
        stands_in = own == ("en" if "en" in there else min(there, default=own))
        shown[page.pk] = tuple(each for each in LANGUAGES if each == own or (stands_in and each not in there))
    return shown


def text_of_stream(value: Any) -> str:
    """The words a reader sees of a stream, a struct, a list or a text; parts that were left empty say nothing."""
    match value:
        case None:
            return ""
        case str():
            return value
        case RichText():
            return get_text_for_indexing(value.source)
        case Mapping():
            return " ".join(filter(None, map(text_of_stream, value.values())))
        case StreamValue():
            return " ".join(filter(None, (text_of_stream(block.value) for block in value)))
        case Iterable():
            return " ".join(filter(None, map(text_of_stream, value)))
    return str(value)


def _standard_document(page: StandardPage) -> Mapping[str, Any]:
    return {
        "body": text_of_stream(page.body),
        "facets": {"kind": ("page",), "language": (page.locale.language_code,)},
        "newest": page.last_published_at.toordinal() if page.last_published_at else 0,
    }


def page_card(page: Any, language: str) -> Card:
    """The card of a page that has nothing special to show."""
    return Card(**of_page(page, "page", "page_card"))


page_kind(PageKind("page", StandardPage, _standard_document, page_card))
