"""Variables of the environment: nonsense is refused with a sentence, and what is secret is not printed."""

from pprint import pformat

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def read(monkeypatch: pytest.MonkeyPatch, value: str | None, *, needed: bool = True) -> str:
    """ELASTICSEARCH_URL as the settings read it."""
    if value is None:
        monkeypatch.delenv("ELASTICSEARCH_URL", raising=False)
    else:
        monkeypatch.setenv("ELASTICSEARCH_URL", value)
    return env.elasticsearch("ELASTICSEARCH_URL", needed=needed)


@pytest.mark.parametrize(
    "value",
    [
        "http://127.0.0.1:9200",
        "http://search/",
        "https://site:secret@search.example:9243/waymark-2",
        "http://[::1]:9200",
    ],
)
def test_an_address_of_a_search_server_is_read_as_it_stands(monkeypatch: pytest.MonkeyPatch, value: str):
    assert read(monkeypatch, value) == value


@pytest.mark.parametrize(
    "value",
    ["search:9200", "ftp://search", "http:///waymark", "http://search:port", "http://search:99999", "http://[::1", "http://u@search",
     "http://search/a/b", "http://search/Waymark", "http://search/-x", "http://search/x?y=1", "http://search/#x"],
)  # fmt: skip
def test_another_address_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch, value: str):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(monkeypatch, value)

    assert "ELASTICSEARCH_URL" in str(refused.value)
    assert value not in str(refused.value)


def test_a_search_server_must_be_named_only_where_it_is_used(monkeypatch: pytest.MonkeyPatch):
    assert read(monkeypatch, None, needed=False) == ""
    with pytest.raises(ImproperlyConfigured):
        read(monkeypatch, None)


def test_a_password_in_an_address_is_not_printed(monkeypatch: pytest.MonkeyPatch):
    address = read(monkeypatch, "https://site:open-sesame@search.example:9243/waymark")

    printed = f"{address!r} {pformat({'ELASTICSEARCH_URL': address})}"

    assert "open-sesame" not in printed
    assert "search.example" in printed
