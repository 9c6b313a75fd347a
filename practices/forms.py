"""The guide's form in the CMS: one field a scheme over one relation, and the reasons why it cannot be published."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from pages.panels import TitleCheckedPageForm
from practices.publication import REQUIRED_TERMS, missing_for_publication
from vocabulary.languages import names_of_country
from vocabulary.models import Term

SINGLE = {"resource_type", "evidence_level", "safety_status", "firewall"}
FIELD_OF_SCHEME = {scheme: field for field, scheme in REQUIRED_TERMS.items()} | {
    "right": "rights",
    "contraindication": "contraindications",
}


class TermChoices(forms.ModelMultipleChoiceField):
    """Terms of one scheme as check boxes: chosen ones are seen at a glance, on a phone too."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, scheme: str, label: Any, help_text: Any = "") -> None:
        super().__init__(Term.objects.filter(scheme=scheme), required=False, label=label, help_text=help_text)


class TermChoice(forms.ModelChoiceField):
    """The one term of a scheme."""

    def __init__(self, scheme: str, label: Any, help_text: Any = "") -> None:
        super().__init__(Term.objects.filter(scheme=scheme), required=False, label=label, help_text=help_text)


def _country_choices() -> list[tuple[str, str]]:
    return sorted(((code, names["en"]) for code, names in names_of_country().items()), key=lambda pair: pair[1])


class PracticePageForm(TitleCheckedPageForm):
    """Saves a draft whatever it lacks; refuses to publish with the reason at the field."""

    methods = TermChoices("method", _("Methods"))
    stages = TermChoices("stage", _("Stages of protection"))
    target_groups = TermChoices("target_group", _("Who it is for"))
    settings = TermChoices("setting", _("Settings"))
    exploitation = TermChoices("exploitation", _("Forms of exploitation"), _("May be derived: editorial synthesis."))
    professions = TermChoices("profession", _("Professions who do it"), _("May be derived: editorial synthesis."))
    rights = TermChoices("right", _("Rights and legal sources"))
    contraindications = TermChoices(
        "contraindication", _("When not to use, as tags"), _("Beside the text, for search.")
    )
    resource_type = TermChoice("resource_type", _("Type of resource"))
    evidence_level = TermChoice("evidence", _("Evidence level"), _("NR, not able to be rated, is not “bad”."))
    safety_status = TermChoice("safety", _("Safety"), _("Without an assessment: unknown."))
    firewall = TermChoice("firewall", _("Firewall to immigration and police"))
    countries = forms.MultipleChoiceField(
        choices=lazy(_country_choices, list)(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Countries"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped = self.instance.schemes() if self.instance.pk else {}
        for scheme, field in FIELD_OF_SCHEME.items():
            if field in self.fields:
                pks = [term.pk for term in grouped.get(scheme, [])]
                self.initial[field] = (pks[0] if pks else None) if field in SINGLE else pks

    def _post_clean(self) -> None:
        self.instance.saving_draft = self.is_deferred_validation
        self.instance.terms.set(list(self._chosen()))
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for field, message in missing_for_publication(self.instance).items():
            if field in self.fields and field not in self.errors:
                self.add_error(field, message)

    def _chosen(self) -> list[Term]:
        chosen: list[Term] = []
        for field in FIELD_OF_SCHEME.values():
            value = self.cleaned_data.get(field)
            if value:
                chosen.extend([value] if field in SINGLE else value)
        return chosen
