"""A laptop: the demo network, demo sign-ins without a second factor, both clearly marked on every page."""

from config import env
from config.settings.base import *  # noqa: F403

SECRET_KEY = "development-only-key-not-for-production"  # noqa: S105 - named for what it is
DEBUG = env.flag("DEBUG", default=False)
DEMO = True
DEMO_SECOND_FACTOR = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
