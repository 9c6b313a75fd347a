"""Reads of the directory, named for intent. Entries cannot be read without saying who looks."""

from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property

from network.policy.visibility import found, known
from search.noted import NotedQuerySet


class NoViewer(RuntimeError):
    """Entries were about to be read without a viewer: a mistake of ours, never to be caught."""


class Rows(models.Subquery):
    """The rows of a query as one JSON list, so that a page of entries costs one query however much hangs on them.

    The inner query has one column, `row`.
    """

    template = "(SELECT COALESCE(JSONB_AGG(_rows.row), '[]'::jsonb) FROM (%(subquery)s) _rows)"
    output_field = models.JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT JSON_GROUP_ARRAY(JSON(_rows.row)) FROM (%(subquery)s) _rows)"
        return self.as_sql(compiler, connection, template=template, **extra)


class PractitionerQuerySet(NotedQuerySet):
    """Raises NoViewer when evaluated before `visible_to`, `in_directory` or the policy's `as_system`."""

    viewed = False

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc] # Django's own way to pass state on; the stubs leave it out
        clone.viewed = self.viewed
        return clone

    def _checked(self) -> None:
        if not self.viewed:
            raise NoViewer("Say who looks: visible_to(principals), in_directory(principals) or policy.as_system(…).")

    def seen(self) -> Self:
        """Marks the rows as asked for by a viewer; called by this module and network/policy only."""
        clone = self.all()
        clone.viewed = True
        return clone

    def visible_to(self, principals: frozenset[str]) -> Self:
        """Entries that these principals may open: the directory, one's own, and for coordinators their networks'."""
        return self.filter(known(principals, self._memberships())).seen()

    def in_directory(self, principals: frozenset[str]) -> Self:
        """Entries that these principals may find in lists and searches."""
        return self.filter(found(principals, self._memberships())).seen()

    def answered_by_user(self, user: Any) -> Self:
        """The user's own entry, and the role mailboxes that they answer."""
        entry: Any = self.model
        mailboxes = entry.answered_by.through._default_manager.filter(user=user).values("practitioner")
        return self.filter(models.Q(user=user) | models.Q(pk__in=mailboxes))

    def for_cards(self) -> Self:
        """With all that a card needs, in the same query; `redact` asks for entries read this way."""
        return self.select_related("organisation", "profession", "firewall", "verified_network").annotate(
            term_rows=Rows(_terms(self.model)),
            area_rows=Rows(_areas(self.model)),
            language_rows=Rows(_languages(self.model)),
            network_rows=Rows(_networks(self._memberships())),
        )

    def for_principals(self) -> Self:
        """With what its owner may be counted as, in the same query: less than a card, and read for every request."""
        return self.select_related("organisation").annotate(
            term_rows=Rows(_terms(self.model)), network_rows=Rows(_networks(self._memberships()))
        )

    def _memberships(self) -> Any:
        return self.model._meta.get_field("memberships").related_model

    def __or__(self, other: Any) -> Any:
        either = super().__or__(other)
        either.viewed = self.viewed and other.viewed
        return either

    # Every way of reading rows or counting them passes one of these.
    def _fetch_all(self) -> None:
        self._checked()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Any:
        self._checked()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._checked()
        return super().count()

    def exists(self) -> bool:
        self._checked()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._checked()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._checked()
        return super().update(**kwargs)

    def delete(self) -> Any:
        self._checked()
        return super().delete()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """As a part of another query entries are read too."""
        self._checked()
        return super().resolve_expression(*args, **kwargs)


class PractitionerManager(models.Manager.from_queryset(PractitionerQuerySet)):  # type: ignore[misc]
    """`Practitioner.objects`: creates freely, reads for a viewer only."""

    @cached_property
    def _cards(self) -> Any:
        return self.get_queryset().for_cards()

    def for_cards(self) -> Any:
        """Put together once a process: that takes longer than to ask. A viewer is named afterwards, as for any read."""
        return self._cards.all()


def _terms(entry: Any) -> models.QuerySet:
    rows = entry.terms.through._default_manager.filter(practitioner=OuterRef("pk"))
    return rows.order_by("term__scheme", "term__position", "term_id").values(
        row=JSONObject(id="term_id", scheme="term__scheme", labels="term__labels")
    )


def _areas(entry: Any) -> models.QuerySet:
    rows = entry.areas.through._default_manager.filter(practitioner=OuterRef("pk"))
    return rows.order_by("place__country", "place__name", "place_id").values(
        row=_place("place", around=_place("place__parent", around=_place("place__parent__parent")))
    )


def _place(path: str, around: JSONObject | None = None) -> JSONObject:
    columns = ("id", "name", "labels", "kind", "country", "population", "latitude", "longitude")
    fields: dict[str, Any] = {column: F(f"{path}__{column}") for column in columns}
    return JSONObject(**fields, **({"parent": around} if around else {}))


def _languages(entry: Any) -> models.QuerySet:
    rows = entry.languages.rel.related_model._default_manager.filter(practitioner=OuterRef("pk"))
    return rows.order_by("pk").values(row=JSONObject(language="language", level="level", mediates="mediates"))


def _networks(membership: Any) -> models.QuerySet:
    rows = membership._default_manager.filter(practitioner=OuterRef("pk"), ended=None)
    return rows.order_by("network__name", "pk").values(
        row=JSONObject(id="network_id", slug="network__slug", name="network__name", role="role", since="since")
    )
