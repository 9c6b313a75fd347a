"""What the library keeps of a person, for their own data."""

from typing import Any

from network.own_data import Owner, part
from pages.context import current_language
from practices.models import GuideAdviser, PracticePage


@part("guides they can advise on", "practices.GuideAdviser")
def guides(owner: Owner) -> Any:
    """Each guide by its key, which all its languages share, with the title where it can be read."""
    keys = GuideAdviser.objects.filter(practitioner=owner.entry).values_list("guide_key", flat=True)
    pages = PracticePage.objects.live().filter(translation_key__in=keys).for_readers_of(current_language())
    titles = {page.translation_key: page.title for page in pages}
    return [{"guide": key, "title": titles.get(key, "")} for key in keys]
