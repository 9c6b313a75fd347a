"""The forms of the coordinators' desk, and of reporting an entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.forms.fields import NO_CASE_DATA, Lines, OneLine
from network.models import Decision, EntryReport, Network, Practitioner
from network.models.joining import KNOWN
from network.services.organisations import organisation_called


class EvidenceForm(forms.Form):
    """What one coordinator has seen with their own eyes."""

    kind = forms.ChoiceField(
        label=_("What you have checked"), choices=Practitioner.VerifiedBy.choices, widget=forms.RadioSelect
    )
    organisation = OneLine(
        label=_("Organisation they work for"),
        max_length=200,
        required=False,
        help_text=_("As it is called in the list of organisations. It decides who may not vet them."),
    )
    new_organisation = forms.BooleanField(
        label=_("It is not in the list yet: add its name"),
        required=False,
        help_text=_("The list of organisations is public. Never add a shelter by a name that shows where it is."),
    )
    authority = forms.BooleanField(
        label=_("Works for police, border, migration or consular authorities"),
        required=False,
        help_text=_("Such members do not see who works with undocumented persons, unless that is opened to them."),
    )
    note = Lines(
        label=_("What you saw"),
        max_length=1000,
        rows=3,
        help_text=_("For the coordinator who decides; encrypted, and deleted with the decision. No case data."),
    )
    seen = forms.BooleanField(label=_("I have seen this myself, today"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        written = cleaned.get("organisation", "")
        cleaned["body"] = found = organisation_called(written)
        cleaned["new_body"] = written if written and found is None and cleaned.get("new_organisation") else ""
        if written and found is None and not cleaned["new_body"]:
            self.add_error("organisation", _("No organisation in the list is called like this."))
        return cleaned


class WorkForm(forms.Form):
    """What one coordinator knows of the work of a member of another network, who is vetted already."""

    note = Lines(
        label=_("What you know of their work here"),
        max_length=1000,
        rows=3,
        help_text=_("For the coordinator who decides; encrypted, and deleted with the decision. No case data."),
    )
    seen = forms.BooleanField(label=_("I have looked at this myself, today"))

    def clean(self) -> dict[str, Any]:
        return (super().clean() or {}) | {"kind": KNOWN[0], "authority": False, "body": None, "new_body": ""}


class DecisionForm(forms.Form):
    """Yes or no, with a reason."""

    answer = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(Decision.Answer.ACCEPTED, _("Take them in")), (Decision.Answer.REFUSED, _("Refuse"))],
        widget=forms.RadioSelect,
    )
    reason = Lines(
        label=_("Reason"), max_length=1000, rows=3, help_text=_("The applicant reads it. Encrypted. No case data.")
    )


class MissingForm(forms.Form):
    """What the applicant should send."""

    missing = Lines(label=_("What is missing"), max_length=600, rows=3, help_text=_("The applicant reads it."))


class CallInForm(forms.Form):
    """Which network stands in."""

    network = forms.ModelChoiceField(
        Network.objects.none(), label=_("Network"), empty_label=_("Choose a network"), to_field_name="slug"
    )

    def __init__(self, *arguments: Any, networks: list[Network], **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen: Any = self.fields["network"]
        chosen.queryset = Network.objects.filter(pk__in=[each.pk for each in networks]).order_by("name")


class SuspensionForm(forms.Form):
    """Why, and that it is meant."""

    reason = Lines(label=_("Reason"), max_length=1000, rows=3, help_text=NO_CASE_DATA)
    sure = forms.BooleanField(label=_("Suspend at once"))


class LiftForm(forms.Form):
    """Why it is lifted."""

    reason = Lines(label=_("Why it is lifted"), max_length=1000, rows=3, help_text=NO_CASE_DATA)


class ReportForm(forms.Form):
    """What is wrong with an entry."""

    kind = forms.ChoiceField(label=_("What is wrong?"), choices=EntryReport.Kind.choices, widget=forms.RadioSelect)
    words = Lines(label=_("In your words"), max_length=1500, help_text=NO_CASE_DATA)


class ClosingForm(forms.Form):
    """What was found and done."""

    outcome = Lines(label=_("What was found and done"), max_length=1000, rows=3, help_text=NO_CASE_DATA)


class ResigningForm(forms.Form):
    """Known that fewer than two are left."""

    knowing = forms.BooleanField(
        label=_("I know that the network then has fewer than two coordinators, and can take nobody in by itself"),
        required=False,
    )
