"""Derives names of countries and languages from Unicode CLDR.

Run `python -m vocabulary.derive_names` in site/.

Needs the dependency group `gazetteer` (Babel). The result, cldr.json beside this file, is in the repository so that
nothing of this is installed or read at run time but one small file. CLDR: Unicode License v3.
"""

import json
from pathlib import Path

from babel import Locale

SHOWN = ("en", "fr", "ru")
# Languages whose speakers search here: a language is found by its name in each of these.
SEARCHED = (
    "en", "fr", "ru", "es", "de", "it", "ro", "el", "sq", "uk", "tr", "sr", "sr_Latn", "bg", "pl", "nl", "pt", "ar",
    "hu", "cs", "sk", "mk", "hr", "sl", "ka", "hy", "az", "kk",
)  # fmt: skip
LANGUAGES = [
    "ab",
    "am",
    "ar",
    "az",
    "be",
    "ber",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "da",
    "de",
    "dv",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "ha",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "ig",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "ko",
    "ku",
    "ckb",
    "ky",
    "lb",
    "lt",
    "lv",
    "mk",
    "mn",
    "mt",
    "ne",
    "nl",
    "no",
    "om",
    "pa",
    "pl",
    "ps",
    "pt",
    "rm",
    "rn",
    "ro",
    "rom",
    "ru",
    "rw",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "tg",
    "th",
    "ti",
    "tk",
    "tl",
    "tr",
    "tt",
    "uk",
    "ur",
    "uz",
    "vi",
    "wo",
    "yo",
    "zh",
]
COUNTRIES = [
    "AD",
    "AL",
    "AM",
    "AT",
    "AZ",
    "BA",
    "BE",
    "BG",
    "BY",
    "CA",
    "CH",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GB",
    "GE",
    "GR",
    "HR",
    "HU",
    "IE",
    "IS",
    "IT",
    "KG",
    "KZ",
    "LI",
    "LT",
    "LU",
    "LV",
    "MC",
    "MD",
    "ME",
    "MK",
    "MN",
    "MT",
    "NL",
    "NO",
    "PL",
    "PT",
    "RO",
    "RS",
    "RU",
    "SE",
    "SI",
    "SK",
    "SM",
    "TJ",
    "TM",
    "TR",
    "UA",
    "US",
    "UZ",
    "VA",
    "XK",
    "NG",
    "TH",
    "CN",
    "IN",
    "PK",
    "BD",
    "AF",
    "SY",
    "IQ",
    "IR",
    "ET",
    "ER",
    "SO",
    "MA",
    "TN",
    "DZ",
    "EG",
    "VN",
    "PH",
    "BR",
    "CO",
    "VE",
    "AU",
    "NZ",
    "IL",
    "CL",
    "MX",
    "SL",
    "KE",
    "HN",
    "GT",
    "SV",
    "NP",
    "LK",
    "KR",
    "JP",
    "ZA",
    "GH",
    "SN",
    "CM",
    "GN",
    "ML",
]
# CLDR lacks the bare name readers use.
EXTRA_LANGUAGE_FORMS = {
    "rom": {"en": ["Romani", "Romany", "Romanes"], "ro": ["romani", "romanes"], "ru": ["цыганский"]}
}


def main() -> None:
    locales = {code: Locale.parse(code) for code in SEARCHED}
    data = {
        "countries": {c: {s: locales[s].territories[c] for s in SHOWN} for c in COUNTRIES},
        "languages": {
            code: {
                "labels": {s: locales[s].languages[code] for s in SHOWN if code in locales[s].languages},
                "forms": _forms(code, locales),
            }
            for code in LANGUAGES
            if code in locales["en"].languages
        },
    }
    path = Path(__file__).with_name("cldr.json")
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _forms(code: str, locales: dict[str, Locale]) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for name, locale in locales.items():
        if word := locale.languages.get(code):
            forms.setdefault(name.partition("_")[0], []).append(word)
    for language, words in EXTRA_LANGUAGE_FORMS.get(code, {}).items():
        forms.setdefault(language, []).extend(words)
    return {language: sorted(set(words)) for language, words in forms.items()}


if __name__ == "__main__":
    main()
