"""Many records from the few of the starter content: rows are copied in the database under other keys.

Runs inside a process of the project. Copies carry their template's texts and terms; what counts for a search page and
for a rebuild is that they are rows of the real tables, read by the real queries.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from django.db import connection, models, transaction
from wagtail.models import Page

from network.models import Hotline, Membership, Network, Organisation, Practitioner, SpokenLanguage
from practices.models import PracticePage

# Keys of copies start here, above all that the starter content has.
FIRST = 1_000_000
BATCH = 500
# (new key, key of the template) → the value of a column.
Change = Callable[[int, int], Any]
# Rows of other tables that belong to a record: the model and its column that names the owner.
OWNED: Mapping[type[models.Model], Sequence[tuple[type[models.Model], str]]] = {
    PracticePage: [(PracticePage.terms.through, "practicepage_id")],
    Organisation: [(Organisation.places.through, "organisation_id"), (Hotline, "organisation_id")],
    Network: [(Network.areas.through, "network_id"), (Network.professions_wanted.through, "network_id")],
    Practitioner: [
        (Practitioner.terms.through, "practitioner_id"), (Practitioner.areas.through, "practitioner_id"),
        (SpokenLanguage, "practitioner_id"), (Membership, "practitioner_id"),
    ],
}  # fmt: skip


@transaction.atomic
def copy_pages(model: type[Page], keys: Sequence[int], changes: Mapping[str, Change] | None = None) -> None:
    """Live English pages of one model, each a copy of one of the starter pages in turn."""
    templates = Page.objects.type(model).live().filter(pk__lt=FIRST, locale__language_code="en").order_by("pk")
    titles = dict(templates.values_list("pk", "title"))
    parent = templates[0].get_parent()
    plain: dict[str, Change] = {
        "path": lambda new, old: f"{parent.path}{Page._int2str(10_000 + new - FIRST).rjust(Page.steplen, '0')}",
        "depth": lambda new, old: parent.depth + 1,
        "slug": lambda new, old: f"copy-{new}",
        "title": lambda new, old: f"{titles[old]} {new}",
        "draft_title": lambda new, old: f"{titles[old]} {new}",
        "url_path": lambda new, old: f"{parent.url_path}copy-{new}/",
        "translation_key": lambda new, old: uuid.UUID(int=new).hex,
        "latest_revision_id": lambda new, old: None,
        "live_revision_id": lambda new, old: None,
        "numchild": lambda new, old: 0,
    }
    pairs = _pairs(keys, list(titles))
    for table in [Page, *(each for each in reversed(model.__mro__) if issubclass(each, Page) and each is not Page)]:
        if not table._meta.abstract:
            _copy(table, pairs, {**plain, **(changes or {})})
    _copy_owned(model, pairs)


@transaction.atomic
def copy_rows(model: type[models.Model], keys: Sequence[int], changes: Mapping[str, Change]) -> None:
    """Records of a model with one table, with what belongs to them."""
    templates = model._base_manager.filter(pk__lt=FIRST).order_by("pk").values_list("pk", flat=True)
    pairs = _pairs(keys, list(templates))
    _copy(model, pairs, changes)
    _copy_owned(model, pairs)


def _pairs(keys: Sequence[int], templates: Sequence[int]) -> list[tuple[int, int]]:
    return [(key, templates[place % len(templates)]) for place, key in enumerate(keys)]


def _copy(model: type[models.Model], pairs: Sequence[tuple[int, int]], changes: Mapping[str, Change]) -> None:
    """One INSERT … SELECT a row: only what changes passes through Python."""
    key = model._meta.pk.column
    columns = [each.column for each in model._meta.local_concrete_fields]
    changed = [name for name in columns if name == key or name in changes]
    rows = ((*(new if name == key else changes[name](new, old) for name in changed), old) for new, old in pairs)
    _insert(model, columns, changed, key, rows)


def _copy_owned(model: type[models.Model], pairs: Sequence[tuple[int, int]]) -> None:
    for owned, owner in OWNED.get(model, ()):
        columns = [each.column for each in owned._meta.local_concrete_fields if not each.primary_key]
        _insert(owned, columns, [owner], owner, pairs)


def _insert(
    model: type[models.Model], columns: Sequence[str], changed: Sequence[str], key: str, rows: Iterable[Sequence[Any]]
) -> None:
    quoted = connection.ops.quote_name
    values = ", ".join("%s" if name in changed else quoted(name) for name in columns)
    into, table = ", ".join(map(quoted, columns)), quoted(model._meta.db_table)
    sql = f"INSERT INTO {table} ({into}) SELECT {values} FROM {table} WHERE {quoted(key)} = %s"  # noqa: S608 - no value
    with connection.cursor() as cursor:
        for some in batched(rows, BATCH):
            cursor.executemany(sql, [list(row) for row in some])
