"""Finds what obviously identifies a person in a text, before it is sent: numbers to call, mail, documents, births.

It helps somebody in a hurry to notice; it cannot know whose number it is, and it never sees names. So it asks once,
and lets pass what the writer says is no person's data. Years, articles of a law and helplines are left alone.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Kind(StrEnum):
    """What a marked place looks like."""

    EMAIL = "e-mail"
    PHONE = "phone"
    NUMBER = "number"  # of a person in some register, an account or a card
    DOCUMENT = "document"
    BIRTH = "birth"


class Found(NamedTuple):
    """One place in the text: characters `start` up to, not including, `end`."""

    kind: Kind
    start: int
    end: int
    text: str


# Hyphens and dashes, brackets, dots and slashes, and one or two spaces stand between the digits of one number.
SPACE = r"[^\S\n]"
GAP = rf"(?:{SPACE}{{1,2}}|{SPACE}?[-‐‑–./()]{{1,2}}{SPACE}?)"
RUN = re.compile(rf"(?<![\w.])(?:\+\s?|\(\+?)?\d(?:{GAP}?\d){{4,}}(?!\w)")
EMAIL = re.compile(
    r"[\w.+%'-]{1,64}\s?(?:@|\((?:at|@)\)|\[(?:at|@)\])\s?(?:[\w-]{1,63}(?:\.|\s?(?:\(dot\)|\[dot\])\s?)){1,6}[^\W\d_]{2,24}",
    re.IGNORECASE,
)
LINK = re.compile(r"(?:https?://|www\.)\S{1,400}", re.IGNORECASE)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
DOCUMENT = re.compile(r"\b(?:[^\W\d_]{1,3}\d{6,9}[^\W\d_]?|[A-ZА-ЯΑ-Ω]{1,3}[ -]\d{6,9})\b")
TITLED = re.compile(r"\b(?:ISBN|ISSN|DOI)[\s:]{0,3}[\d\s./Xx-]{8,24}", re.IGNORECASE)
TIMES = re.compile(r"\b(?:[01]\d|2[0-4])[.:]?[0-5]\d\s?[-–]\s?(?:[01]\d|2[0-4])[.:]?[0-5]\d\b")
MONEY = re.compile(
    r"(?:[€$£₴₽₺₸]|\b(?:EUR|USD|GBP|CHF|ALL|BAM|BGN|CZK|HUF|KZT|MDL|MKD|PLN|RON|RSD|RUB|TRY|UAH))\s?\d[\d\s.,]{0,20}\d\b"
    r"|\b\d[\d\s.,]{0,20}\s?(?:[€$£₴₽₺₸]|(?:EUR|USD|GBP|CHF|ALL|BAM|BGN|CZK|HUF|KZT|MDL|MKD|PLN|RON|RSD|RUB|TRY|UAH)\b)",
)
DASH = r"\s?[-./]\s?"
# 06.12.34 is a date, 06.12.34.56.78 is a number to call.
NUMERIC_DATE = (
    rf"(?:\d{{4}}{DASH}\d{{1,2}}{DASH}\d{{1,2}}|\d{{1,2}}{DASH}\d{{1,2}}{DASH}(?:\d{{4}}|\d{{2}}(?!{DASH}\d)))"
)
WRITTEN_DATE = (
    r"(?:\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?\s(?:de\s)?(?:19|20)\d{2}|[^\W\d_]{3,12}\s\d{1,2},?\s(?:19|20)\d{2})"
)
DATE = re.compile(rf"(?<![\w.]){NUMERIC_DATE}(?![\w])")
ANY_DATE = re.compile(rf"(?<![\w.])(?:{NUMERIC_DATE}|{WRITTEN_DATE})(?![\w])")
# “Born”, in the languages of the people who write here; as beginnings of words where the endings vary.
BORN = re.compile(
    r"\b(?:born|birth|birthday|d\.?\s?o\.?\s?b|né|née|né\(e\)|naissance|nato|nata|nascit\w*|nacid\w*|nacimiento|"
    r"gebor\w*|geb\.|geburt\w*|lindur|datëlindj\w*|rođen\w*|rodjen\w*|născut\w*|nascut\w*|naşter\w*|urodz\w*|"
    r"szület\w*|doğum\w*|doğdu|род\.|родил\w*|родив\w*|рожд\w*|д\.\s?р|г\.\s?р|рођен\w*|роден\w*|народ\w{0,2}ж\w*|"
    r"народил\w*|народив\w*|нар\.|туған|туыл\w*|γεννήθ\w*|γεννηθ\w*|γέννησ\w*|γεννήσ\w*|γενν\.)|مواليد|الميلاد|ولد|"
    r"متولد|تولد",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?:\b(?:tel|tél|phone|mobile?|cell|gsm|call|fax|whatsapp|viber|signal|telegram|тел\w*|моб\w*|звон\w*|вайбер|"
    r"вотсап|τηλ\w*|κιν\w*|cel|nr\.?\s?tel)|هاتف|جوال|رقم)[\s.:№#)-]{0,4}$",
    re.IGNORECASE,
)
PAPER = re.compile(
    r"\b(?:passport|passeport|pasaport\w*|pasaporte|passaporto|reisepass|pasoš\w*|pașaport\w*|paszport\w*|паспорт\w*|"
    r"пасош\w*|διαβατηρ\w*|identity card|id card|id number|id no|letërnjoftim\w*|lična karta|лична карта|ταυτότητ\w*|"
    r"αδτ|αμκα|cnp|егн|инн|иин|снилс|jmbg|јмбг|personal number|residence permit|asylum card|جواز)"
    r"[\s.:№#-]{0,4}(?:no\b|nr\b|number\b|numéro\b|n°|№|номер|бр\b|αρ\b)?[\s.:№#-]{0,4}"
    r"([A-ZА-ЯΑ-Ω]{0,3}[ -]?\d[\d -]{3,16}\d)",
    re.IGNORECASE,
)
NEAR_BEFORE, NEAR_AFTER = 28, 14
FEWEST_OF_PUBLIC = 6  # shorter ones may stand by chance inside another number
FEWEST_CALLED, FEWEST_NATIONAL, FEWEST_BARE, MOST_OF_PHONE = 7, 8, 9, 15


def find(text: str, known: Iterable[str] = ()) -> list[Found]:
    """Marked places in the order of the text, none inside another.

    `known` are public numbers as they are written anywhere, helplines for instance; they are never marked.
    """
    plain, positions = _plain(text)
    public = {_digits(number) for number in known} - {""}
    found: list[tuple[Kind, int, int]] = []
    for look in (_emails, _nothing_personal, _births, _ibans, _papers, _numbers):
        for kind, start, end in list(look(plain, public)):
            if kind is not None:
                found.append((kind, start, end))
            # What is decided is taken out, so that a later look does not read a part of it anew.
            plain = plain[:start] + "\x00" * (end - start) + plain[end:]
    spans = ((kind, positions[start], positions[end - 1] + 1) for kind, start, end in sorted(found, key=lambda f: f[1]))
    return [Found(kind, start, end, text[start:end]) for kind, start, end in spans]


def parts(text: str, found: Iterable[Found]) -> list[tuple[str, bool]]:
    """The text cut into (piece, marked), for a template that shows what is meant."""
    cut, here = [], 0
    for each in found:
        cut += [(text[here : each.start], False), (each.text, True)]
        here = each.end
    return [piece for piece in (*cut, (text[here:], False)) if piece[0]]


Looked = Iterator[tuple[Kind | None, int, int]]
Look = Callable[[str, set[str]], Looked]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with Western digits and plain signs and without invisible ones, and where each letter stood before."""
    letters, positions = [], []
    for position, letter in enumerate(text):
        if unicodedata.category(letter) in ("Cf", "Cc") and not letter.isspace():
            continue
        digit = unicodedata.decimal(letter, None)
        same = unicodedata.normalize("NFKC", letter)
        letters.append(str(digit) if digit is not None else same if len(same) == 1 else letter)
        positions.append(position)
    return "".join(letters), positions


