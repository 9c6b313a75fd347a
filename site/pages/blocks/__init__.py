"""Blocks that any page may use, one theme a module."""

from pages.blocks.text import BodyBlock, HeadingBlock, ListedBlock, NoteBlock, ParagraphBlock

__all__ = ["BodyBlock", "HeadingBlock", "ListedBlock", "NoteBlock", "ParagraphBlock"]
