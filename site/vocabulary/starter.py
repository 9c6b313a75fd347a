"""The rules of loading starter content: unchanged is updated, edited is kept, deleted stays deleted."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Model

from vocabulary.models import StarterRecord


class BrokenStarterFile(Exception):
    """A file that cannot be loaded: names the file, the field and the reason. Nothing of it is loaded."""

    def __init__(self, path: Path | str, where: str, reason: str) -> None:
        super().__init__(f"{path}: {where}: {reason}")


@dataclass
class Report:
    """What a loader did: counts by outcome, and the keys that were kept because somebody edited them."""

    loaded: int = 0
    updated: int = 0
    unchanged: int = 0
    edited: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = [f"{self.loaded} loaded", f"{self.updated} updated", f"{self.unchanged} as they were"]
        if self.edited:
            said.append(f"{len(self.edited)} edited here and kept: {', '.join(self.edited)}")
        if self.deleted:
            said.append(f"{len(self.deleted)} deleted here and not brought back: {', '.join(self.deleted)}")
        return "; ".join(said + self.notes)


def digest(value: object) -> str:
    """A lasting hash of plain data."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def read_yaml(path: Path) -> Any:
    """The file's data; raises BrokenStarterFile with the line where YAML breaks."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenStarterFile(path, "file", str(error)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "file"
        raise BrokenStarterFile(path, where, str(getattr(error, "problem", error))) from error


def files(folder: Path, pattern: str = "*.yaml", shape: type = dict) -> Iterator[tuple[Path, Any]]:
    """Every file of a folder in order, with its data; one that holds something else than `shape` is broken."""
    for path in sorted(folder.glob(pattern)):
        data = read_yaml(path)
        if not isinstance(data, shape):
            raise BrokenStarterFile(path, "file", "holds no fields" if shape is dict else "holds no list")
        yield path, data


class Loader:
    """Applies the rules to one kind of record: `find` and `fingerprint` read the database, `save` writes it.

    `fingerprint` is plain data of the record as an editor could have changed it.
    """

    def __init__[M: Model](
        self, prefix: str, find: Callable[[str], M | None], fingerprint: Callable[[M], object], report: Report
    ) -> None:
        self.prefix, self.find, self.fingerprint, self.report = prefix, find, fingerprint, report
        self.known = {each.key: each for each in StarterRecord.objects.filter(key__startswith=f"{prefix}:")}

    def sync(self, name: str, data: object, save: Callable[[Any], Any]) -> Any:
        """Brings one record in; `save` gets the existing record or None and returns the saved one.

        Returns the record as it stands afterwards, or None when it was deleted here.
        """
        key = f"{self.prefix}:{name}"
        record, existing, source = self.known.get(key), self.find(name), digest(data)
        if record is not None and existing is None:
            self.report.deleted.append(name)
            return None
        if record is not None and existing is not None:
            if digest(self.fingerprint(existing)) != record.record_hash:
                self.report.edited.append(name)
                return existing
            if record.source_hash == source:
                self.report.unchanged += 1
                return existing
        saved = save(existing)
        StarterRecord.objects.update_or_create(
            key=key, defaults={"source_hash": source, "record_hash": digest(self.fingerprint(saved))}
        )
        if record is None:
            self.report.loaded += 1
        else:
            self.report.updated += 1
        return saved
