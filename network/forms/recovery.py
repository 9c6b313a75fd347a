"""What is asked of whoever has lost a second factor or a mailbox, and of the coordinators who let them in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import RecoveryVoice


def _password() -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    return forms.CharField(label=_("Password"), strip=False, max_length=200, widget=widget)


class AskForm(forms.Form):
    """Address, password, and what is lost."""

    email = forms.EmailField(
        label=_("The e-mail address you sign in with"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = _password()
    lost_factor = forms.BooleanField(
        label=_("I have lost my second factor and have no recovery code left"), required=False
    )
    lost_mailbox = forms.BooleanField(label=_("I can no longer read mail at that address"), required=False)
    new_mailbox = forms.EmailField(
        label=_("If you cannot read mail there: a new e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("lost_factor") or given.get("lost_mailbox")):
            self.add_error("lost_factor", _("Say what you have lost."))
        if given.get("lost_mailbox") and not given.get("new_mailbox") and "new_mailbox" not in self.errors:
            self.add_error("new_mailbox", _("Give an address at which you can read mail."))
        if not given.get("lost_mailbox"):
            given["new_mailbox"] = ""
        return given


class FinishForm(forms.Form):
    """The password, so that the link alone lets nobody in."""

    password = _password()


class VoiceForm(forms.Form):
    """How a coordinator made sure of the person."""

    how = forms.ChoiceField(
        label=_("How did you make sure that it is this person?"),
        choices=RecoveryVoice.How.choices,
        widget=forms.RadioSelect,
        help_text=_("Never by a number, a link or a name that came with the request or by mail."),
    )
