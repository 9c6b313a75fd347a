"""The vocabulary in the CMS: editors see drafts marked, and every wording of a term."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from vocabulary.models import Term


class TermViewSet(SnippetViewSet):
    """Terms, listed by scheme."""

    model = Term
    icon = "tag"
    menu_label = _("Vocabulary")
    menu_name = "vocabulary"
    add_to_admin_menu = True
    list_display: ClassVar[list] = ["id", "__str__", "scheme", "broader"]
    list_filter: ClassVar[list[str]] = ["scheme"]
    list_per_page = 60
    search_fields: ClassVar[list[str]] = ["id", "definition"]
    panels: ClassVar[list] = [
        FieldRowPanel([FieldPanel("id"), FieldPanel("scheme"), FieldPanel("broader")]),
        FieldPanel("definition"),
        FieldPanel("source"),
        InlinePanel(
            "wordings",
            label=_("wording"),
            heading=_("Labels and wordings"),
            help_text=_("One label per language; other forms are for searching. Hidden forms are never shown."),
            panels=[
                FieldRowPanel([FieldPanel("language"), FieldPanel("role"), FieldPanel("text"), FieldPanel("reviewed")])
            ],
        ),
    ]


register_snippet(TermViewSet)
