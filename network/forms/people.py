"""What the people page was asked: read leniently, for an address that is shared must never be an error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from search.forms import DEFAULT_RADIUS, RADII

FACETS = (
    "profession", "language", "country", "method", "target_group", "network", "availability", "firewall",
    "undocumented",
)  # fmt: skip
MOST_LETTERS = 200
MOST_VALUES = 20
# Fifty people over all pages: whoever needs more narrows the question.
PAGE, MOST_SHOWN = 20, 50


@dataclass(frozen=True, slots=True)
class PeopleQuestion:
    """The words, the facets chosen, a place and a radius in km, and the page.

    `verbatim`: no word is taken for another one.
    """

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: str = ""
    within: int = DEFAULT_RADIUS
    removed: tuple[str, ...] = ()
    page: int = 1
    verbatim: bool = False

    @property
    def has_criterion(self) -> bool:
        """Without one nobody is listed."""
        return bool(self.text or self.facets or self.near)

    def address(self, *, page: int = 1, without: tuple[str, str] | None = None, less: str = "") -> str:
        """The query string of this question with another page, without one value, or with one understanding less."""
        pairs = [("q", self.text), *((name, value) for name in self.facets for value in self.facets[name])]
        if self.near:
            pairs += [("near", self.near), ("within", str(self.within))]
        pairs = [pair for pair in pairs if pair[1] and pair != without]
        if without == ("near", self.near):
            pairs = [pair for pair in pairs if pair[0] != "within"]
        pairs += [("not", concept) for concept in (*self.removed, less) if concept]
        pairs += [("verbatim", "1")] if self.verbatim else []
        return "?" + urlencode([*pairs, *([("page", str(page))] if page > 1 else [])])


def read(parameters: QueryDict) -> PeopleQuestion:
    """The question in an address; what cannot be understood is left out."""
    chosen = {name: tuple(dict.fromkeys(_values(parameters, name)))[:MOST_VALUES] for name in FACETS}
    return PeopleQuestion(
        text=_clean(parameters.get("q", "")),
        facets={name: values for name, values in chosen.items() if values},
        near=_clean(parameters.get("near", "")),
        within=_whole(parameters.get("within"), RADII, DEFAULT_RADIUS),
        removed=tuple(dict.fromkeys(_values(parameters, "not")))[:MOST_VALUES],
        page=_whole(parameters.get("page"), range(1, MOST_SHOWN), 1),
        verbatim=parameters.get("verbatim") == "1",
    )


def _values(parameters: QueryDict, name: str) -> list[str]:
    return [value for value in map(_clean, parameters.getlist(name)) if value]


def _clean(value: str) -> str:
    return "".join(letter for letter in value[:MOST_LETTERS] if letter.isprintable()).strip()


def _whole(value: str | None, allowed: range | tuple[int, ...], default: int) -> int:
    number = int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else default
    return number if number in allowed else default
