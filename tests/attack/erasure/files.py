"""The bytes of everything on disk, and which of what is looked for stands in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.attack.erasure.tokens import Token, Tokens

# Cipher text longer than this is looked for in pieces: a database keeps it in pages that need not follow each other.
PIECE = 32
MOST_PIECES = 60


@dataclass(frozen=True, slots=True)
class Disk:
    """A folder's files, read at one moment: their bytes by path from there."""

    files: Mapping[str, bytes]

    @classmethod
    def of(cls, *folders: Path) -> "Disk":
        """Everything under these folders; a file that goes while it is read is not there."""
        files: dict[str, bytes] = {}
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                try:
                    if path.is_file():
                        files[str(path.relative_to(folder.parent))] = path.read_bytes()
                except FileNotFoundError:
                    continue
        return cls(files)

    def holding(self, tokens: Tokens) -> dict[Token, dict[str, str]]:
        """Token → the files in which it stands, and in which form."""
        found: dict[Token, dict[str, str]] = defaultdict(dict)
        for path, data in self.files.items():
            for token, written in tokens.at(data).items():
                found[token][path] = written.decode()
        return found

    def holding_pieces(self, values: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Column → a file in which a piece of a value that stood in it stands."""
        found: dict[str, str] = {}
        for column, value in values:
            for piece in pieces(value):
                for path in self._with(piece):
                    found.setdefault(column, path)
        return found

    def _with(self, needle: bytes) -> list[str]:
        return [path for path, held in self.files.items() if needle in held]


def pieces(value: str) -> list[bytes]:
    """Parts of a value, evenly spread: whatever whole page of it is left holds one."""
    whole = value.encode()
    if len(whole) <= PIECE:
        return [whole]
    step = max(PIECE, len(whole) // MOST_PIECES)
    return [whole[start : start + PIECE] for start in range(0, len(whole) - PIECE + 1, step)]
