"""What the account's own pages ask for."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class LanguageForm(forms.ModelForm):
    """The language of the account's pages and of mail."""

    language = forms.ChoiceField(
        label=_("Language of these pages and of mail"),
        required=False,
        help_text=_("Guides have a language of their own."),
    )

    class Meta:
        model = User
        fields = ["language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("as my browser asks")), *settings.LANGUAGES]


class NewAddressForm(forms.Form):
    """The address to sign in with from then on; `user` is whose it shall be."""

    new_email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_email(self) -> str:
        new_email = self.cleaned_data["new_email"].lower()
        if new_email == self.user.email:
            raise forms.ValidationError(_("You sign in with this address already."))
        return new_email
