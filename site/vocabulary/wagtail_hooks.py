"""Wagtail finds snippets through this file."""

from vocabulary import snippets  # noqa: F401 - registers the viewsets
