"""What every request meets: the cap on query strings, the policy on what a page may load, the language door."""

import pytest
from django.conf import settings
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


def test_a_text_that_is_too_large_is_answered_in_words_and_says_that_nothing_was_saved(db):
    answer = Client().post("/en/answer/", {"code": "1" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})

    assert answer.status_code == 413
    assert "Nothing was saved. A page takes at most 2.5\xa0MB of text." in answer.content.decode()


def test_it_is_said_in_the_language_of_the_page(db):
    answer = Client().post("/fr/answer/", {"code": "1" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})

    assert '<html lang="fr"' in answer.content.decode()


@pytest.mark.parametrize("host", ["evil.example.org", "a b"])
def test_a_request_for_another_host_is_refused_in_our_look(db, settings, host):
    settings.ALLOWED_HOSTS = ["localhost"]

    answer = Client().get("/en/answer/", headers={"host": host})

    assert answer.status_code == 400
    assert "This could not be read" in answer.content.decode()


def test_a_form_without_its_token_asks_to_be_sent_again(db):
    answer = Client(enforce_csrf_checks=True).post("/en/answer/", {"code": "1"})

    assert answer.status_code == 403
    assert "Please send it once more" in answer.content.decode()


def test_an_address_for_buttons_explains_itself_when_it_is_opened(db):
    answer = Client().get("/account/email/take-back/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Press the button once more" in answer.content.decode()
