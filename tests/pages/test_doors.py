"""What every request meets: the cap on query strings, the policy on what a page may load, the language door."""

from django.test import Client, RequestFactory

from pages.middleware import MOST_BYTES, CapQueryString
from pages.panels import TELLING


def capped(query: str) -> str:
    request = RequestFactory().get("/")
    request.META["QUERY_STRING"] = query
    CapQueryString(lambda request: request)(request)
    return request.META["QUERY_STRING"]


def test_a_query_string_of_60_kb_is_cut():
    assert len(capped("q=" + "a" * 60_000)) <= MOST_BYTES


def test_only_200_fields_are_read():
    assert capped("&".join(f"a{n}=1" for n in range(500))).count("&") == 199


def test_an_ordinary_query_string_is_left_alone():
    assert capped("q=kid&kind=practice") == "q=kid&kind=practice"


def test_the_root_leads_to_the_browsers_language():
    answer = Client().get("/", headers={"accept-language": "ru,en;q=0.5"})

    assert answer.status_code == 302
    assert answer["Location"] == "/ru/"


def test_an_unknown_language_is_served_in_english():
    assert Client().get("/", headers={"accept-language": "tlh"})["Location"] == "/en/"


def test_public_pages_allow_no_inline_script(db):
    policy = Client().get("/en/nowhere/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_only_the_cms_has_a_looser_policy(db):
    assert "unsafe-inline" in Client().get("/cms/")["Content-Security-Policy"]


def test_telling_words_are_refused_in_a_tab_title():
    assert TELLING.search("Trafficking guide")
    assert not TELLING.search("Outdoor team visits")


def test_the_load_balancer_reads_one_line(db):
    answer = Client().get("/health/")

    assert answer.status_code == 200
    assert answer.content.decode().count("\n") == 1
