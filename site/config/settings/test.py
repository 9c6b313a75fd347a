"""Tests: fast hashing, mail in memory, an index folder of its own per run."""

import os
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

SECRET_KEY = "test-only-key"  # noqa: S105 - named for what it is
DEBUG = False
DEMO = True
DEMO_SECOND_FACTOR = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {
    "default": {"BACKEND": "accounts.outgoing.Backend"},
    "postman": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
}
SEARCH_INDEX_FOLDER = Path(tempfile.mkdtemp(prefix="waymark-index-")) / os.environ.get("PYTEST_XDIST_WORKER", "main")
MEDIA_ROOT = SEARCH_INDEX_FOLDER.parent / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # else each test client would list all static files: a sixth of all time
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # A file, not memory: the browser test's live server reads it from another thread.
    DATABASES["default"]["NAME"] = str(SEARCH_INDEX_FOLDER.parent / "main.sqlite3")  # for commands that only look
    DATABASES["default"]["TEST"] = {"NAME": str(SEARCH_INDEX_FOLDER.parent / "test.sqlite3")}
