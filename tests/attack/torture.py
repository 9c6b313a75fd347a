"""`make torture N=1000 SEED=…`: the attacks in their long form; what came of them is written to docs/torture.md.

Each attack has a section of its own there, which its next run replaces.
"""

import argparse
import os
import platform
import random
import re
import secrets
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from tests.attack.kills.campaign import Figures, Server, campaign, fresh_site

REPORT = Path(__file__).resolve().parents[2] / "docs" / "torture.md"
PREFACE = """# Torture

Long runs of the attacks in `tests/attack/`, by `make torture`. `make test` runs a short form of each.
"""
# A server takes a quarter of a minute to start, so it is killed rarely.
KILLS_A_SERVER_KILL = 50


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--engine", choices=["embedded", "elasticsearch"], action="append")
    given = asked.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**9)
    print(f"Seed {seed}", flush=True)
    engines = given.engine or [
        "embedded",
        *(["elasticsearch"] if "WAYMARK_TEST_ELASTICSEARCH_CONTROL" in os.environ else []),
    ]
    clean = [_kills(engine, given.kills, seed) for engine in engines]
    return 0 if all(clean) else 1


def _kills(engine: str, kills: int, seed: int) -> bool:
    environment, server = {"SEARCH_ENGINE": engine}, None
    if engine == "elasticsearch":
        address = os.environ["WAYMARK_TEST_ELASTICSEARCH_URL"]
        environment["ELASTICSEARCH_URL"] = f"{address}/kills-{secrets.token_hex(4)}"
        command, folder = os.environ["WAYMARK_TEST_ELASTICSEARCH_CONTROL"].split()
        server = Server(command, folder, str(urlsplit(address).port))
    with tempfile.TemporaryDirectory(prefix="waymark-kills-") as scratch:
        site = fresh_site(Path(scratch))
        with campaign(site, seed, environment, server) as running:
            figures = running.run(kills, server_kills=kills // KILLS_A_SERVER_KILL if server else 0, say=_say)
    record(f"kill -9, {engine} engine", _told(figures, seed))
    print("clean" if figures.clean else figures.found, flush=True)
    return figures.clean


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def _told(figures: Figures, seed: int) -> str:
    killed = ", ".join(f"{role} {count}" for role, count in sorted(figures.kills.items()))
    wrong = "".join(f"| {name} | {len(keys)} |\n" for name, keys in figures.found.items())
    return (
        f"{date.today():%d %B %Y}, seed {seed}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        f"{figures.seconds / 60:.0f} minutes.\n\n"
        f"{sum(figures.kills.values())} processes were killed ({killed}). Afterwards database and index were compared "
        f"{figures.comparisons} times, {figures.documents} documents in all.\n\n"
        f"| what was wrong | how often |\n|---|---|\n{wrong}"
    )


def record(section: str, text: str) -> None:
    """Writes a section of the report in place of the one of the same name."""
    said = REPORT.read_text(encoding="utf-8") if REPORT.exists() else PREFACE
    said = re.sub(rf"\n## {re.escape(section)}\n.*?(?=\n## |\Z)", "", said, flags=re.DOTALL)
    REPORT.write_text(f"{said.rstrip()}\n\n## {section}\n\n{text.rstrip()}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
