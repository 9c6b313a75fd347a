"""Drives the machine's own Chromium; a stray request to another host fails the test."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from home.loading import DEMO_PASSWORD
from tests.conftest import lacking, migrated_template

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-default-apps",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("WAYMARK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        lacking("Chromium", "apt install chromium, or set WAYMARK_CHROMIUM to its path")
    # Playwright's loop would make Django refuse to touch the database from the test's thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of 360 × 740 whose failed requests and script errors fail the test."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    wrong: list[str] = []
    page.on("requestfailed", lambda request: wrong.append(request.url) if _failed(request) else None)
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on(
        "console", lambda said: wrong.append(said.text) if said.type == "error" and "404" not in said.text else None
    )
    yield page
    context.close()
    assert wrong == []


def _failed(request: Request) -> bool:
    """A request that a page gave up because the reader left is no failure."""
    return request.failure != "net::ERR_ABORTED"


def _is_our_mistake(said: ConsoleMessage) -> bool:
    """Chromium logs a 404 as an error; a test may ask for one on purpose."""
    return said.type == "error" and "404" not in said.text


class Site(str):
    """The address of the running site, and the file where it says what it does: in the demo, mail too."""

    log: Path


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its database and index."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "var").mkdir()
    return folder


@pytest.fixture(scope="session")
def site(site_folder: Path, django_db_setup: None) -> Iterator[str]:
    """The site as `make run` starts it, in a folder of its own, on a free port; its address."""
    folder, port = site_folder, free_port()
    if migrated_template().exists():  # made with the database of the tests
        shutil.copy(migrated_template(), folder / "var" / "waymark.sqlite3")
    log = (folder / "log").open("w+")
    server = subprocess.Popen(
        ["bash", "deploy/run.sh", str(port)],
        cwd=settings.ROOT,
        env={**os.environ, "WAYMARK_VAR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "config.settings.dev"},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    address = Site(f"http://localhost:{port}")
    address.log = folder / "log"
    try:
        for _ in range(1800):
            if server.poll() is not None:
                log.seek(0)
                pytest.fail(f"make run stopped: {log.read()[-3000:]}")
            if answers(port):
                break
            time.sleep(0.1)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
        log.close()


def answers(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def sign_in(page: Page, site: str, email: str) -> None:
    """Through the one sign-in page, as a person does."""
    page.goto(f"{site}/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
