"""The forms of joining: applying, confirming, sending more, appealing, inviting and vouching."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from network.areas import UnknownArea, areas_named
from network.forms.fields import NO_CASE_DATA, Lines, OneLine
from network.models import Network, Practitioner, SpokenLanguage
from network.names import warnings_of
from network.policy import GROUPS
from network.policy.audiences import allowed
from network.policy.authority import LAW_ENFORCEMENT
from network.reencoding import LARGEST
from network.services.applying import Asked
from network.services.vetting import NEEDED_VOUCHERS
from vocabulary.languages import language_name, names_of_language
from vocabulary.models import Term

LANGUAGES = range(1, 5)
METHODS = (
    ("domain", _("My official e-mail address: its ending is my organisation’s")),
    ("register", _("A professional register that lists me")),
    ("vouchers", _("Two members who know my work, of different organisations")),
    ("call-back", _("A call back at my organisation’s public number")),
)
# Asked about here; the rest of an entry is filled in later, and has its audiences there.
AUDIENCES = ("listing", "name", "profession", "post", "area", "languages", "advice", "networks")
AUDIENCE_LABELS = {
    field.name: field.verbose_name for field in Practitioner._meta.get_fields() if hasattr(field, "verbose_name")
}


class ApplicationForm(forms.Form):
    """An application in plain words. `account` applies signed in; `invited_to` fixes the network."""

    network = forms.ModelChoiceField(Network.objects.none(), label=_("Network"), empty_label=_("Choose a network"))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "You will sign in with it. We send one link to it, to see that it is yours. It is shown to nobody."
        ),
    )
    name = OneLine(
        label=_("Name, or the name you work under"),
        max_length=120,
        help_text=_(
            "For police and border guards: the name of the post, for example “Duty desk, unit for exploitation”."
        ),
    )
    name_as_written = forms.BooleanField(label=_("The name is written exactly like this"), required=False)
    profession = forms.ModelChoiceField(Term.objects.none(), label=_("Profession"), empty_label=_("Choose one"))
    role_mailbox = forms.BooleanField(
        label=_("I apply for a post that I answer (police and border guards)"),
        required=False,
        help_text=_("Police and border guards are listed as a post, never as a person. Your account answers for it."),
    )
    function = OneLine(label=_("Your function or team"), max_length=160, required=False)
    organisation = OneLine(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("Its full name. Leave it empty if you work for none, as some community leaders do."),
    )
    areas = Lines(
        label=_("Area you work in"),
        rows=3,
        max_length=600,
        help_text=_("Towns, regions or countries, one a line: “Ioannina” or “Ioannina, Greece”. Never an address."),
    )
    offers = Lines(
        label=_("What you do, and what colleagues can ask you"),
        max_length=1000,
        help_text=NO_CASE_DATA,
    )
    method = forms.ChoiceField(label=_("How can we check who you are?"), choices=METHODS, widget=forms.RadioSelect)
    claim = Lines(
        label=_("What we need for that"),
        max_length=600,
        help_text=_(
            "The official address; or the register and your number; or the e-mail addresses of two members, one a "
            "line; or whom to ask for at which public number. It is encrypted, and deleted when vetting is over."
        ),
    )
    agreed = forms.BooleanField(label=_("I have read this and agree"))

    def __init__(self, *arguments: Any, account: Any = None, invited_to: Network | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.account, self.invited_to = account, invited_to
        chosen: Any = self.fields["network"]
        chosen.queryset = Network.objects.order_by("name")
        professions: Any = self.fields["profession"]
        professions.queryset = Term.objects.filter(scheme="profession")
        if account is not None:
            del self.fields["email"]
        if invited_to is not None:
            del self.fields["network"]
        names = sorted(
            ((code, language_name(code)) for code in names_of_language()), key=lambda pair: pair[1].casefold()
        )
        for number in LANGUAGES:
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=_("Language %(number)d") % {"number": number}, choices=[("", "–"), *names], required=number == 1
            )
            self.fields[f"level_{number}"] = forms.ChoiceField(
                label=_("How well (language %(number)d)") % {"number": number},
                choices=SpokenLanguage.Level.choices,
                initial=SpokenLanguage.Level.FLUENT,
                required=False,
            )
        for group in AUDIENCES:
            self.fields[f"{group}_for"] = forms.ChoiceField(
                label=str(AUDIENCE_LABELS[f"{group}_for"]).capitalize(),
                choices=allowed(group),
                initial=GROUPS[group].default,
            )
        # Asked only where the name looks odd: see clean().
        self.warnings: list[dict[str, object]] = []

    @property
    def language_rows(self) -> list[tuple[Any, Any]]:
        """Pairs of fields: the language and how well."""
        return [(self[f"language_{number}"], self[f"level_{number}"]) for number in LANGUAGES]

    @property
    def audience_fields(self) -> list[Any]:
        """One field a group."""
        return [self[f"{group}_for"] for group in AUDIENCES]

    def clean_areas(self) -> list[Any]:
        try:
            return areas_named(self.cleaned_data["areas"])
        except UnknownArea as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.warnings = warnings_of(str(self.data.get("name", ""))[:200])
        if self.warnings and not cleaned.get("name_as_written"):
            self.add_error("name", _("Look at the name again: it mixes letters of different scripts, or holds hidden "
                                     "signs. Type it anew, or say below that it is written like this."))  # fmt: skip
        profession = cleaned.get("profession")
        by_post = profession is not None and profession.pk in LAW_ENFORCEMENT
        if by_post and not cleaned.get("role_mailbox"):
            self.add_error("role_mailbox", _("Police and border guards are listed as a post: say that you apply for "
                                             "one, and write the name of the post above."))  # fmt: skip
        elif profession is not None and cleaned.get("role_mailbox") and not by_post:
            self.add_error("role_mailbox", _("Only police and border guards are listed as a post."))
        if cleaned.get("method") == "vouchers" and "claim" in cleaned:
            self._check_vouchers(cleaned["claim"], cleaned.get("email", getattr(self.account, "email", "")))
        return cleaned

    def _check_vouchers(self, claim: str, own: str) -> None:
        lines = {line.casefold() for line in claim.splitlines() if line}
        try:
            for line in lines:
                validate_email(line)
        except ValidationError:
            lines = set()
        if len(lines - {own.casefold()}) < NEEDED_VOUCHERS:
            self.add_error("claim", _("Write the e-mail addresses of two members, one a line and nothing else."))

    def asked(self) -> Asked:
        """What the valid form says."""
        cleaned = self.cleaned_data
        return Asked(
            email=self.account.email if self.account else cleaned["email"].casefold(),
            name=cleaned["name"],
            name_warnings=self.warnings,
            role_mailbox=cleaned["role_mailbox"],
            profession=cleaned["profession"].pk,
            function=cleaned["function"],
            organisation=cleaned["organisation"],
            areas=cleaned["areas"],
            languages=self._languages(),
            offers=cleaned["offers"],
            network=self.invited_to or cleaned["network"],
            method=cleaned["method"],
            claim=cleaned["claim"],
            audiences={group: cleaned[f"{group}_for"] for group in AUDIENCES},
        )

    def _languages(self) -> Mapping[str, str]:
        rows: Iterable[tuple[str, str]] = (
            (self.cleaned_data[f"language_{each}"], self.cleaned_data[f"level_{each}"]) for each in LANGUAGES
        )
        return {code: level or SpokenLanguage.Level.FLUENT for code, level in rows if code}


class PasswordForm(forms.Form):
    """The password of a new account, chosen by whoever owns the address."""

    password = forms.CharField(
        label=_("Choose a password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters: a sentence is easy to keep."),
    )
    again = forms.CharField(
        label=_("The same again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two are not the same."))
        return cleaned


class FoundingForm(PasswordForm):
    """A first coordinator agrees, and chooses a password."""

    agreed = forms.BooleanField(label=_("I have read this and agree"))


class MoreForm(forms.Form):
    """A proof file, or words for the coordinators."""

    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        max_length=300,
        help_text=_("PDF, JPEG or PNG, at most 5 MB: a letter of your organisation, a page of a register, a staff "
                    "card. Cover what is not needed. It is deleted when it has been decided."),
    )  # fmt: skip
    words = Lines(label=_("In words"), max_length=600, required=False, rows=3, help_text=NO_CASE_DATA)

    def clean_proof(self) -> Any:
        file = self.cleaned_data["proof"]
        if file and file.size > LARGEST:
            raise ValidationError(_("The file is larger than 5 MB. Send a smaller scan, or fewer pages."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("proof") and not cleaned.get("words"):
            raise ValidationError(_("Choose a file, or write something."))
        return cleaned


class WordsForm(forms.Form):
    """An answer in words."""

    words = Lines(label=_("In words"), max_length=600, rows=3, help_text=NO_CASE_DATA)


class AppealForm(forms.Form):
    """Why another coordinator should look."""

    words = Lines(label=_("Why should it be looked at again?"), max_length=1500, help_text=NO_CASE_DATA)


class InvitationForm(forms.Form):
    """Whom to invite, and to which of one's networks."""

    network = forms.ModelChoiceField(Network.objects.none(), label=_("Network"), empty_label=None)
    email = forms.EmailField(label=_("Their e-mail address"), max_length=254)

    def __init__(self, *arguments: Any, networks: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen: Any = self.fields["network"]
        chosen.queryset = networks


class VoucherForm(forms.Form):
    """Yes or no, and how one knows the person."""

    answer = forms.ChoiceField(
        label=_("Do you vouch for them?"),
        choices=[
            ("yes", _("Yes: I know their work, and they are who they say")),
            ("no", _("No, or I do not know them")),
        ],
        widget=forms.RadioSelect,
    )
    words = Lines(label=_("How you know each other"), max_length=600, rows=3, required=False, help_text=NO_CASE_DATA)
