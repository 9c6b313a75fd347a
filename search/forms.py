"""The search form. It refuses nothing: what cannot be understood is left out, and the page says what was."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from search import labels
from search.document import FACETS, KINDS
from search.normalise import LONGEST_QUERY, clean
from search.query import Sort

MOST_VALUES = 30
LAST_PAGE = 10_000
RADII = (25, 50, 100, 200)
DEFAULT_RADIUS = 50
_VALUE = re.compile(r"[\w:.+-]{1,64}")
Pairs = list[tuple[str, str]]


class Words(forms.Field):
    """What was typed, in the form it is read in."""

    def clean(self, value: Any) -> str:
        return clean(str(value or "")[: LONGEST_QUERY * 4])[:LONGEST_QUERY].strip()


class Values(forms.Field):
    """The values of a repeatable parameter that could be ones."""

    widget = forms.MultipleHiddenInput

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(required=False)
        self.allowed = allowed

    def clean(self, value: Any) -> tuple[str, ...]:
        possible = [
            each for each in value or () if _VALUE.fullmatch(each) and (not self.allowed or each in self.allowed)
        ]
        return tuple(dict.fromkeys(possible))[:MOST_VALUES]


class Number(forms.Field):
    """A whole number between two bounds; anything else is the default."""

    def __init__(self, default: int, most: int) -> None:
        super().__init__(required=False)
        self.default, self.most = default, most

    def clean(self, value: Any) -> int:
        text = str(value or "")
        known = text.isascii() and text.isdigit()
        return min(max(1, int(text[:12])), self.most) if known else self.default


class OneOf(forms.Field):
    """One of a few words; anything else is the first."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__(required=False)
        self.allowed = allowed

    def clean(self, value: Any) -> str:
        return value if value in self.allowed else self.allowed[0]


class SearchForm(forms.Form):
    """One address, one result set."""

    q = Words(required=False)
    near = Words(required=False)
    within = Number(DEFAULT_RADIUS, RADII[-1])
    page = Number(1, LAST_PAGE)
    sort = OneOf(tuple(Sort))
    # Said by “search instead for …”: no word is taken for another one.
    verbatim = OneOf(("", "1"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["kind"] = Values(KINDS)
        self.fields["not"] = Values()
        for name in FACETS:
            if name != "kind":
                self.fields[name] = Values()
        self.is_valid()

    @property
    def text(self) -> str:
        return self.cleaned_data["q"]

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.cleaned_data["kind"]

    @property
    def removed(self) -> tuple[str, ...]:
        return self.cleaned_data["not"]

    @property
    def sort_by(self) -> Sort:
        return Sort(self.cleaned_data["sort"])

    @property
    def verbatim_words(self) -> bool:
        return bool(self.cleaned_data["verbatim"])

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        return {name: self.cleaned_data[name] for name in FACETS if name != "kind" and self.cleaned_data[name]}

    def keep_known(self, stamp: int) -> None:
        """Leaves out facet values that there are none of: they would filter everything away."""
        for name, values in self.facets.items():
            self.cleaned_data[name] = labels.known(name, values, stamp)

    def pairs(self) -> Pairs:
        """All that is asked for, as parameters; the page is not part of it."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("kind", kind) for kind in self.kinds]
        pairs += [(name, value) for name, values in self.facets.items() for value in values]
        if self.cleaned_data["near"]:
            pairs.append(("near", self.cleaned_data["near"]))
            if self.cleaned_data["within"] != DEFAULT_RADIUS:
                pairs.append(("within", str(self.cleaned_data["within"])))
        pairs += [("not", each) for each in self.removed]
        if self.sort_by is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort_by.value))
        return pairs + ([("verbatim", "1")] if self.verbatim_words else [])

    def address(self, *, add: Pairs = [], drop: Pairs = [], drop_all: tuple[str, ...] = ()) -> str:  # noqa: B006 - only read
        """The address of the same search with some parameters more or fewer."""
        kept = [pair for pair in self.pairs() if pair not in drop and pair[0] not in drop_all]
        return address([*kept, *(pair for pair in add if pair not in kept)])


def address(pairs: Pairs) -> str:
    """The address of a search."""
    path = reverse("search:search")
    return f"{path}?{urlencode(pairs)}" if pairs else path
