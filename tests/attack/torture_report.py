"""docs/torture.md: one section for each attack and variant, which its next run replaces; all others stay."""

import os
import platform
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.attack.part import Record, Settings
from tests.attack.parts import Part

REPORT = Path(__file__).resolve().parents[2] / "docs" / "torture.md"
PREFACE = """# Torture

Long runs of the attacks in `tests/attack/`, by `make torture`. `make test` runs a short form of each.
"""
MOST_EXAMPLES, LONGEST_EXAMPLE = 5, 1_500


@dataclass(frozen=True, slots=True)
class Run:
    """One attack as it was run."""

    title: str
    part: Part
    settings: Settings
    result: Record
    seconds: float


def record(run: Run, report: Path = REPORT) -> None:
    """Writes a run's section in place of the one of the same title, or at the end."""
    said = report.read_text(encoding="utf-8") if report.exists() else PREFACE
    section = f"\n## {run.title}\n\n{told(run).rstrip()}\n"
    old = re.compile(rf"\n## {re.escape(run.title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    said = old.sub(lambda _found: section, said) if old.search(said) else f"{said.rstrip()}\n{section}"
    report.write_text(f"{said.rstrip()}\n", encoding="utf-8")


def told(run: Run) -> str:
    """What was done, with what, and what was wrong."""
    minutes = f"{run.seconds / 60:.0f} minutes" if run.seconds >= 90 else f"{run.seconds:.0f} seconds"
    result = run.result
    lines = [
        f"{date.today():%d %B %Y}, seed {run.settings.seed}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, {minutes}. {result.done:,} of {run.settings.number:,} {run.part.of}.",
        result.told,
        "| what was wrong | how often |\n|---|---|\n"
        + "\n".join(f"| {name} | {len(examples)} |" for name, examples in result.found.items()),
    ]
    for name, examples in result.found.items():
        if examples:
            lines.append(f"{name[:1].upper()}{name[1:]}, the first of them:")
            lines += [f"```\n{each[-LONGEST_EXAMPLE:].strip()}\n```" for each in examples[:MOST_EXAMPLES]]
    return "\n\n".join(lines)
