"""So many kills: starts the processes, kills one after the other at random moments, and compares now and then."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.attack.part import Record, Settings
from tests.conftest import migrated_template

ROOT = Path(__file__).resolve().parents[3]
ROLES = ("writer", "indexer", "searcher")
# Building an index anew is begun, and killed, now and then.
REBUILDS = 0.2
COMPARE_AFTER = 5
LONGEST_LIFE = 0.4
PATIENCE = 120.0
STARTS = 3
# A server takes a quarter of a minute to start, so it is killed rarely.
KILLS_A_SERVER_KILL = 50

Say = Callable[[str], None]


@dataclass
class Figures:
    """What came of it: `moments` at which something was killed; `found` counts what was wrong, with examples."""

    kills: Counter[str] = field(default_factory=Counter)
    moments: int = 0
    comparisons: int = 0
    documents: int = 0
    found: dict[str, list[str]] = field(
        default_factory=lambda: {name: [] for name in ("lost", "phantom", "stale", "wedged", "seen", "crashes")}
    )
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        return not any(self.found.values())


class Campaign:
    """One scratch site and its processes. Leave it by `over()`, which kills what is left."""

    def __init__(self, folder: Path, seed: int, environment: dict[str, str], server: "Server | None" = None) -> None:
        self.folder, self.dice, self.server = folder, random.Random(seed), server
        self.figures = Figures()
        self.alive: dict[str, int] = {}
        self._log = (folder / "log").open("w")
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.attack.kills.nursery", str(folder)],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings.dev",
                "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
                "WAYMARK_VAR": str(folder / "var"),
                **environment,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=True,  # Ctrl+C ends the campaign, which ends these
        )
        self._read()

    def run(
        self,
        kills: int,
        *,
        server_kills: int = 0,
        say: Say = lambda line: None,
        over: Callable[[], bool] = lambda: False,
    ) -> Figures:
        """Kills so many times, and the server so many times among them; ends early, after comparing, when `over`."""
        began = time.monotonic()
        self._once("prepare")
        for role in ROLES:
            self._start(role)
        moments = set(self.dice.sample(range(kills), min(server_kills, kills)))
        for number in range(kills):
            last = number + 1 == kills or over()
            self.figures.moments += 1
            time.sleep(self.dice.random() * LONGEST_LIFE)
            if number in moments and self.server:
                self._kill_server()
            elif self.dice.random() < REBUILDS:
                self._rebuild()
            else:
                role = self.dice.choice(ROLES)
                self._kill(role)
                self._start(role)
            if (number + 1) % COMPARE_AFTER == 0 or last:
                self._compare()
                say(f"{number + 1} of {kills} kills, {self.figures.documents} documents compared")
            if last:
                break
        self.figures.seconds = time.monotonic() - began
        return self.figures

    def erase(self) -> dict[str, list[str]]:
        """Erases somebody and purges; the files in which their name stood before, after, and at the end."""
        self._once("prepare")
        found: dict[str, list[str]] = self._once("erase")
        return found

    def over(self) -> None:
        """Ends every process of this campaign, by its id."""
        for role in list(self.alive):
            self._kill(role)
        if self._nursery.stdin and self._nursery.stdout:
            self._nursery.stdin.close()
            self._nursery.stdout.close()
        self._nursery.kill()
        self._nursery.wait()
        self._log.close()

    def _start(self, role: str) -> None:
        seed = self.dice.random()
        # Half of the writers empty the outbox after their own commits too, as a web process does.
        command = {"role": role, "seed": str(seed), "drains": role == "writer" and self.dice.random() < 0.5}
        assert self._nursery.stdin
        self._nursery.stdin.write(json.dumps(command) + "\n")
        self._nursery.stdin.flush()
        self.alive[role] = int(self._read()["pid"])

    def _kill(self, role: str) -> None:
        """One that has ended by itself is killed no more: its mistake is written down, and its rebuilding done."""
        with suppress(ProcessLookupError):
            os.kill(self.alive.pop(role), signal.SIGKILL)
            self.figures.kills[role] += 1

    def _rebuild(self) -> None:
        """Half of the new indexes are finished, or killed when the next one begins."""
        if "rebuilder" in self.alive:
            self._kill("rebuilder")
        self._start("rebuilder")
        if self.dice.random() < 0.5:
            time.sleep(self.dice.random() * LONGEST_LIFE)
            self._kill("rebuilder")

    def _kill_server(self) -> None:
        assert self.server
        self.figures.kills["server"] += 1
        self.server.kill()
        time.sleep(self.dice.random() * LONGEST_LIFE)
        self.server.start()

    def _compare(self) -> None:
        """The writer is killed and stays dead meanwhile; the indexer brings all into step."""
        self._kill("writer")
        found = self._once("compare")
        self.figures.comparisons += 1
        self.figures.documents += found["documents"]
        for name, wrong in self.figures.found.items():
            wrong += [each for each in found[name] if each not in wrong]
        self._start("writer")

    def _once(self, role: str) -> Any:
        """Lets a process do one thing and returns its answer."""
        answer = self.folder / "answer"
        answer.unlink(missing_ok=True)
        self._start(role)
        until = time.monotonic() + PATIENCE
        while not answer.exists():
            if time.monotonic() > until:
                raise TimeoutError(f"{role} gave no answer: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)
        self.alive.pop(role)
        return json.loads(answer.read_text())

    def _read(self) -> Any:
        assert self._nursery.stdout
        line = self._nursery.stdout.readline()
        if not line:
            raise RuntimeError(f"the nursery died: {(self.folder / 'log').read_text()[-2000:]}")
        return json.loads(line)


@dataclass(frozen=True)
class Server:
    """A search server that can be killed and started: the command, its folder and its port."""

    command: str
    folder: str
    port: str

    def kill(self) -> None:
        subprocess.run([self.command, "kill", self.folder], check=True, capture_output=True, timeout=60)

    def start(self) -> None:
        """Again after a moment where it refuses: what was killed may hold its files or its port a little longer."""
        start = [self.command, "start", self.port, self.folder]
        for _ in range(STARTS - 1):
            if not subprocess.run(start, check=False, capture_output=True, timeout=180).returncode:
                return
            time.sleep(2)
        subprocess.run(start, check=True, timeout=180)


def fresh_site(folder: Path) -> Path:
    """A folder for a site, with a migrated database where the tests have left one."""
    (folder / "var").mkdir()
    if migrated_template().exists():
        shutil.copy(migrated_template(), folder / "var" / "waymark.sqlite3")
    return folder


@contextmanager
def campaign(folder: Path, seed: int, environment: dict[str, str], server: Server | None = None) -> Iterator[Campaign]:
    """A campaign whose processes are gone at the end, whatever happens."""
    made = Campaign(folder, seed, environment, server)
    try:
        yield made
    finally:
        made.over()


def attack(settings: Settings) -> Record:
    """A campaign at length, with the engine of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    engine = os.environ["SEARCH_ENGINE"]
    server = _server() if engine == "elasticsearch" else None
    with tempfile.TemporaryDirectory(prefix="waymark-kills-") as scratch:
        site = fresh_site(Path(scratch))
        with campaign(site, settings.seed, {"SEARCH_ENGINE": engine}, server) as running:
            figures = running.run(
                settings.number,
                server_kills=settings.number // KILLS_A_SERVER_KILL if server else 0,
                say=settings.say,
                over=settings.over,
            )
    killed = ", ".join(f"{role} {count}" for role, count in sorted(figures.kills.items()))
    return Record(
        done=figures.moments,
        told=(
            f"{figures.kills.total():,} processes were killed ({killed}): the writer before each comparison too. "
            f"Database and index were compared {figures.comparisons} times, {figures.documents:,} documents in all."
        ),
        found=figures.found,
    )


def _server() -> Server:
    command, folder = os.environ["WAYMARK_TEST_ELASTICSEARCH_CONTROL"].split()
    return Server(command, folder, str(urlsplit(os.environ["ELASTICSEARCH_URL"]).port))
