"""Whoever has themselves erased is gone from every byte that the site keeps, but for what is declared to stay."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.attack.erasure.files import Disk
from tests.attack.erasure.places import NO_WORDS, NOBODYS, SECOND_HAND, for_words, silent
from tests.attack.erasure.rows import FERNET, readable
from tests.attack.erasure.stays import STAYS
from tests.attack.erasure.tokens import Tokens

SECONDS = 120


def test_who_is_erased_leaves_nothing_but_what_is_declared(tmp_path: Path, django_db_setup: None) -> None:
    """In a site of its own, after somebody whose erasure was broken on purpose, which had to be noticed."""
    told = attacked(tmp_path, {"SEARCH_ENGINE": "embedded"})

    assert {what: left for what, left in told["found"].items() if left} == {}, told["seed"]
    assert told["done"] == 1


def test_with_a_search_server_too(tmp_path: Path, django_db_setup: None, elasticsearch_url: str) -> None:
    told = attacked(tmp_path, {"SEARCH_ENGINE": "elasticsearch", "ELASTICSEARCH_URL": elasticsearch_url})

    assert {what: left for what, left in told["found"].items() if left} == {}, told["seed"]
    assert told["done"] == 1


def attacked(folder: Path, variables: dict[str, str]) -> dict[str, Any]:
    """The record of the attack on one person, from a process of its own."""
    seed, answer = random.randrange(10**6), folder / "record"
    asked = json.dumps(["tests.attack.erasure.attack:erasures", 1, seed, "", SECONDS])
    command = [sys.executable, "-m", "tests.attack.torture_child", asked, str(answer)]
    subprocess.run(command, env={**os.environ, **variables}, check=True)
    return {"seed": seed, **json.loads(answer.read_text())}


def test_a_field_in_which_nothing_is_said_is_named() -> None:
    everywhere = {*for_words(), *STAYS}

    assert silent(everywhere) == []
    assert silent(everywhere - {"Contact.phone"}) == ["Contact.phone: nothing was said there"]
    assert set(for_words()) >= NO_WORDS | NOBODYS | SECOND_HAND


def test_what_may_stay_has_a_reason() -> None:
    assert all(stay.because for stay in STAYS.values())


def test_a_token_is_found_in_every_form() -> None:
    say = Tokens(random.Random(1))
    token = say("a place")

    for name, form in token.forms().items():
        assert say.at(b"abczE" + form + b"z") == {token: form}, name
    assert say.at(Tokens(random.Random(2))("elsewhere").forms()["plain"]) == {}


def test_cipher_text_is_found_by_any_page_of_it(tmp_path: Path) -> None:
    value = random.Random(1).randbytes(4000).hex()
    (tmp_path / "file").write_bytes(b"\0" + value[3000:4000].encode())

    assert Disk.of(tmp_path).holding_pieces([("column", value)]) == {"column": f"{tmp_path.name}/file"}
    assert Disk.of(tmp_path).holding_pieces([("column", value[:2900])]) == {}


def test_what_is_enciphered_in_a_row_is_read() -> None:
    cipher = FERNET.encrypt(b"a word").decode()

    assert list(readable("a_table.a_column", f"before {cipher}")) == [f"before {cipher}", "a word"]
