"""Records to find that need no other app: groups of the auth app stand for guides, people are plain documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.contrib.auth.models import Group
from django.db import models

from search.document import Index, SearchDocument
from search.results import Card
from search.titles import holding

TEMPLATE = "components/page_card.html"


class Guides:
    """Each auth Group is a guide: its name the title, its permissions its concepts."""

    index: Index = "library"
    kinds: tuple[str, ...] = ("practice",)

    def all_keys(self) -> Iterator[str]:
        for pk in Group.objects.values_list("pk", flat=True):
            yield f"practice:{pk}"

    def by_title(self, words: Sequence[str], kinds: Sequence[str], language: str, most: int) -> Sequence[str]:
        groups = holding(Group.objects.exclude(name__startswith="hidden").order_by("pk"), "name", words)
        return [f"practice:{pk}" for pk in groups.values_list("pk", flat=True)[:most]]

    def to_documents(self, keys: Sequence[str]) -> Mapping[str, Sequence[SearchDocument]]:
        groups = Group.objects.filter(pk__in=[pk_of(key) for key in keys]).prefetch_related("permissions")
        return {
            f"practice:{group.pk}": [
                SearchDocument(
                    key=f"practice:{group.pk}",
                    index="library",
                    kind="practice",
                    title=group.name,
                    concepts=tuple(permission.codename for permission in group.permissions.all()),
                    facets={"kind": ("practice",), "language": ("en",)},
                )
            ]
            for group in groups
            if not group.name.startswith("hidden")
        }

    def recheck(self, keys: Sequence[str], principals: frozenset[str], language: str) -> Mapping[str, Card]:
        groups = Group.objects.filter(pk__in=[pk_of(key) for key in keys])
        return {
            f"practice:{group.pk}": Card(
                key=f"practice:{group.pk}", kind="practice", title=group.name, url=f"/g/{group.pk}/", template=TEMPLATE
            )
            for group in groups
            if not group.name.startswith("hidden")
        }


class People:
    """People as documents in a dictionary: what an app's policy would give, one document a view."""

    index: Index = "directory"
    kinds: tuple[str, ...] = ("person",)

    def __init__(self) -> None:
        self.views: dict[str, list[SearchDocument]] = {}

    def add(self, key: str, title: str, *, view: str = "", **fields: object) -> None:
        """A view of an entry; by default everybody may see it."""
        document = SearchDocument(key=key, index="directory", kind="person", title=title, view=view)
        self.views.setdefault(key, []).append(replace(document, **fields))  # type: ignore[arg-type]

    def all_keys(self) -> Iterator[str]:
        yield from self.views

    def to_documents(self, keys: Sequence[str]) -> Mapping[str, Sequence[SearchDocument]]:
        return {key: self.views[key] for key in keys if key in self.views}

    def from_database(self, principals: frozenset[str]) -> tuple[Sequence[SearchDocument], bool]:
        return [view for views in self.views.values() for view in views if _meets(view, principals)], True

    def recheck(self, keys: Sequence[str], principals: frozenset[str], language: str) -> Mapping[str, Card]:
        return {
            document.key: Card(key=document.key, kind="person", title=document.title, url="/p/", template=TEMPLATE)
            for key in keys
            for document in self.views.get(key, ())
            if _meets(document, principals)
        }


def _meets(view: SearchDocument, principals: frozenset[str]) -> bool:
    return bool(principals.intersection(view.principals)) and not principals.intersection(view.not_for)


def pk_of(key: str) -> int:
    return int(key.partition(":")[2])


def key_of(group: models.Model) -> list[str]:
    return [f"practice:{group.pk}"]


def as_member(request: object) -> frozenset[str]:
    """The principals of a member, whoever asks: a value of SEARCH_PRINCIPALS."""
    return frozenset({"public", "member"})
