"""Every address of the site as one viewer meets it: all patterns of the resolver, then every link that is found."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

# Opening these would end the session or change what the test looks at.
NEVER = re.compile(r"logout|sign-out|/delete|/unpublish|/_util/login|/choose-|download|/export/|/static/|/media/")
POSTS = re.compile(r"<form\b[^>]*\bmethod=.?post\b.*?</form>", re.DOTALL | re.IGNORECASE)
TOKEN = "csrfmiddlewaretoken"
LINK = re.compile(r"""(?:href|src|action|hx-get)="([^"#]+)""")


class NoProvider(AssertionError):
    """An address has an argument that no provider fills: whoever added the address must say what to try."""


Providers = Mapping[str, Callable[[], Iterable[Any]]]


def addresses(providers: Providers) -> Iterator[str]:
    """Every address of the resolver, each argument filled by the provider of its name."""
    for route, names in _patterns(get_resolver(), ""):
        if not names:
            yield route
            continue
        missing = [name for name in names if name not in providers]
        if missing:
            raise NoProvider(f"{route}: nobody says what to try for {', '.join(missing)}")
        for values in zip(*(list(providers[name]()) for name in names), strict=False):
            filled = route
            for name, value in zip(names, values, strict=True):
                filled = re.sub(rf"<(?:\w+:)?{name}>", str(value), filled)
            yield filled


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, list[str]]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each, route)
        elif isinstance(each, URLPattern) and "^" not in route and "(" not in route and not route.startswith("cms/"):
            yield f"/{route}", re.findall(r"<(?:\w+:)?(\w+)>", route)


@dataclass
class Seen:
    """All that a viewer was sent: the text of every answer by address."""

    answers: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def crawl(client: Client, start: Iterable[str], *, depth: int, most: int) -> Seen:
    """GETs the addresses and every link found in them, `depth` links deep, at most `most` pages."""
    seen = Seen()
    front = list(dict.fromkeys(each for each in start if not NEVER.search(each)))
    for _step in range(depth + 1):
        found: dict[str, None] = {}
        for address in front:
            if address in seen.answers or len(seen.answers) >= most:
                continue
            answer = client.get(address)
            if answer.status_code >= 500:
                seen.errors.append(f"{answer.status_code} {address}")
            head = "\n".join(f"{name}: {value}" for name, value in answer.items())
            text = answer.getvalue().decode("utf-8", "replace")
            seen.answers[address] = f"{head}\n{text}".lower()
            if not address.startswith("/cms/"):  # Wagtail's own pages send some by script
                seen.errors += [
                    f"a form without its token at {address}" for form in POSTS.findall(text) if TOKEN not in form
                ]
            for link in [*LINK.findall(text), *([answer["Location"]] if "Location" in answer else [])]:
                found.setdefault(_local(address, link), None)
        front = [each for each in found if each and not NEVER.search(each)]
    return seen


def _local(base: str, link: str) -> str:
    parts = urlsplit(urljoin(f"http://testserver{base}", link.replace("&amp;", "&")))
    if parts.netloc != "testserver":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
