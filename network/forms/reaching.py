"""Texts that somebody sends to somebody: looked through for what identifies a person, once, before they go."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from network import clock, identifiers, once
from network.models import Hotline, MessageReport

MOST_LETTERS = 4000
# A person takes longer than this to write a question, and no longer than this to send it.
FASTEST, SLOWEST = 3, 24 * 60 * 60
MARKED = _(
    "This may identify a person: see the marked places above the field. Take them out, or say that they belong to "
    "nobody you help, and send again."
)


class CheckedText(forms.Form):
    """One text. What looks like a person's data comes back once, marked, to be taken out or confirmed.

    The confirmation holds for the places that were shown and for no others.
    """

    text = forms.CharField(
        label=_("Message"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("At most 4,000 letters. No names, no case data: nothing by which a person you help can be known."),
    )
    harmless = forms.BooleanField(
        label=_("The marked places belong to nobody I help (a work number, for instance)"), required=False
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    mark = forms.CharField(required=False, widget=forms.HiddenInput)
    marked: list[tuple[str, bool]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["mark"] = once.new_mark()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "text" in cleaned:
            found = identifiers.find(cleaned["text"], Hotline.objects.values_list("number", flat=True))
            if found and not (cleaned.get("harmless") and cleaned.get("shown") == _seal(found)):
                self._send_back(cleaned["text"], found)
        return cleaned

    def _send_back(self, text: str, found: list[identifiers.Found]) -> None:
        self.marked = identifiers.parts(text, found)
        self._ask_again(shown=_seal(found), harmless=False)
        self.add_error("text", str(MARKED))

    def _ask_again(self, **fields: Any) -> None:
        """What the form holds when it comes back."""
        changed = {self.add_prefix(name): value for name, value in fields.items()}
        self.data = {**dict(self.data.items()), **changed}


def _seal(found: Iterable[identifiers.Found]) -> str:
    """Stands for the places shown, so that others, written afterwards, are shown too."""
    places = "\n".join(sorted(each.text for each in found))
    return salted_hmac("network.identifiers", places, algorithm="sha256").hexdigest()


class MessageForm(CheckedText):
    """A message to an entry; who acts for several entries says for which."""

    sender = forms.ChoiceField(label=_("Write as"), required=True)
    field_order = ["sender", "text"]

    def __init__(self, *args: Any, senders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(senders) > 1:
            field = self.fields["sender"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = senders
        else:
            del self.fields["sender"]


class ReportForm(CheckedText):
    """Why a message is wrong; a note is not needed."""

    why = forms.ChoiceField(label=_("What is wrong?"), choices=MessageReport.Why, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Note for the coordinators, if needed"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("At most 1,000 letters. No names, no case data."),
    )
    block = forms.BooleanField(label=_("Also keep further messages of this sender away"), required=False, initial=True)
    field_order = ["why", "text", "harmless", "shown", "block"]


class RevealForm(CheckedText):
    """Why somebody's contact is needed."""

    text = forms.CharField(
        label=_("What do you need it for?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One or two sentences; the owner of the entry reads them. No names, no case data."),
    )


class EnquiryForm(CheckedText):
    """A question of somebody without an account. What only machines do sends it back to be sent again by a person."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("At most 4,000 letters. No names, addresses or numbers: nothing by which a person can be known."),
    )
    leave_empty = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    begun = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["begun"] = _stamp()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("leave_empty"):
            self._ask_again(leave_empty="")
            self.add_error("leave_empty", _("This field is a trap for machines. It is empty now: please send again."))
        elif not self.errors:
            age = _age(cleaned.get("begun", ""))
            if age is None or age > SLOWEST:
                self._ask_again(begun=_stamp())
                self.add_error(None, _("This page was open for too long. Nothing is lost: please send it again."))
            elif age < FASTEST:
                self.add_error(None, _("That was faster than a person writes. Nothing is lost: please send it again."))
        return cleaned


def _stamp() -> str:
    """When the form was shown, signed."""
    return signing.dumps(int(clock.now().timestamp()), salt="network.enquiry")


def _age(begun: str) -> float | None:
    """Seconds since the form was shown; None when that is forged or missing."""
    try:
        return float(clock.now().timestamp() - signing.loads(begun, salt="network.enquiry"))
    except signing.BadSignature:
        return None


class CodeForm(forms.Form):
    """The code by which an answer is read. It is never a part of an address."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=100,
        help_text=_("16 digits; spaces do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
