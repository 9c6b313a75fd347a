"""What can be changed of a saved search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models.saved_search import SavedSearch
from network.saved_searches import LONGEST_NAME


class SavedSearchForm(forms.Form):
    """Its name and how often its owner is told."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("Only you see it. No case data here: no name, no story of anybody."),
    )
    digest = forms.ChoiceField(
        label=_("Tell me by e-mail when there is something new"),
        choices=SavedSearch.Digest.choices,
        widget=forms.RadioSelect,
        help_text=_("The e-mail says how much is new, never what, and not what you searched for."),
    )
