"""Sites to measure: a base with the starter content, and copies of it with the records of a synthetic index."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.measure import say
from bench.servers import ROOT, environment

BASE = ROOT / "var" / "bench" / "base"


def base() -> Path:
    """The starter content as `make run` loads it; made once."""
    if not (BASE / "content.sha256").exists():
        say("loading the starter content into a site of the bench's own")
    for name in ("bundle", "static"):
        (BASE / name).mkdir(parents=True, exist_ok=True)
    run_in(BASE, "manage.py", "prepare")
    return BASE


def run_in(var: Path, *arguments: str, given: Iterable[str] = (), **more: str) -> str:
    """What a process of the project on this folder printed; `given` are the lines it reads."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(var, **more),
        input="\n".join(given),
        text=True,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed.")
    return done.stdout


def copy_of_base(var: Path) -> None:
    """A copy of the base's database and style sheet; an index that lies there stays."""
    var.mkdir(parents=True, exist_ok=True)
    for old in var.glob("waymark.sqlite3*"):
        old.unlink()
    for each in BASE.glob("waymark.sqlite3*"):
        shutil.copy(each, var / each.name)
    (var / "static").mkdir(exist_ok=True)  # WhiteNoise warns where it is absent
    shutil.copytree(BASE / "bundle", var / "bundle", dirs_exist_ok=True)
