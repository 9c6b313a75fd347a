"""What the account's own pages ask for."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.backends import accounts_at
from accounts.models import User


class WithoutPlaceholders(forms.Form):
    """Allauth says in each box once more what its label says; a box that is empty looks empty here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PlainSignInForm(WithoutPlaceholders, LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")


class PlainResetForm(WithoutPlaceholders, ResetPasswordForm):
    """The address that the mail goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")

    def clean_email(self) -> str:
        """Looks once, whatever it finds: the answer takes as long for every address."""
        email: str = self.cleaned_data["email"]
        self.users = [user for user in accounts_at(email) if user.is_active]
        return email


class PlainPasswordChangeForm(WithoutPlaceholders, ChangePasswordForm):
    """The password there is, and a new one twice."""


class PlainPasswordSetForm(WithoutPlaceholders, SetPasswordForm):
    """A password for an account that has none."""


class PlainNewPasswordForm(WithoutPlaceholders, ResetPasswordKeyForm):
    """A new password, by the link in a mail."""


class PlainPasswordAgainForm(WithoutPlaceholders, PasswordAgainForm):
    """The password once more, before something that matters."""


class PlainAppForm(WithoutPlaceholders, ActivateTOTPForm):
    """The first code of an authenticator app."""


class PlainCodeForm(WithoutPlaceholders, AuthenticateForm):
    """A code at sign-in."""


class PlainCodeAgainForm(WithoutPlaceholders, CodeAgainForm):
    """A code once more, before something that matters."""


class PlainKeyForm(AddWebAuthnForm):
    """A name to know the key by, and whether it alone signs in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name to know it by")
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with it alone, without the password")
        alone.help_text = _("For phones, computers and newer keys, which ask for a finger, a face or a PIN.")
        alone.initial = True


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