def _digits(text: str) -> str:
    """The digits of a number, its international sign as `+`, so that 0030… and +30… are the same."""
    digits = "".join(letter for letter in text if letter.isdigit())
    if "+" in text:
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def _emails(text: str, known: set[str]) -> Looked:
    for match in EMAIL.finditer(text):
        yield Kind.EMAIL, *match.span()


def _nothing_personal(text: str, known: set[str]) -> Looked:
    """Links, titles of books, sums of money and hours: taken out before numbers are looked for."""
    for pattern in (LINK, TITLED, TIMES, MONEY, _written(frozenset(known))):
        for match in pattern.finditer(text):
            yield None, *match.span()


@lru_cache(maxsize=8)
def _written(known: frozenset[str]) -> re.Pattern[str]:
    """Public numbers however they are grouped, also several in one line."""
    long = sorted((each for each in known if len(each.lstrip("+")) >= FEWEST_OF_PUBLIC), key=len, reverse=True)
    grouped = [r"(?:\+|00)?" + f"{GAP}?".join(each.lstrip("+")) for each in long]
    return re.compile(rf"(?<![\d+])(?:{'|'.join(grouped)})(?!\d)") if grouped else re.compile(r"(?!)")


def _births(text: str, known: set[str]) -> Looked:
    """A date beside a word for birth; every other numeric date is taken out, so that it is no number to call."""
    taken: set[tuple[int, int]] = set()
    for match in ANY_DATE.finditer(text):
        start, end = match.span()
        around = f"{text[max(0, start - NEAR_BEFORE) : start]}\n{text[end : end + NEAR_AFTER]}"
        if BORN.search(around):
            taken.add(match.span())
            yield Kind.BIRTH, start, end
    for match in DATE.finditer(text):
        if match.span() not in taken:
            yield None, *match.span()


