"""Blocks of a guide: points, building blocks, findings, sources, rounds of an assessment."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PREVIEW_STEPS = ["Walk the same places at changing hours.", "Say who you are and what you cannot keep to yourself."]


class PointBlock(blocks.TextBlock):
    """One short point."""

    class Meta:
        icon = "list-ul"
        label = _("Point")
        description = _("One short point; a line or two.")
        template = "blocks/point.html"
        preview_value = "Meet alone, with an interpreter of the person's choice."


class PointsBlock(blocks.StreamBlock):
    """Short points, in order."""

    point = PointBlock()


class BuildingBlock(blocks.StructBlock):
    """A part of the practice that can be understood, and sometimes used, by itself (PANORAMA's term)."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    purpose = blocks.TextBlock(label=_("Purpose"))
    steps = blocks.ListBlock(blocks.TextBlock(label=_("Step")), label=_("Steps"))
    who = blocks.TextBlock(label=_("Who"), required=False)
    time = blocks.TextBlock(label=_("Time"), required=False)
    materials = blocks.TextBlock(label=_("Materials"), required=False)
    what_helps = blocks.TextBlock(label=_("What helps"), required=False)
    lessons = blocks.TextBlock(label=_("Lessons"), required=False)
    stands_alone = blocks.TextBlock(label=_("Can it stand alone?"), required=False)

    class Meta:
        icon = "cogs"
        label = _("Building block")
        description = _("One part of the practice: its purpose, its steps, and what it takes.")
        template = "blocks/building_block.html"
        preview_value = {"title": "Be there", "purpose": "To be known before being needed.", "steps": PREVIEW_STEPS}


class FindingBlock(blocks.StructBlock):
    """An outcome and how it is known. `checked` repeats what was done to check it."""

    finding = blocks.TextBlock(label=_("What was found"))
    how_known = blocks.TextBlock(label=_("How it is known"))
    checked = blocks.CharBlock(label=_("Checked"), required=False, help_text=_("read, unchecked, or editor's note"))

    class Meta:
        icon = "success"
        label = _("Finding")
        description = _("An outcome with the way it is known.")
        template = "blocks/finding.html"
        preview_value = {
            "finding": "Many young people met were known to no service.",
            "how_known": "The implementer's own account",
            "checked": "read",
        }


class SourceBlock(blocks.StructBlock):
    """A source as it was seen; nothing is listed that nobody looked up."""

    title = blocks.CharBlock(label=_("Title"))
    author = blocks.CharBlock(label=_("Author or publisher"), required=False)
    year = blocks.CharBlock(label=_("Year"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)
    seen = blocks.CharBlock(label=_("Seen"), required=False, help_text=_("read, or unchecked"))
    note = blocks.TextBlock(label=_("Remark"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")
        description = _("A source with what is known of it.")
        template = "blocks/source.html"
        preview_value = {"title": "General comment No. 21", "author": "Committee on the Rights of the Child"}


class SourcesBlock(blocks.StreamBlock):
    source = SourceBlock()


class FindingsBlock(blocks.StreamBlock):
    finding = FindingBlock()


class BuildingBlocksBlock(blocks.StreamBlock):
    block = BuildingBlock()
