"""Running text: headings, paragraphs, lists, notes. No raw HTML anywhere."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

INLINE = ["bold", "italic", "link"]
PROSE = [*INLINE, "ul", "ol"]


class HeadingBlock(blocks.CharBlock):
    """A section of the page; also an entry of its contents."""

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Opens a section and stands in the list of contents.")
        template = "blocks/heading.html"
        preview_value = "What this page holds"

    def get_context(self, value: str, parent_context: dict | None = None) -> dict:
        return {**super().get_context(value, parent_context), "anchor": slugify(value, allow_unicode=True)}


class ParagraphBlock(blocks.RichTextBlock):
    """Plain prose with bold, italic and links."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": INLINE, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Prose in short sentences.")
        template = "blocks/paragraph.html"
        preview_value = "<p>Short sentences, plain words. The reader may be standing beside someone at risk.</p>"


class ListedBlock(blocks.ListBlock):
    """Short points, one line each."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(blocks.RichTextBlock(features=INLINE), **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("List")
        description = _("Points of one line or two.")
        template = "blocks/listed.html"
        preview_value = ["<p>First point</p>", "<p>Second point</p>"]


class NoteBlock(blocks.TextBlock):
    """Something that must not be missed."""

    class Meta:
        icon = "warning"
        label = _("Note")
        description = _("A short remark that must not be missed.")
        template = "blocks/note.html"
        preview_value = "This text was not yet reviewed by a native reader."


class BodyBlock(blocks.StreamBlock):
    """The body of a plain page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    listed = ListedBlock()
    note = NoteBlock()
