"""Every page type renders; every block's preview renders."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.test import Client
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from tests.site_tree import make_site

TEMPLATES = Path(settings.ROOT) / "templates"


def every_block() -> dict[str, blocks.Block]:
    """Every block of every StreamField of ours, by class name."""
    found: dict[str, blocks.Block] = {}

    def visit(block: blocks.Block) -> None:
        if not type(block).__module__.startswith("wagtail."):
            found.setdefault(type(block).__name__, block)
        for child in getattr(block, "child_blocks", {}).values():
            visit(child)

    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                visit(field.stream_block)
    return found


def test_every_block_has_an_icon_a_description_and_a_preview_that_renders():
    for name, block in every_block().items():
        if isinstance(block, blocks.StreamBlock):
            continue
        assert block.meta.icon, name
        assert block.get_description(), name
        assert "preview_value" in vars(block.meta) or hasattr(block.meta, "preview_value"), name
        assert str(block.render(block.get_preview_value())).strip(), name


def test_a_form_that_is_included_alone_is_handed_its_token():
    """`only` keeps everything else out, and Django's test client does not miss it."""
    included = re.compile(r'{% include "([^"]+)"[^%]* only %}')
    templates = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}

    bare = [
        f"{name}: {tag[0]}"
        for name, text in templates.items()
        for tag in included.finditer(text)
        if "{% csrf_token %}" in templates[tag[1]] and "csrf_token=csrf_token" not in tag[0]
    ]

    assert bare == []


def test_every_page_type_renders(db):
    pages = make_site()
    client = Client()

    for model in get_page_models():
        if model.__module__.startswith("wagtail."):
            continue
        page = pages[model.__name__]
        answer = client.get(page.url)
        assert answer.status_code == 200, model.__name__
        assert page.title in answer.content.decode(), model.__name__
