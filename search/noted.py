"""Django sends no signals for what is written to many rows at once: these querysets note it themselves."""

from collections.abc import Iterable
from typing import Any, cast

from django.db import models, transaction

from search import outbox
from search.signals import keys_of


class NotedQuerySet(models.QuerySet):
    """For models that people's documents are made of: a change that the index missed could show what was hidden."""

    @transaction.atomic(savepoint=False)
    def update(self, **kwargs: Any) -> int:
        keys = [key for row in self.all() for key in keys_of(cast(models.Model, row))]
        changed = super().update(**kwargs)
        outbox.add(keys)
        return changed

    @transaction.atomic(savepoint=False)
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        made = super().bulk_create(objs, *args, **kwargs)
        outbox.add([key for row in made for key in keys_of(row)])
        return made
