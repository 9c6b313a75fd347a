"""What the directory's own facets call their values, in each language of the interface."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from network.models import Network, Practitioner
from search.registry import changes_words, concept_labels


def facet_labels(facet: str) -> Mapping[str, Mapping[str, str]]:
    """Labels of the facets that are this app's: a network has one name in every language."""
    if facet == "network":
        return {slug: {"en": name} for slug, name in Network.objects.values_list("slug", "name")}
    if facet == "undocumented":
        return {"yes": _in_each_language(gettext_lazy("works with undocumented persons"))}
    return _availability() if facet == "availability" else {}


def _in_each_language(text: Any) -> dict[str, str]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = str(text)
    return found


def _availability() -> dict[str, dict[str, str]]:
    return {value: _in_each_language(label) for value, label in Practitioner.Availability.choices}


concept_labels.append(facet_labels)
changes_words(Network)
