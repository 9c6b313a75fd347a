"""`make bench`: requests/s and p50/p95 of the main pages of a running site's twin, from this second process.

Starts its own server on 127.0.0.1 with the database and index of var/ (made by `make run`), asks a bounded number of
times, prints ratios to the plain home page, reads the server's memory after 1,000 mixed requests, and stops it.
"""

import os
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "home": "/en/",
    "guide": "/en/practices/street-work-with-children/",
    "search": "/en/search/?q=kid+begging+at+traffic+lights",
    "people": "/en/people/?q=teacher&near=AL",
}
REQUESTS, CLIENTS, MIXED = 200, 4, 1000


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def ask(address: str) -> float:
    """Seconds until the whole answer was read; raises for anything but 200."""
    started = time.perf_counter()
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server on 127.0.0.1
        answer.read()
    return time.perf_counter() - started


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            ask(address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not answer within 20 seconds.")


def memory_of(pid: int) -> int:
    """Resident megabytes of a process and its children."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if int(folder.name) == pid or parent == pid:
            total = max(total, next(int(each.split()[1]) for each in status.splitlines() if each.startswith("VmRSS")))
    return total // 1024


def measure(name: str, address: str, first: float | None) -> float:
    with ThreadPoolExecutor(CLIENTS) as clients:
        started = time.perf_counter()
        times = sorted(clients.map(ask, [address] * REQUESTS))
        took = time.perf_counter() - started
    cuts = quantiles(times, n=100)
    ratio = f"{cuts[49] / first:5.2f} × home" if first else ""
    pace, middle, late = REQUESTS / took, cuts[49] * 1000, cuts[94] * 1000
    print(f"{name:8} {pace:7.1f} requests/s   p50 {middle:6.1f} ms   p95 {late:6.1f} ms   {ratio}")
    return cuts[49]


def main() -> None:
    if not (Path(os.environ.get("WAYMARK_VAR", ROOT / "var")) / "waymark.sqlite3").exists():
        raise SystemExit("Run `make run` once first: the bench reads its database and index.")
    port = free_port()
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1", "--port",
         str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error",
         "config.wsgi:application"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": ".:site", "DJANGO_SETTINGS_MODULE": "config.settings.dev"},
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/health/")
        for path in PAGES.values():
            ask(base + path)
        first = None
        for name, path in PAGES.items():
            p50 = measure(name, base + path, first)
            first = first or p50
        mixed = [base + path for path in PAGES.values()] * (MIXED // len(PAGES))
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(ask, mixed))
        print(f"memory of the web process after {MIXED} mixed requests: {memory_of(server.pid)} MB")
        print(f"this client: {resource.getrusage(resource.RUSAGE_SELF).ru_utime:.1f} s of CPU in between")
    finally:
        server.terminate()
        server.wait(timeout=10)


if __name__ == "__main__":
    main()
