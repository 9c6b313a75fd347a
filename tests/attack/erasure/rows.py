"""Everything that stands in the database, table by table, and what a thief with the keys could read of it."""

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from encrypted_fields.fields import EncryptedTextField

from tests.attack.erasure.tokens import Token, Tokens

# Column ("table.column") → every value in it.
Rows = Mapping[str, list[str]]
FERNET = EncryptedTextField().f
CIPHER = re.compile(r"gAAAAA[\w-]{60,}={0,2}")
PROOF = "network_prooffile.content"
SESSION = "django_session.session_data"


def rows() -> Rows:
    """Every value of every column of every table as text; bytes as Latin-1."""
    found: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the catalogue
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if value is not None:
                        found[f"{table}.{column}"].append(_text(value))
    return found


def _text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def readable(column: str, value: str) -> Iterator[str]:
    """A value, and what it is when it is deciphered or unpacked."""
    yield value
    if column == SESSION:
        yield json.dumps(SessionStore().decode(value), ensure_ascii=False)
    for cipher in CIPHER.findall(value):
        text = deciphered(cipher)
        yield base64.b64decode(text).decode("latin-1") if column == PROOF else text


@lru_cache(maxsize=10_000)
def deciphered(cipher: str) -> str:
    """With the keys of the site; "" where it is not of its making."""
    try:
        return FERNET.decrypt(cipher.encode()).decode()
    except InvalidToken:
        return ""


def holding(there: Rows, tokens: Tokens) -> dict[str, set[Token]]:
    """Column → the tokens that can be read in it, in any form."""
    found: dict[str, set[Token]] = {}
    for column, values in there.items():
        text = "\n".join(each for value in values for each in readable(column, value))
        if held := set(tokens.at(text.encode())):
            found[column] = held
    return found


def gone(before: Rows, after: Rows) -> list[tuple[str, str]]:
    """(column, value) of whatever long value stood there before and stands nowhere now: keys, hashes, cipher text."""
    still = {value for values in after.values() for value in values}
    return [
        (column, value)
        for column, values in before.items()
        for value in values
        if len(value) >= SHORTEST and value not in still and not MOMENT.match(value)
    ]


# Shorter values are found by chance.
SHORTEST = 16
MOMENT = re.compile(r'"?\d{4}-\d\d-\d\d[ T]')
