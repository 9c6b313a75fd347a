"""Typed readers of environment variables that refuse nonsense with a sentence instead of guessing."""

import os
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; raises ImproperlyConfigured when it is absent and there is no default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str, default: bool) -> bool:
    """True or false; anything but the usual spellings is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”; write true or false.")


def number(name: str, default: int) -> int:
    """A whole number of nought or more; anything else is refused."""
    value = os.environ.get(name, str(default)).strip()
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is “{value}”; write a whole number.")
    return int(value)


def words(name: str, default: Iterable[str] = ()) -> list[str]:
    """A comma-separated list, blanks dropped."""
    value = os.environ.get(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value is not None else list(default)


def choice(name: str, allowed: Iterable[str], default: str) -> str:
    """One of `allowed`; anything else is refused with the list."""
    value = os.environ.get(name, default)
    options = list(allowed)
    if value not in options:
        raise ImproperlyConfigured(f"{name} is “{value}”; it can be {', '.join(options)}.")
    return value


def database(base: str) -> dict[str, object]:
    """Django's database settings: SQLite in `base` unless DATABASE_URL names a PostgreSQL server.

    postgresql://user:password@host:port/name is the only form read; SQLite runs in WAL with IMMEDIATE
    transactions, because either alone gives lock errors as soon as two processes write.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("WAYMARK_DATABASE", f"{base}/waymark.sqlite3"),
            "OPTIONS": {
                "timeout": 5,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;"
                "PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


class Address(str):
    """An address that may hold a password: what is printed of it does not."""

    __slots__ = ()

    def __repr__(self) -> str:
        parts = urlsplit(self)
        return repr(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())


def elasticsearch(name: str, *, needed: bool) -> Address:
    """The server and the beginning of its index names: https://user:password@host:9200/waymark.

    Without a name behind the host the indexes begin with "waymark".
    """
    value = os.environ.get(name, "")
    if not value:
        if needed:
            raise ImproperlyConfigured(f"Set the environment variable {name}, for example http://127.0.0.1:9200.")
        return Address()
    wrong = ImproperlyConfigured(
        f"{name} must look like http://127.0.0.1:9200 or https://user:password@host:9200/name."
    )
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        raise wrong from None
    if not sound or parts.query or parts.fragment or bool(parts.username) != bool(parts.password):
        raise wrong
    if not re.fullmatch(r"/?|/[a-z0-9][a-z0-9-]{0,79}/?", parts.path):
        raise ImproperlyConfigured(f"The name at the end of {name} may have small letters, digits and hyphens only.")
    return Address(value)
