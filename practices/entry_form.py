"""What the library brings to the owner's form of an entry: the guides somebody says they can advise on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.sections import form_part
from pages.context import current_language
from practices.advisers import GROUP
from practices.models import GuideAdviser, PracticePage
from practices.querysets import attach_terms
from practices.reading import by_first_stage

MOST_GUIDES = 12


class GuideChoices(forms.CheckboxSelectMultiple):
    """Check boxes under the stages of protection, as the library lists its guides."""

    template_name = "practices/guide_choices.html"


def at_most_twelve(chosen: Sequence[str]) -> None:
    if len(set(chosen)) > MOST_GUIDES:
        raise ValidationError(_("At most twelve guides: untick those you know least."))


@form_part
class GuidesOfEntry:
    """Guides are chosen by their translation key, from those that are published in the owner's language or English."""

    name = "guides"
    group = GROUP

    def field(self, entry: Any) -> forms.Field | None:
        held = _held(entry)
        guides = _to_choose_from(held)
        if not guides:
            return None
        return forms.MultipleChoiceField(
            label=gettext_lazy("Guides you can advise on"),
            required=False,
            widget=GuideChoices,
            choices=[
                (stage, [(str(guide.translation_key), _name(guide)) for guide in group])
                for stage, group in by_first_stage(guides)
            ],
            initial=[str(guide.translation_key) for guide in guides if guide.translation_key in held],
            validators=[at_most_twelve],
            help_text=gettext_lazy(
                "Up to twelve that you have worked with. The page of each counts you, and shows your entry to the "
                "readers of this part."
            ),
            error_messages={
                "invalid_choice": gettext_lazy(
                    "One of the guides is not in the library, or not any more. Look through your choice and save again."
                )
            },
        )

    def write(self, entry: Any, value: Any) -> None:
        chosen = {UUID(key) for key in value}
        advice = GuideAdviser.objects.filter(practitioner=entry)
        advice.exclude(guide_key__in=chosen).delete()
        GuideAdviser.objects.bulk_create(
            GuideAdviser(practitioner=entry, guide_key=key) for key in chosen.difference(_held(entry))
        )


def _held(entry: Any) -> list[UUID]:
    return list(GuideAdviser.objects.filter(practitioner=entry).order_by("pk").values_list("guide_key", flat=True))


def _to_choose_from(held: Sequence[UUID]) -> list[Any]:
    """Published guides, and those already chosen: one that is withdrawn for a while is not lost by another edit."""
    published = PracticePage.objects.live().for_readers_of(current_language())
    guides = list(published.only("title", "translation_key", "live"))
    offered = {guide.translation_key for guide in guides}
    guides += _in_any_state([key for key in held if key not in offered])
    attach_terms(guides, ("stage",))
    return sorted(guides, key=lambda guide: guide.title)


def _in_any_state(keys: Sequence[UUID]) -> list[Any]:
    """Each of these guides once: published before not, English before a translation."""
    if not keys:
        return []
    pages = PracticePage.objects.filter(translation_key__in=keys).only("title", "translation_key", "live", "locale")
    ranked = sorted(pages.select_related("locale"), key=lambda page: (page.live, page.locale.language_code == "en"))
    return list({page.translation_key: page for page in ranked}.values())


def _name(guide: Any) -> str:
    return guide.title if guide.live else _("%(title)s (not published now)") % {"title": guide.title}
