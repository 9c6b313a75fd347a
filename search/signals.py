"""The only signals of the project. They write outbox rows in the transaction of the change, nothing else.

Wagtail's own signals (published, moved, …) come after that transaction, so a killed process could lose them. Django's
signals of saving come after it too, unless the save stands in a larger one: the saves of these models always do.
"""

from collections.abc import Iterable, Iterator
from functools import wraps
from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from search import outbox, purge, registry

UID = "search.outbox"


def connect() -> None:
    """Listens to every model that a searchable depends on. Called once all are registered; again does no harm."""
    for model in registry.dependents:
        _save_with_signals(model)
        post_save.connect(_saved, sender=model, dispatch_uid=UID)
        # Before, because afterwards what hung on it is gone; after, because something else may now be shown.
        pre_delete.connect(_deleted, sender=model, dispatch_uid=UID)
        post_delete.connect(_deleted, sender=model, dispatch_uid=UID)
        for field in model._meta.get_fields():
            if isinstance(field, models.ManyToManyField):
                m2m_changed.connect(_related, sender=field.remote_field.through, dispatch_uid=UID)
    for model in registry.word_models:
        _save_with_signals(model)
        post_save.connect(_words, sender=model, dispatch_uid=f"{UID}.words")
        post_delete.connect(_words, sender=model, dispatch_uid=f"{UID}.words")


def keys_of(instance: models.Model) -> Iterator[str]:
    """Every key that depends on a record, by the functions of its class and of the classes it extends.

    Nothing is asked before the first key is: a loader's thousands of saves are not noted one by one.
    """
    for model in type(instance).__mro__:
        for function in registry.dependents.get(model, ()):
            yield from function(instance)


def _save_with_signals(model: type[models.Model]) -> None:
    """One transaction for a save and what its signals write: whoever sees the change sees the row, and none is lost."""
    plain = model.save_base
    if getattr(plain, "with_signals", False):
        return

    @wraps(plain)
    def save_base(self: models.Model, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(savepoint=False):
            plain(self, *args, **kwargs)

    save_base.with_signals = True  # type: ignore[attr-defined]
    model.save_base = save_base  # type: ignore[method-assign] # some of the models are Wagtail's


def _saved(instance: models.Model, **kwargs: Any) -> None:
    outbox.add(keys_of(instance))


def _deleted(instance: models.Model, **kwargs: Any) -> None:
    """What is deleted of a person must leave the files of the index too."""
    keys = list(keys_of(instance))
    outbox.add(keys)
    if any(registry.is_of(key, "directory") for key in keys):
        purge.note()


def _words(**kwargs: Any) -> None:
    outbox.words_changed()


def _related(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    pk_set: set[Any] | None,
    **kwargs: Any,
) -> None:
    if action not in ("post_add", "post_remove", "pre_clear", "post_clear"):
        return
    owners: Iterable[models.Model] = _other_side(sender, instance, pk_set) if reverse else [instance]
    outbox.add(key for owner in owners for key in keys_of(owner))


def _other_side(through: type[models.Model], instance: models.Model, pk_set: set[Any] | None) -> Iterable[models.Model]:
    """Changed from the other end: the owners of the relation. A clearing names none, so those there now are meant."""
    for model in registry.dependents:
        for field in model._meta.get_fields():
            if isinstance(field, models.ManyToManyField) and field.remote_field.through is through:
                chosen = {"pk__in": pk_set} if pk_set is not None else {field.name: instance}
                yield from model._base_manager.filter(**chosen)
