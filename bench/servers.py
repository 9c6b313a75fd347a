"""Servers of the bench's own, on 127.0.0.1 and gone when their `with` ends, Ctrl+C included."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60
POSTGRES_BINARIES = Path("/usr/lib/postgresql")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def environment(var: Path, **more: str) -> dict[str, str]:
    """The variables of a process of this project whose files lie in `var`."""
    own = {"PYTHONPATH": ".:site", "DJANGO_SETTINGS_MODULE": "config.settings.dev", "WAYMARK_VAR": str(var)}
    return {**os.environ, **own, **more}


def ask(address: str) -> float:
    """Seconds until the whole answer was read; raises for anything but 200."""
    started = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server on 127.0.0.1
        answer.read()
    return time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Site:
    """A running web server."""

    address: str
    pid: int


@contextmanager
def site(var: Path) -> Iterator[Site]:
    """The project's web server as `make run` starts it, on the database and the index of a folder."""
    port = free_port()
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1", "--port",
         str(port), "--workers", "1", "--blocking-threads", "4", "--backpressure", "64", "--no-ws", "--log-level",
         "error", "config.wsgi:application"],
        cwd=ROOT,
        env=environment(var),
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/health/", server)
        yield Site(f"http://127.0.0.1:{port}", server.pid)
    finally:
        _stop(server)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            ask(address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"The web server did not answer within {SECONDS_TO_START} seconds.")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def postgres(folder: Path) -> Iterator[str | None]:
    """The DATABASE_URL of an empty database of a cluster of our own; None where PostgreSQL is not installed."""
    found = sorted(POSTGRES_BINARIES.glob("*/bin/initdb"))
    if not found:
        yield None
        return
    binaries, port = found[-1].parent, free_port()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    as_whom = _unprivileged(folder)
    _run([binaries / "initdb", "-D", folder, "-A", "trust", "-U", "bench", "-E", "UTF8", "--no-sync"], as_whom)
    server = subprocess.Popen(
        [str(binaries / "postgres"), "-D", str(folder), "-h", "127.0.0.1", "-p", str(port), "-k", str(folder),
         "-c", "shared_buffers=1GB", "-c", "work_mem=64MB", "-c", "fsync=off", "-c", "log_min_messages=fatal"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=as_whom,
    )  # fmt: skip
    try:
        for _ in range(SECONDS_TO_START * 10):
            if _run([binaries / "pg_isready", "-h", "127.0.0.1", "-p", str(port)], as_whom, check=False) == 0:
                break
            time.sleep(0.1)
        _run([binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "bench", "bench"], as_whom)
        yield f"postgresql://bench@127.0.0.1:{port}/bench"
    finally:
        _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: then it runs as the user that Debian made for it, who gets the folder."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user.pw_uid


def _run(command: list[str | Path], user: int | None, *, check: bool = True) -> int:
    done = subprocess.run([str(part) for part in command], user=user, capture_output=True, check=False)
    if check and done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode(errors='replace')}")
    return done.returncode
