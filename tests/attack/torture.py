"""`make torture`: the attacks in their long form, one after the other; docs/torture.md says what came of them.

    python -m tests.attack.torture                                     all of them, some hours
    python -m tests.attack.torture --only kills odd_queries=300        some, and of one another number
    python -m tests.attack.torture --seed 7 --minutes 20               what seed 7 draws, twenty minutes each at most

Elasticsearch takes part where WAYMARK_TEST_ELASTICSEARCH_URL names a server (and is killed where
WAYMARK_TEST_ELASTICSEARCH_CONTROL says how), PostgreSQL where it is installed. Ctrl+C ends the attack that runs, and
what it did until then is recorded; a second one ends everything.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.attack.part import Record, Settings
from tests.attack.parts import PARTS, Part
from tests.attack.torture_report import REPORT, Run, record

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Runs the chosen parts; 1 when anything was found."""
    given = _arguments()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**9)
    print(f"Seed {seed}", flush=True)
    clean = True
    for name, number in given.only.items():
        part = PARTS[name]
        for variant, environment in part.variants.items():
            title = f"{part.title}, {variant}" if variant else part.title
            with environment() as variables:
                if variables is None:
                    print(f"{title}: left out, {variant} is not here", flush=True)
                    continue
                settings = Settings(number, seed, variant, given.minutes * 60)
                run, ended = _run(title, part, settings, variables)
            record(run, given.report)
            print(f"{title}: {run.result.told} {'clean' if run.result.clean else run.result.found}", flush=True)
            clean &= run.result.clean
            if ended:
                return 0 if clean else 1
    return 0 if clean else 1


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.attack.torture", description=str(__doc__).splitlines()[0])
    parts = "; ".join(f"{name}: {part.number:,} {part.of}" for name, part in PARTS.items())
    asked.add_argument("--only", nargs="+", metavar="PART[=N]", default=list(PARTS), help=parts)
    asked.add_argument("--number", type=int, help="so many of each, in its own measure; else each part's long form")
    asked.add_argument("--seed", type=int, help="what is drawn; printed and recorded")
    asked.add_argument("--minutes", type=float, default=120.0, help="no attack takes much longer (default: 120)")
    asked.add_argument("--report", type=Path, default=REPORT, help="the file that keeps the records")
    given = asked.parse_args()
    chosen = dict(each.partition("=")[::2] for each in given.only)
    if unknown := chosen.keys() - PARTS.keys():
        asked.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if wrong := [each for each in chosen.values() if each and not each.isdecimal()]:
        asked.error(f"“{wrong[0]}” is no number")
    given.only = {name: int(number or given.number or PARTS[name].number) for name, number in chosen.items()}
    return given


def _run(title: str, part: Part, settings: Settings, variables: Mapping[str, str]) -> tuple[Run, bool]:
    """In a process of its own, for settings are read once; also says whether somebody wants no more."""
    print(f"{time.strftime('%H:%M:%S')} {title}: {settings.number:,} {part.of}", flush=True)
    with tempfile.TemporaryDirectory(prefix="waymark-torture-") as folder:
        answer = Path(folder) / "record"
        asked = json.dumps([part.attack, settings.number, settings.seed, settings.variant, settings.seconds])
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.attack.torture_child", asked, str(answer)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", **variables},
            start_new_session=True,
        )
        ended = _awaited(process)
        lost = Record(0, "It ended without a word.", {"crashes": [f"exit code {process.returncode}"]})
        result = Record(**json.loads(answer.read_text())) if answer.exists() else lost
    return Run(title, part, settings, result, time.monotonic() - settings.began), ended


def _awaited(process: subprocess.Popen[bytes]) -> bool:
    ended = False
    while True:
        try:
            process.wait()
            return ended
        except KeyboardInterrupt:
            if ended:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                print("Ends with what it is doing; once more ends at once.", flush=True)
                process.send_signal(signal.SIGINT)
            ended = True


if __name__ == "__main__":
    sys.exit(main())
