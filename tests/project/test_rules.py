"""What the house rules say and a test can check."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.sharing import SEARCH_SERVER, TOGETHER, share

ROOT = Path(settings.ROOT)
APPS = {
    "config": ROOT / "site/config",
    "home": ROOT / "site/home",
    "pages": ROOT / "site/pages",
    "accounts": ROOT / "site/accounts",
    "vocabulary": ROOT / "site/vocabulary",
    "practices": ROOT / "practices",
    "network": ROOT / "network",
    "search": ROOT / "search",
}
# What each room may use of the rooms' templates and tags: itself and the rooms below.
BELOW = {
    "home": {"home", "practices", "network", "pages", "accounts", "vocabulary", "search"},
    "practices": {"practices", "network", "pages", "accounts", "vocabulary", "search"},
    "network": {"network", "pages", "accounts", "vocabulary", "search"},
    "pages": {"pages", "vocabulary", "search"},
    "accounts": {"accounts", "vocabulary", "search"},
    "search": {"search"},
}
TAG_LIBRARIES = {"network_help": "network"}


def sources() -> list[Path]:
    return sorted(path for folder in APPS.values() for path in folder.rglob("*.py") if "migrations" not in path.parts)


def test_site_is_a_plain_folder_and_the_name_stays_the_standard_librarys():
    asked = subprocess.run([sys.executable, "-c", "import site; print(site.__file__)"], capture_output=True, text=True)

    assert not (ROOT / "site" / "__init__.py").exists()
    assert str(ROOT) not in asked.stdout


def test_files_stay_under_300_lines():
    long = {str(path.relative_to(ROOT)): n for path in sources() if (n := len(path.read_text().splitlines())) > 300}

    assert long == {}


def test_templates_stay_under_80_lines():
    templates = (ROOT / "templates").rglob("*.html")
    long = {str(path.relative_to(ROOT)): n for path in templates if (n := len(path.read_text().splitlines())) > 80}

    assert long == {}


def test_views_stay_under_15_lines():
    long = []
    for path in sources():
        if path.name == "views.py" or "views" in path.parts:
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and node.end_lineno - node.body[0].lineno + 1 > 15:
                    long.append(f"{path.relative_to(ROOT)}:{node.name}")

    assert long == []


def test_no_file_is_called_after_nothing():
    banned = {"utils.py", "helpers.py", "common.py", "misc.py"}

    assert [str(path) for path in sources() if path.name in banned] == []


def test_every_module_says_why_it_exists():
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_each_room_knows_only_the_rooms_below():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_templates_obey_the_layers_too():
    wrong = []
    for room, allowed in BELOW.items():
        for path in (ROOT / "templates" / room).rglob("*.html"):
            text = path.read_text()
            included = re.findall(r"{% (?:include|extends) \"(\w+)/", text)
            loaded = [TAG_LIBRARIES[each] for line in re.findall(r"{% load ([^%]+) %}", text) for each in line.split()
                      if each in TAG_LIBRARIES]  # fmt: skip
            above = [each for each in (*included, *loaded) if each in BELOW and each not in allowed]
            wrong += [f"{path.relative_to(ROOT)}: {each}" for each in above]

    assert wrong == []


def test_search_signals_live_in_one_file():
    connecting = re.compile(r"(post_save|post_delete|m2m_changed|page_published|pre_save)\.connect|@receiver")
    found = [str(path.relative_to(ROOT)) for path in sources() if connecting.search(path.read_text())]

    assert found == ["search/signals.py"]


def test_only_get_engine_reads_the_engine_setting():
    readers = [str(path.relative_to(ROOT)) for path in sources() if "settings.SEARCH_ENGINE" in path.read_text()]

    assert readers == ["search/engines/__init__.py"]


def test_no_template_holds_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"")
    found = [str(p.relative_to(ROOT)) for p in (ROOT / "templates").rglob("*.html") if inline.search(p.read_text())]

    assert found == []


def test_no_test_empties_the_tables_that_the_migrations_filled():
    """Whatever ran after it in the same process would find no page tree. The fixture `really_committed` commits too."""
    emptying = re.compile(r"transaction=True|\btransactional_db\b|\blive_server\b")
    tests = sorted({*(ROOT / "tests").rglob("*.py")} - {Path(__file__)})
    found = [str(path.relative_to(ROOT)) for path in tests if emptying.search(path.read_text())]

    assert found == []


def test_whatever_asks_the_search_server_runs_in_one_process(request: pytest.FixtureRequest):
    """Some of it stalls and kills the server. Add the file to TOGETHER in tests/sharing.py."""
    asking = {item.nodeid for item in request.session.items if "elasticsearch_url" in getattr(item, "fixturenames", ())}

    assert {share(each) for each in asking} <= {SEARCH_SERVER}


def test_shares_name_what_there_is():
    assert [place for place in TOGETHER if not (ROOT / place).exists()] == []
    assert share("tests/starter/test_pages.py::test_x[a::b]") == "starter content"
    assert share("tests/search/test_page.py::test_x[tests/browser]") == "tests/search/test_page.py"


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_system_checks_are_clean():
    call_command("check", fail_level="WARNING")
