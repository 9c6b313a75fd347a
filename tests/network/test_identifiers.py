"""What is noticed in a text before it is sent, and what is left alone."""

import time

import pytest
from django.conf import settings

from network.identifiers import Kind, find, parts
from vocabulary.starter import read_yaml


def marked(text: str, *known: str) -> list[tuple[str, str]]:
    return [(each.kind.value, each.text) for each in find(text, known)]


@pytest.mark.parametrize(
    "number",
    [
        "+30 6912345678", "+30 691 234 5678", "+306912345678", "0030 691 234 5678", "00306912345678",
        "+355 69 123 4567", "+355-69-123-4567", "069 123 4567", "06 12 34 56 78", "06.12.34.56.78", "(069) 12-34-567",
        "+33 (0)6 12 34 56 78", "691 234 5678", "8 701 123 45 67", "+7 (701) 123-45-67", "+49 30/1234567",
        "٠٦٩١٢٣٤٥٦٧", "+٣٠ ٦٩١ ٢٣٤ ٥٦٧٨", "+۳۰ ۶۹۱ ۲۳۴ ۵۶۷۸", "＋30 691 234 5678", "+30\u200b691\u200b2345678",
        "+30\u00a0691\u00a0234\u00a05678", "+30 – 691 – 2345678", "\u202a+30 691 234 5678\u202c",
    ],
)  # fmt: skip
def test_a_number_to_call_is_marked_however_it_is_written(number: str) -> None:
    found = find(f"Please ring her mother, {number}, tonight.")

    assert [each.kind for each in found] == [Kind.PHONE]
    assert "".join(filter(str.isdigit, found[0].text)) == "".join(filter(str.isdigit, number))


@pytest.mark.parametrize("before", ["tel. ", "тел.: ", "τηλ. ", "WhatsApp ", "Viber: ", "моб. ", "هاتف "])
def test_a_short_number_is_marked_after_a_word_for_calling(before: str) -> None:
    assert marked(f"Her {before}694 1234.") == [("phone", "694 1234")]
    assert marked("Room 694 1234.") == []


@pytest.mark.parametrize(
    "address",
    ["ana@example.org", "ana.b+c@mail.example.co.uk", "ana (at) example.org", "ana[at]example[dot]org", "аня@пример.рф",
     "ana＠example.org", "a\u200bna@example.org", "ANA@EXAMPLE.ORG"],
)  # fmt: skip
def test_an_e_mail_address_is_marked(address: str) -> None:
    assert [each.kind for each in find(f"She writes from {address}, daily")] == [Kind.EMAIL]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("has AB1234567 with her", [("document", "AB1234567")]),
        ("has ab1234567 with her", [("document", "ab1234567")]),
        ("has АН 123456 with her", [("document", "АН 123456")]),
        ("I12345678A is on the card", [("document", "I12345678A")]),
        ("passport no. 1234567", [("document", "1234567")]),
        ("паспорт № 4509 123456", [("document", "4509 123456")]),
        ("διαβατήριο ΑΕ 1234567", [("document", "ΑΕ 1234567")]),
        ("CNP 5090312123456", [("document", "5090312123456")]),
        ("number 5090312123456", [("number", "5090312123456")]),
        ("IBAN GR16 0110 1250 0000 0001 2300 695", [("number", "GR16 0110 1250 0000 0001 2300 695")]),
        ("de89370400440532013000 please", [("number", "de89370400440532013000")]),
        ("card 4111 1111 1111 1111", [("number", "4111 1111 1111 1111")]),
    ],
)
def test_numbers_of_papers_and_accounts_are_marked(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The boy, born 12.03.2009, is", "12.03.2009"),
        ("born on 2009-03-12 in", "2009-03-12"),
        ("Born: 12 March 2009", "12 March 2009"),
        ("born March 12, 2009", "March 12, 2009"),
        ("DOB 12/03/09", "12/03/09"),
        ("D.O.B.: 12-3-2009", "12-3-2009"),
        ("née le 12 mars 2009", "12 mars 2009"),
        ("né 12/03/2009", "12/03/2009"),
        ("род. 12.03.2009", "12.03.2009"),
        ("родилась 12 марта 2009 года", "12 марта 2009"),
        ("девочка, 12.03.2009 г.р.", "12.03.2009"),
        ("γεννήθηκε στις 12/3/2009", "12/3/2009"),
        ("i lindur më 12.03.2009", "12.03.2009"),
        ("rođena 12. 3. 2009", "12. 3. 2009"),
        ("născut la 12.03.2009", "12.03.2009"),
        ("народився 12.03.2009", "12.03.2009"),
        ("geboren am 12.03.2009", "12.03.2009"),
        ("من مواليد ١٢/٠٣/٢٠٠٩", "١٢/٠٣/٢٠٠٩"),
    ],
)
def test_a_date_of_birth_is_marked(text: str, date: str) -> None:
    assert marked(text) == [("birth", date)]


