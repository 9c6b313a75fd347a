"""What happens to the index meanwhile: it is drained, left behind, built anew while others write, and killed."""

import random
from contextlib import suppress
from unittest.mock import patch

from search import indexer, outbox
from search.models import OutboxEntry
from tests.attack.life.acts import changes_audiences
from tests.attack.life.checks import drained, insist
from tests.attack.life.deeds import Deed, act
from tests.attack.life.town import Town


class Killed(BaseException):
    """The indexer ends here, as a process does that is killed."""


@act(weight=5)
def the_outbox_is_drained(town: Town, dice: random.Random) -> Deed | None:
    drained(town)
    return None, ""


@act(weight=2)
def the_indexer_dies_before_it_indexes(town: Town, dice: random.Random) -> Deed | None:
    """Rows wait as before, and who asks is answered from the database."""
    waiting = OutboxEntry.objects.count()
    with patch.object(indexer, "index_keys", side_effect=Killed):
        _die()
    insist(OutboxEntry.objects.count() == waiting, "rows are gone that were not indexed")
    return None, ""


@act(weight=2)
def the_indexer_dies_after_it_indexed(town: Town, dice: random.Random) -> Deed | None:
    """The index has committed, the rows still wait: they are done again."""
    waiting = OutboxEntry.objects.count()
    with patch.object(indexer, "delete_rows", side_effect=Killed):
        _die()
    insist(OutboxEntry.objects.count() == waiting, "rows are gone that were not deleted")
    return None, ""


def _die() -> None:
    with suppress(Killed):
        outbox.drain()


@act(weight=2)
def the_index_is_built_anew(town: Town, dice: random.Random) -> Deed | None:
    """And somebody changes their audiences while it is being filled."""
    changed: list[Deed | None] = []

    def meanwhile(_count: int) -> None:
        if not changed:
            changed.append(changes_audiences(town, dice))

    indexer.rebuild(meanwhile)
    drained(town)
    return changed[0] if changed and changed[0] else (None, "")


@act(weight=1)
def building_anew_is_killed(town: Town, dice: random.Random) -> Deed | None:
    """The old index stays in use."""

    def end(_count: int) -> None:
        raise Killed

    with suppress(Killed):
        indexer.rebuild(end)
    return None, ""
