"""The interface in French and Russian: every string is translated, and what is compiled is what is written."""

import gettext
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import lacking

CATALOGUES = sorted((Path(settings.ROOT) / "locale").glob("*/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_strings_are_the_written_ones_and_none_is_missing(path: Path):
    if shutil.which("msgfmt") is None:
        lacking("msgfmt", "apt install gettext")
    made = subprocess.run(["msgfmt", "--check-format", "-o", "-", str(path)], capture_output=True, check=True).stdout
    said = subprocess.run(["msgfmt", "--statistics", "-o", "/dev/null", str(path)], capture_output=True, text=True)

    compiled = gettext.GNUTranslations(io.BytesIO(path.with_suffix(".mo").read_bytes()))
    written = gettext.GNUTranslations(io.BytesIO(made))
    assert {k: v for k, v in compiled._catalog.items() if k} == {k: v for k, v in written._catalog.items() if k}
    assert "untranslated" not in said.stderr
    assert "fuzzy" not in said.stderr
