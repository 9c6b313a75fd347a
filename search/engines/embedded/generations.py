"""Where the index lies: one folder a generation, and a pointer file that names the one in use.

A generation is filled beside the old one; flipping the pointer is one rename, so a reader sees one or the other.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search.engines.base import Condition
from search.engines.embedded.schema import shape
from search.engines.marks import Marks, phrases_of

POINTER = "CURRENT"
ABOUT = "about.json"
MARKS = "marks.json"
INDEXES = ("library", "directory")


@dataclass(frozen=True, slots=True)
class Generation:
    """One folder that holds both indexes."""

    folder: Path

    def path(self, index: str) -> str:
        return str(self.folder / index)


def current(root: Path) -> tuple[Condition, Generation | None]:
    """The generation in use and whether it can be used."""
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return Condition.MISSING, None
    except (OSError, UnicodeDecodeError):
        return Condition.BROKEN, None
    generation = Generation(root / name)
    if not name or Path(name).name != name or not generation.folder.is_dir():
        return Condition.MISSING, None
    try:
        about = json.loads((generation.folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Condition.BROKEN, None
    if about.get("shape") != shape():
        return Condition.OUTDATED, None
    if not all((generation.folder / index / "meta.json").is_file() for index in INDEXES):
        return Condition.BROKEN, None
    return Condition.READY, generation


def begin(root: Path, wordings: Iterable[tuple[str, str]] = ()) -> Generation:
    """A new, empty generation, whose texts will be marked with these wordings (language, text)."""
    folder = root / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(4)}"
    for index in INDEXES:
        (folder / index).mkdir(parents=True)
    (folder / MARKS).write_text(json.dumps(sorted(phrases_of(wordings)), ensure_ascii=False), encoding="utf-8")
    (folder / ABOUT).write_text(json.dumps({"shape": shape()}), encoding="utf-8")
    return Generation(folder)


@lru_cache(maxsize=4)
def marks_of(generation: Generation) -> Marks:
    """What its texts are marked with, from the beginning to the end."""
    listed = json.loads((generation.folder / MARKS).read_text(encoding="utf-8"))
    return Marks((language, tuple(stems), slop) for language, stems, slop in listed)


def flip(root: Path, generation: Generation) -> None:
    """Makes this generation the one in use, at once and lastingly; all others go."""
    fresh = root / f"{POINTER}.{secrets.token_hex(4)}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(generation.folder.name)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(root / POINTER)
    remove_others(root, generation)


def remove_others(root: Path, generation: Generation) -> None:
    """Removes what is not in use, leftovers of a rebuild that was killed included. Open readers keep their files."""
    for each in root.iterdir():
        if each.is_dir() and each != generation.folder and (each / ABOUT).exists():
            shutil.rmtree(each, ignore_errors=True)
