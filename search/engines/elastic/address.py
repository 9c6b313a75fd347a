"""Where the server is, read from ELASTICSEARCH_URL. The password is never part of what is printed or logged."""

from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

PORTS = {"http": 9200, "https": 443}
# The beginning of every index name, so that several sites can share a cluster.
PREFIX = "waymark"


@dataclass(frozen=True, slots=True)
class Address:
    """A server and the beginning of the names of this site's indexes."""

    scheme: str
    host: str
    port: int
    prefix: str = PREFIX
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> Self:
        """From https://user:password@host:9200/prefix, whose form the settings have checked."""
        parts = urlsplit(url)
        return cls(
            parts.scheme,
            parts.hostname or "",
            parts.port or PORTS[parts.scheme],
            parts.path.strip("/") or PREFIX,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )
