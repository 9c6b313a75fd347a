"""Clocks and scales: percentiles, a process's memory, bytes on disk, and progress for whoever waits."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

SECONDS_BETWEEN = 2.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in milliseconds."""

    p50: float
    p95: float
    p99: float
    worst: float
    many: int

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f}   p95 {self.p95:.1f}   p99 {self.p99:.1f} ms"


def spread(seconds: Sequence[float]) -> Spread:
    """Percentiles of many times."""
    cuts = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else [seconds[0]] * 99
    return Spread(cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000, max(seconds) * 1000, len(seconds))


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of one process: its own, of files that it has mapped, and the most that was resident at once."""

    own: float
    mapped: float
    peak: float


def memory_of(pid: int) -> Memory:
    """Reads /proc; of a server with workers, the largest of them."""
    return max((_status(each) for each in [pid, *_children(pid)]), key=lambda memory: memory.own + memory.mapped)


def _status(pid: int) -> Memory:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return Memory(0, 0, 0)
    values = {
        name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines) if "kB" in rest
    }
    return Memory(values.get("RssAnon", 0), values.get("RssFile", 0), values.get("VmHWM", 0))


def _children(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == pid:
            found.append(int(folder.name))
    return found


def megabytes(folder: Path) -> float:
    """What a folder takes on disk."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1e6


def say(text: str) -> None:
    """A line for whoever waits; results go to the report."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def shown[T](things: Iterable[T], what: str, of: int = 0) -> Iterator[T]:
    """The same things, with a line every two seconds that says how far they are."""
    started = last = time.monotonic()
    for number, thing in enumerate(things, 1):
        yield thing
        if time.monotonic() - last > SECONDS_BETWEEN:
            last = time.monotonic()
            left = f" of {of:,}" if of else ""
            say(f"{what}: {number:,}{left}, {number / (last - started):,.0f} a second")
