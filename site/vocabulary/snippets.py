"""The vocabulary in the CMS: editors see drafts marked, and every wording of a term."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from vocabulary.models import Term


class NeverDeleted(ModelPermissionPolicy):
    """Terms are not deleted: whether a deletion succeeds would tell an editor if anybody's entry holds the term."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return super().user_has_any_permission(user, [action for action in actions if action != "delete"])

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action != "delete" and super().user_has_permission_for_instance(user, action, instance)


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


register_permission_policy(Term, NeverDeleted(Term))
register_snippet(TermViewSet)
