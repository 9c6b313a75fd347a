"""From the home page, every internal link leads somewhere, and nothing leads a browser to another host by itself."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

MOST_PAGES = 900
MOST_WITH_QUERY = 120
LOADED = re.compile(r'<(?:script|img|link|iframe|source|video|audio)\b[^>]*?\s(?:src|href)="([^"]+)"')
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
SKIPPED = ("/static/", "/account/logout/", "/cms/")


def test_a_crawl_from_the_home_page_meets_no_error_and_no_other_host():
    client, waiting, seen = Client(), ["/en/"], {"/en/"}
    with_query, failed, foreign = 0, [], []

    while waiting and len(seen) < MOST_PAGES + MOST_WITH_QUERY:
        address = waiting.pop()
        answer = client.get(address, follow=True)
        if answer.status_code != 200:
            failed.append((address, answer.status_code))
            continue
        if "html" not in answer["Content-Type"]:
            continue
        html = b"".join(answer).decode()
        foreign += [(address, each) for each in LOADED.findall(html) if urlsplit(each).netloc]
        for link in LINK.findall(html):
            target = urljoin(address, unescape(link)).split("#")[0]
            parts = urlsplit(target)
            if parts.netloc or parts.scheme or not target.startswith("/") or target.startswith(SKIPPED):
                continue
            if parts.query:
                with_query += 1
                if with_query > MOST_WITH_QUERY:
                    continue
            if target not in seen:
                seen.add(target)
                waiting.append(target)

    assert failed == []
    assert foreign == []
    assert len(seen) > 200
