"""Names of languages and countries, from Unicode CLDR (cldr.json, made by derive_names.py)."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from search.registry import Wording

# References to Kosovo are without prejudice to positions on status: the asterisk says so wherever it is named.
STATUS_MARK = {"XK": "*"}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("cldr.json").read_text(encoding="utf-8"))


def language_wordings() -> Iterator[Wording]:
    """Names of languages as concepts `language:<code>`."""
    for code, entry in _data()["languages"].items():
        for language, forms in entry["forms"].items():
            for form in forms:
                yield Wording(form, f"language:{code}", language, main=form == entry["labels"].get(language))


@lru_cache(maxsize=1)
def names_of_language() -> Mapping[str, Mapping[str, str]]:
    """Code → interface language → name."""
    return {code: entry["labels"] for code, entry in _data()["languages"].items()}


@lru_cache(maxsize=1)
def names_of_country() -> Mapping[str, Mapping[str, str]]:
    """ISO code → interface language → name."""
    return {
        code: {language: name + STATUS_MARK.get(code, "") for language, name in names.items()}
        for code, names in _data()["countries"].items()
    }


def language_name(code: str) -> str:
    """The reader's name of a language, else the code."""
    return _named(names_of_language(), code)


def country_name(code: str) -> str:
    """The reader's name of a country, else the code."""
    return _named(names_of_country(), code)


def _named(names: Mapping[str, Mapping[str, str]], code: str) -> str:
    found = names.get(code, {})
    return found.get((get_language() or "en").split("-")[0]) or found.get("en") or code
