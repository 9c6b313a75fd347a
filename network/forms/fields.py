"""Fields for what people write: bounded, without signs that turn or hide letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.normalise import clean

NO_CASE_DATA = _("No case data here: no names, no stories, nothing that points to a person whom you help.")


class OneLine(forms.CharField):
    """A line, cleaned of control and bidirectional signs; `raw` is kept by the form where it has to look at it."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class Lines(forms.CharField):
    """Several lines, each cleaned."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        lines = (clean(line) for line in (super().to_python(value) or "").splitlines())
        return "\n".join(lines).strip()
