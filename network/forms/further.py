"""The form by which a member asks a further network."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from network.forms.fields import NO_CASE_DATA, Lines
from network.models import Network

MOST_COLLEAGUES = 2


class FurtherForm(forms.Form):
    """What they do there; colleagues who know it are welcome, and not needed."""

    network = forms.ModelChoiceField(
        Network.objects.none(), label=_("Network"), empty_label=_("Choose a network"), to_field_name="slug"
    )
    work = Lines(
        label=_("What you do there, and what you want to do together"), max_length=1000, help_text=NO_CASE_DATA
    )
    colleagues = Lines(
        label=_("Members of that network who know your work (if any)"),
        rows=2,
        max_length=520,
        required=False,
        help_text=_(
            "Their e-mail addresses, one a line, two at most. They are asked whether they know you; the addresses are "
            "not kept. Whoever you name cannot decide on your request, so name no coordinator."
        ),
    )
    agreed = forms.BooleanField(
        label=_(
            "The coordinators of that network, and colleagues whom I name, may read my name, profession, post, area, "
            "languages, offers, networks, and when and how I was vetted"
        )
    )

    def __init__(self, *arguments: Any, networks: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen: Any = self.fields["network"]
        chosen.queryset = networks

    def clean_colleagues(self) -> list[str]:
        named = list(dict.fromkeys(filter(None, self.cleaned_data["colleagues"].splitlines())))
        if len(named) > MOST_COLLEAGUES:
            raise ValidationError(_("Two addresses at most."))
        for address in named:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(_("“%(line)s” is not an e-mail address.") % {"line": address[:60]}) from error
        return named
