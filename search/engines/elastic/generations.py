"""The indexes on the server: two a generation, and an alias for each that names the one in use.

A generation is filled beside the old one; flipping both aliases is one call, so a reader sees one or the other. The
names of the aliases end with the shape, so that a process never reads what another version of Waymark has filled.
"""

import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Index as IndexOnServer

from search.document import Index
from search.engines.base import Condition
from search.engines.elastic.border import PartialAnswerError
from search.engines.elastic.marks import packed
from search.engines.elastic.schema import INDEXES, SETTINGS, SHAPE, mapping
from search.engines.marks import Phrase


@dataclass(frozen=True, slots=True)
class Names:
    """What this site's indexes are called."""

    prefix: str

    def alias(self, index: Index) -> str:
        """What readers and writers ask for."""
        return f"{self.prefix}-{index}-{SHAPE}"

    def fresh(self) -> dict[Index, str]:
        """Names of a new generation."""
        stamp = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(4)}"
        return {index: f"{self.alias(index)}-{stamp}" for index in INDEXES}

    def holds(self, name: str) -> bool:
        """Whether an index is one of this site's generations, of whatever version; no other is ever removed."""
        stamp = r"[0-9a-f]{12}-\d{8}-\d{6}-[0-9a-f]{8}"
        return bool(re.fullmatch(rf"{re.escape(self.prefix)}-(library|directory)-{stamp}", name))

    @property
    def wanted(self) -> list[str]:
        """All that may be ours: by its name, or because an alias of ours points there."""
        return [f"{self.prefix}-{index}-*" for index in INDEXES] + [self.alias(index) for index in INDEXES]


def filling_alias(name: str) -> str:
    """Written through while it is filled, as the one in use is through its own."""
    return f"{name}-filling"


def current(client: Elasticsearch, names: Names) -> Condition:
    """What the names and the descriptions say; not yet whether it answers."""
    there = _there(client, names)
    behind = {index: [name for name, has in there.items() if names.alias(index) in has["aliases"]] for index in INDEXES}
    if all(len(behind[index]) == 1 for index in INDEXES):
        found = [there[behind[index][0]].get("mappings", {}).get("_meta", {}).get("shape") for index in INDEXES]
        return Condition.READY if set(found) == {SHAPE} else Condition.OUTDATED
    if any(behind.values()):
        return Condition.BROKEN
    other = any(_in_use(has) for has in there.values())
    return Condition.OUTDATED if other else Condition.MISSING


def begin(client: Elasticsearch, names: Names, phrases: Iterable[Phrase] = ()) -> dict[Index, str]:
    """A new, empty generation, after what a killed rebuild left has gone. Its texts will be marked with the phrases."""
    _remove(client, [name for name, has in _there(client, names).items() if names.holds(name) and not _in_use(has)])
    made = names.fresh()
    for index, name in made.items():
        described = mapping(index)
        described.meta("_meta", shape=SHAPE, **({"marks": packed(phrases)} if index == "library" else {}))
        new = IndexOnServer(name, using=client)
        new.settings(**SETTINGS)
        new.mapping(described)
        new.aliases(**{filling_alias(name): {}})
        new.create()
    return made


def flip(client: Elasticsearch, names: Names, made: Mapping[Index, str]) -> None:
    """Makes this generation the one in use, both indexes in one call; all others go."""
    there = _there(client, names)
    actions: list[dict[str, Any]] = []
    for index, name in made.items():
        alias = names.alias(index)
        actions += [{"remove": {"index": old, "alias": alias}} for old, has in there.items() if alias in has["aliases"]]
        actions.append({"remove": {"index": name, "alias": filling_alias(name)}})
        actions.append({"add": {"index": name, "alias": alias}})
    client.indices.update_aliases(actions=actions)
    _remove(client, [name for name in there if names.holds(name) and name not in made.values()])


def remove_all(client: Elasticsearch, names: Names) -> None:
    """Nothing of this site stays on the server."""
    _remove(client, [name for name in _there(client, names) if names.holds(name)])


def _there(client: Elasticsearch, names: Names) -> dict[str, Any]:
    """Every index that is ours or stands behind an alias of ours, with its aliases and what it says of itself."""
    found = client.indices.get(
        index=names.wanted, filter_path="*.aliases,*.mappings._meta.shape", ignore_unavailable=True
    )
    if not isinstance(found.body, dict):
        raise PartialAnswerError("an answer of another form")
    aliases = {names.alias(index) for index in INDEXES}
    return {name: has for name, has in found.body.items() if names.holds(name) or aliases & has["aliases"].keys()}


def _in_use(has: Mapping[str, Any]) -> bool:
    return any(not alias.endswith("-filling") for alias in has["aliases"])


def _remove(client: Elasticsearch, old: list[str]) -> None:
    for name in old:
        client.options(ignore_status=404).indices.delete(index=name)
