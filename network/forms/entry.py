"""The owner's form of an entry: one section for each field group, with the audience of the group beside its fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField, formset_factory
from django.utils.translation import gettext_lazy as _

from network.models import Organisation, Practitioner, SpokenLanguage
from network.policy.audiences import GROUPS
from network.policy.authority import LAW_ENFORCEMENT
from network.policy.identity import fixed
from network.sections import FormPart, form_parts
from search.normalise import clean as clean_text
from search.services import near
from vocabulary.languages import country_name, language_name, names_of_country, names_of_language
from vocabulary.models import Place, Term

MOST_AREAS = 12
SCHEMES = {
    "target_groups": "target_group",
    "exploitation": "exploitation",
    "stages": "stage",
    "methods": "method",
    "settings": "setting",
    "professions": "profession",
}
CONTACT = ("email", "phone", "messenger", "private_note")
COLUMNS = (
    "display_name", "profession", "function", "organisation", "works_with_undocumented", "firewall",
    "firewall_statement", "open_to_authority", "availability", "available_until", "offers", "looks_for", "duty_line",
)  # fmt: skip
# Group → its fields, in the order of the form. A group without fields has its audience only.
SECTIONS: dict[str, tuple[str, ...]] = {
    "listing": (),
    "name": ("display_name",),
    "profession": ("profession", "professions"),
    "post": ("function", "organisation"),
    "area": ("areas", "add_area"),
    "languages": (),
    "practice": ("target_groups", "methods", "settings", "stages", "exploitation"),
    "undocumented": ("works_with_undocumented", "firewall", "firewall_statement"),
    "corridors": ("corridors", "open_to_authority"),
    "availability": ("availability", "available_until"),
    "advice": ("offers", "looks_for"),
    "duty_line": ("duty_line",),
    "networks": (),
    "badge": (),
    "verification": (),
    "contact": CONTACT,
}
FIXED = _(
    "It stays as it is while you are being vetted; the organisation also while you coordinate, because two "
    "coordinators of different organisations decide together. Withdraw the request, or stop coordinating, to change it."
)
NO_CASES = _("About your work only: no name, no story, no address of anybody.")


@dataclass(frozen=True, slots=True)
class Section:
    """One field group as the form shows it."""

    name: str
    audience: BoundField
    fields: tuple[BoundField, ...]


class EntryForm(forms.ModelForm):
    """All of an entry but its languages, which are a form set of their own, and its status, which no form changes."""

    # The name before it is cleaned: its owner is told which signs were not kept.
    name_typed = ""
    professions = forms.MultipleChoiceField(label=_("Other professions"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("Areas served"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Untick to remove. A municipality of fewer than 50,000 people is shown as its region."),
    )
    add_area = forms.CharField(
        label=_("Add an area"), required=False, max_length=120, help_text=_("A country, a region or a town, by name.")
    )
    target_groups = forms.MultipleChoiceField(label=_("Who you work with"), required=False)
    methods = forms.MultipleChoiceField(label=_("Methods you practise"), required=False)
    settings = forms.MultipleChoiceField(label=_("Where you work"), required=False)
    stages = forms.MultipleChoiceField(label=_("Stages"), required=False)
    exploitation = forms.MultipleChoiceField(label=_("Forms of exploitation"), required=False)
    corridors = forms.MultipleChoiceField(label=_("Countries you cooperate with"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    messenger = forms.CharField(label=_("Messenger"), required=False, max_length=80)
    private_note = forms.CharField(
        label=_("How and when to reach you"), required=False, max_length=500, widget=forms.Textarea
    )

    class Meta:
        model = Practitioner
        fields = (*COLUMNS, *(f"{group}_for" for group in GROUPS))
        widgets = {
            "available_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "works_with_undocumented": forms.NullBooleanSelect,
        }
        help_texts = {
            "display_name": _("Your name, or an alias that your coordinators know."),
            "firewall_statement": NO_CASES,
            "offers": NO_CASES,
            "looks_for": NO_CASES,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry = self.instance
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = Organisation.objects.filter(sample=entry.sample).order_by("name")
        closed = () if entry.role_mailbox else LAW_ENFORCEMENT
        fields["profession"].queryset = Term.objects.filter(scheme="profession").exclude(pk__in=closed)
        for name in fixed(entry):
            fields[name].disabled = True
            fields[name].help_text = FIXED
        terms = list(Term.objects.filter(scheme__in=SCHEMES.values()))
        held = [term.pk for term in entry.terms.all()]
        for name, scheme in SCHEMES.items():
            own = [term for term in terms if term.scheme == scheme and term.pk not in closed]
            fields[name].choices = [(term.pk, term.label()) for term in own]
            fields[name].widget = forms.CheckboxSelectMultiple(choices=fields[name].choices)
            self.initial[name] = [term.pk for term in own if term.pk in held]
        places = list(entry.areas.select_related("parent__parent"))
        fields["areas"].choices = [(place.pk, _area_label(place)) for place in places]
        self.initial["areas"] = [place.pk for place in places]
        fields["corridors"].choices = sorted(
            ((code, country_name(code)) for code in names_of_country()), key=lambda pair: pair[1]
        )
        self.initial["corridors"] = entry.corridors
        for name in CONTACT:
            self.initial[name] = getattr(getattr(entry, "contact", None), name, "") or ""
        fields.update({part.name: field for part in form_parts if (field := part.field(entry)) is not None})

    def clean_display_name(self) -> str:
        self.name_typed = self.cleaned_data["display_name"]
        name = clean_text(self.name_typed)
        # A post is known by what it is; a person without a name is known to nobody, not to their coordinators either.
        if not name and not self.instance.role_mailbox:
            raise forms.ValidationError(
                _("Write your name, or an alias that your coordinators know. Who sees it is set beside it.")
            )
        return name

    def clean_add_area(self) -> Place | None:
        """The place of this name; several names at once are one after the other."""
        typed = self.cleaned_data["add_area"].strip()
        if not typed:
            return None
        found = near(typed)
        place = Place.objects.filter(pk=found.id).first() if found else None
        if place is None:
            raise forms.ValidationError(_("No place is known by this name. Try the region or the country."))
        return place

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if len(given.get("areas") or ()) + bool(given.get("add_area")) > MOST_AREAS:
            self.add_error("areas", _("At most twelve areas: a region stands for its towns."))
        until, availability = given.get("available_until"), given.get("availability")
        if availability == Practitioner.Availability.AWAY and until is None:
            self.add_error("available_until", _("Say until when you are away."))
        if availability == Practitioner.Availability.NOW and until is not None:
            given["available_until"] = None
        return given

    def sections(self) -> Iterator[Section]:
        """The form in its order."""
        for group, names in SECTIONS.items():
            brought = [part.name for part in self.parts if part.group == group]
            yield Section(group, self[f"{group}_for"], tuple(self[name] for name in (*names, *brought)))

    @property
    def parts(self) -> list[FormPart]:
        """The parts of other apps that have something to choose."""
        return [part for part in form_parts if part.name in self.fields]

    @property
    def terms(self) -> list[str]:
        """All terms chosen, of whatever scheme."""
        return [term for name in SCHEMES for term in self.cleaned_data[name]]

    @property
    def areas_chosen(self) -> list[str]:
        added = self.cleaned_data["add_area"]
        return list(dict.fromkeys([*self.cleaned_data["areas"], *([added.pk] if added else [])]))


def _area_label(place: Place) -> str:
    shown = place.shown
    return place.label() if shown is place else f"{place.label()} → {shown.label()}"


class LanguageForm(forms.Form):
    """One language somebody works in; an empty row is no language."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=SpokenLanguage.Level.choices, required=False, initial="fluent")
    mediates = forms.BooleanField(label=_("interprets or mediates"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(((code, language_name(code)) for code in names_of_language()), key=lambda pair: pair[1])
        field: Any = self.fields["language"]
        field.choices = [("", _("none")), *named]


class BaseLanguages(forms.BaseFormSet):
    def clean(self) -> None:
        spoken = [form.cleaned_data.get("language") for form in self.forms if form.is_valid()]
        named = [each for each in spoken if each]
        if len(named) != len(set(named)):
            raise forms.ValidationError(_("Each language once."))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Language, level and whether they mediate."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("language")]
        return [{**row, "level": row["level"] or SpokenLanguage.Level.FLUENT} for row in rows]


LanguageForms = formset_factory(LanguageForm, formset=BaseLanguages, extra=2, max_num=12, absolute_max=14)


def language_forms(data: Any, entry: Practitioner) -> Any:
    """The form set filled with what the entry has."""
    initial = [{"language": e.language, "level": e.level, "mediates": e.mediates} for e in entry.languages.all()]
    return LanguageForms(data, initial=initial, prefix="languages")