def _ibans(text: str, known: set[str]) -> Looked:
    for match in IBAN.finditer(text):
        compact = re.sub(r"[ -]", "", match.group()).upper()
        turned = compact[4:] + compact[:4]
        if 15 <= len(compact) <= 34 and int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1:
            yield Kind.NUMBER, *match.span()


def _papers(text: str, known: set[str]) -> Looked:
    for match in PAPER.finditer(text):
        yield Kind.DOCUMENT, *match.span(1)
        text = text[: match.start(1)] + "\x00" * (match.end(1) - match.start(1)) + text[match.end(1) :]
    for match in DOCUMENT.finditer(text):
        yield Kind.DOCUMENT, *match.span()


def _numbers(text: str, known: set[str]) -> Looked:
    for match in RUN.finditer(text):
        run, before = match.group(), text[max(0, match.start() - 16) : match.start()]
        digits = _digits(run)
        if digits in known or _is_harmless(digits, run):
            continue
        count, international = len(digits.lstrip("+")), digits.startswith("+")
        if not international and (count > MOST_OF_PHONE or (count >= FEWEST_BARE and run.isdigit() and run[0] != "0")):
            yield Kind.NUMBER, *match.span()
        elif (
            (international and count >= FEWEST_CALLED)
            or (CALLED.search(before) and count >= FEWEST_CALLED)
            or (digits[0] == "0" and count >= FEWEST_NATIONAL)
            or count >= FEWEST_BARE
        ):
            yield Kind.PHONE, *match.span()


def _is_harmless(digits: str, run: str) -> bool:
    """Years in a row, lists of articles, and the European numbers of general interest (116 000 and the like)."""
    groups = re.findall(r"\d+", run)
    years = all(re.fullmatch(r"(?:19|20)\d{2}", group) for group in groups)
    articles = len(groups) > 1 and digits[0] not in "+0" and all(len(group) < 3 for group in groups)
    shared = re.fullmatch(r"(?:\+\d{1,3})?116\d{3}", digits)
    return bool(years or articles or shared)