@pytest.mark.parametrize(
    "text",
    [
        "We meet on 12.03.2026 at 10:30, and again on 2026-03-19.",
        "We meet on 01.03.2026 14:00 or 02.03.2026 15:00.",
        "From 12.03.2026-14.03.2026 or 12/03/26 – 14/03/26 we are away.",
        "Article 16.2 of the Convention, and Articles 3 6 9 12 18 19 34 35 36.",
        "Articles 10.2, 12.1 and 16.7 (see also 3(1), 6(2) and 37(b)).",
        "Law 4960/2022, ν. 4554/2018, Directive 2011/36/EU, Regulation (EU) 2016/679, No. 196-FZ.",
        "CETS No. 197, A/HRC/23/48, CRC/C/GC/6, COM(2012)286, C-123/45, DSM-5.",
        "In the years 2019 2020 2021 2022 2023 nobody counted; 1998-2003 and 2010–2015 were better.",
        "Open 0900-1700 and 09:00–17:00.",
        "The fund paid EUR 1 250 000 000 and 12.500.000 €, or 1000000 ALL.",
        "Call 116 000, 116111 or +355 116 006; in danger 112.",
        "See https://example.org/guides/123456789012 and www.example.org/2009/03/12.",
        "ISBN 978-92-871-5555-5, ISSN 1234-5679.",
        "About 120 children, 3 of 10, 95%, 1:20, 2nd floor, room 1204.",
        "The person was born in a village near the border, in the spring; nobody is sure of the year.",
        "It was born out of the meeting of 12 partners in March 2009 in Tirana.",
        "He is 16, she is 17; both came in 2024.",
        "Case load 25, ratio 1/15, budget line 6.1.2.3.",
        "",
    ],
)  # fmt: skip
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert marked(text) == []


def test_a_public_number_is_left_alone_however_it_is_written() -> None:
    known = ["+30 210 123 4567", "0800 90 80 70", "1107"]

    assert marked("Ring 0030 210 1234567 or 0800-908070 or 1107.", *known) == []
    assert marked("Ring +30 210 123 4568.", *known) == [("phone", "+30 210 123 4568")]


def test_a_list_of_helplines_is_left_alone() -> None:
    known = ["116 000", "116 111", "1107", "0800 90 80 70", "+30 210 123 4567"]

    assert marked("116 000 116 111 0800 90 80 70\n1107\n+30 210 123 4567 0800908070", *known) == []
    assert marked("116 000\n116 111\n+30 691 111 111 6", *known) == [("phone", "+30 691 111 111 6")]


def test_everything_in_one_text_is_marked_once_and_in_order() -> None:
    text = "Born 12.03.2009, AB1234567, ana@example.org, +30 691 234 5678."

    found = find(text)

    assert [each.kind for each in found] == [Kind.BIRTH, Kind.DOCUMENT, Kind.EMAIL, Kind.PHONE]
    assert all(text[each.start : each.end] == each.text for each in found)
    assert "".join(piece for piece, _hit in parts(text, found)) == text
    assert [piece for piece, hit in parts(text, found) if hit] == [each.text for each in found]


@pytest.mark.parametrize("bait", ["1 ", "0-", "a.", "@", "+", "AB1", "12.", "(", "born 1", "a@b.", "9" * 50 + " "])
def test_no_text_of_the_length_allowed_takes_long(bait: str) -> None:
    started = time.process_time()

    find(bait * (4000 // len(bait)))

    assert time.process_time() - started < 1


def test_no_helpline_of_the_starter_content_is_marked() -> None:
    bodies = read_yaml(settings.CONTENT / "network" / "organisations.yaml")
    numbers = [
        line["number"] for body in bodies for line in (body.get("hotline"), *(body.get("more_hotlines") or [])) if line
    ]

    assert len(numbers) > 20
    assert [marked(f"Please ring {number} today.", *numbers) for number in numbers] == [[]] * len(numbers)
    assert marked("\n".join(numbers), *numbers) == marked(" ".join(numbers), *numbers) == []
