"""Saved searches: only their owner's, encrypted, run as who the owner is now, and told of without saying what."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client

from accounts.models import OutgoingMail
from accounts.outgoing import deliver
from network import clock, own_data, saved_searches
from network.digests import Done, send_due, tell
from network.models import Practitioner, SavedSearch
from network.saved_searches import counted
from network.services import saved_searches as services
from network.services.erasure import erase
from search import indexer, outbox
from search.models import OutboxEntry
from tests.accounts.test_outgoing import server_away  # noqa: F401 - a fixture
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term

pytestmark = pytest.mark.django_db
LIST = "/account/searches/"
SAVE = f"{LIST}save/"
Enrol = Callable[[Practitioner], None]


@pytest.fixture
def enrol() -> Enrol:
    """Gives the owner of an entry a second factor, as signing up one does."""
    from allauth.mfa.models import Authenticator

    def give(entry: Practitioner) -> None:
        Authenticator.objects.create(user=entry.user, type=Authenticator.Type.TOTP, data={})

    return give


@pytest.fixture
def member(indexed: Callable[[], Any], enrol: Enrol) -> Practitioner:
    """A member of one network with an account, and a second factor."""
    entry = PractitionerFactory(networks=[NetworkFactory()], user=UserFactory(email="reader@example.org"))
    enrol(entry)
    indexed()
    return entry


def save(client: Client, query: str, page: str = "search", language: str = "en") -> SavedSearch:
    answer = client.post(SAVE, {"page": page, "query": query, "language": language})
    assert answer.status_code == 302
    return SavedSearch.objects.get(public_id=answer["Location"].rstrip("/").rpartition("/")[2])


def watched(entry: Practitioner, query: str, page: str = "search", digest: str = "daily") -> SavedSearch:
    """A saved search whose owner is told since now."""
    from network.policy import principals_while_away

    principals = principals_while_away(entry.user)
    saved = services.keep(user=entry.user, page=page, query=query, principals=principals, language="en")
    services.change(saved=saved, name="mine", digest=digest, principals=principals)
    return saved


def after(**time: int) -> Any:
    return clock.standing_at(clock.now() + timedelta(**time))


def public(name: str) -> Any:
    """An organisation that is found by its name."""
    made = OrganisationFactory(name=name)
    outbox.add([f"organisation:{made.pk}"])
    outbox.drain()
    return made


def stored() -> str:
    """All that the table holds, as it stands on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_savedsearch")
        return repr(cursor.fetchall())


# Saving and changing


def test_a_member_saves_a_search_and_runs_it_again(member: Practitioner, signed_in: Any):
    client = signed_in(member)

    saved = save(client, "q=lantern+work&sort=newest&page=4&kind=practice&nonsense=1")

    assert saved.query == "q=lantern+work&kind=practice&sort=newest"
    assert "/en/search/?q=lantern+work&amp;kind=practice&amp;sort=newest" in client.get(LIST).content.decode()


def test_a_search_for_people_leads_back_to_people(member: Practitioner, signed_in: Any):
    term("nurse")
    saved = save(signed_in(member), "profession=nurse&q=Canary", page="people", language="fr")

    assert 'href="/fr/people/?q=Canary&amp;profession=nurse"' in signed_in(member).get(LIST).content.decode()
    assert saved.name == "Canary · Nurse"


def test_what_is_searched_for_stands_in_no_table(member: Practitioner, signed_in: Any):
    saved = save(signed_in(member), "q=canaryword")
    services.change(saved=saved, name="canaryname", digest="daily", principals=frozenset({"public", "member"}))

    assert "canary" not in stored()
    assert saved.public_id in stored()


def test_the_button_is_shown_to_members_with_a_question_and_to_nobody_else(member: Practitioner, signed_in: Any):
    client = signed_in(member)

    assert SAVE in client.get("/en/search/?q=lantern").content.decode()
    assert SAVE in client.get("/en/people/?q=lantern").content.decode()
    assert SAVE not in client.get("/en/search/").content.decode()
    assert SAVE not in client.get("/en/people/").content.decode()
    assert SAVE not in Client().get("/en/search/?q=lantern").content.decode()


@pytest.mark.parametrize("address", ["/en/search/?q=lantern&country=AL", "/fr/people/?q=lantern&within=100&near=AL"])
def test_what_the_button_saves_is_what_the_page_asks(member: Practitioner, signed_in: Any, address: str):
    client = signed_in(member)
    form = client.get(address).content.decode().partition(f'action="{SAVE}"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(page|query|language)" value="([^"]*)"', form))

    saved = save(client, unescape(fields["query"]), fields["page"], fields["language"])

    path, _, query = saved_searches.address(saved).partition("?")
    assert path == address.partition("?")[0]
    assert dict(QueryDict(query)) == dict(QueryDict(address.partition("?")[2]))


@pytest.mark.parametrize("who", ["nobody", "no member", "left"])
def test_who_is_no_member_saves_nothing(member: Practitioner, signed_in: Any, client: Client, who: str):
    if who == "no member":
        client.force_login(UserFactory())
    if who == "left":
        signed_in(member)
        member.status = "left"
        member.save()

    answer = client.post(SAVE, {"page": "search", "query": "q=lantern"})

    assert answer.status_code == (302 if who == "nobody" else 404)
    assert not SavedSearch.objects.exists()


def test_who_left_can_still_delete_what_they_saved(member: Practitioner, signed_in: Any):
    client = signed_in(member)
    saved = save(client, "q=lantern")
    member.status = "left"
    member.save()

    assert client.get(LIST).status_code == 200
    client.post(f"{LIST}{saved.public_id}/remove/")

    assert not SavedSearch.objects.exists()
    assert client.get(LIST).status_code == 404


@pytest.mark.parametrize("path", ["{id}/", "{id}/remove/", "nothing/", "stop/{id}/"])
def test_somebody_elses_search_is_absent(member: Practitioner, signed_in: Any, path: str):
    saved = watched(member, "q=lantern")
    other = PractitionerFactory(networks=[NetworkFactory()], user=UserFactory())

    answer = signed_in(other).post(LIST + path.format(id=saved.public_id), {"name": "x", "digest": "never"})

    assert answer.status_code == 404
    saved.refresh_from_db()
    assert saved.digest == "daily"


def test_a_search_is_renamed_and_told_of_weekly(member: Practitioner, signed_in: Any):
    client = signed_in(member)
    saved = save(client, "q=lantern")

    client.post(f"{LIST}{saved.public_id}/", {"name": "For the team", "digest": "weekly"})

    saved.refresh_from_db()
    assert (saved.name, saved.digest, counted(saved)) == ("For the team", "weekly", frozenset())


def test_a_name_is_asked_for_at_the_field_and_input_is_kept(member: Practitioner, signed_in: Any):
    client = signed_in(member)
    saved = save(client, "q=lantern")

    html = client.post(f"{LIST}{saved.public_id}/", {"name": " ", "digest": "weekly"}).content.decode()

    assert 'href="#id_name"' in html
    assert re.search(r'value="weekly"[^>]*checked', html)


def test_nothing_asked_is_not_saved_and_the_same_search_is_saved_once(member: Practitioner, signed_in: Any):
    client = signed_in(member)
    for query in ("", "page=3&sort=newest", "nonsense=1", "kind=person"):
        assert client.post(SAVE, {"page": "search", "query": query})["Location"] == LIST

    first, second = save(client, "q=lantern"), save(client, "q=lantern&page=2")

    assert first == second
    assert "nothing to save" in client.get(LIST).content.decode()


def test_no_more_than_twenty_are_kept(member: Practitioner, signed_in: Any):
    client = signed_in(member)
    for number in range(20):
        save(client, f"q=lantern{number}")

    answer = client.post(SAVE, {"page": "search", "query": "q=another"}, follow=True)

    assert SavedSearch.objects.count() == 20
    assert "delete one to save another" in answer.content.decode()


# Digests


def test_a_digest_says_how_many_are_new_and_nothing_else(member: Practitioner):
    public("Lantern house")
    watched(member, "q=lantern")
    public("Lantern street")

    with after(days=1):
        send_due()

    (sent,) = mail.outbox
    assert "There is 1 new result." in sent.body
    assert sent.to == ["reader@example.org"]
    assert not re.search("lantern|house|street|mine|search(?!es/)", sent.body + sent.subject, re.I)


def test_what_was_there_before_is_no_news_and_no_news_is_no_mail(member: Practitioner):
    public("Lantern house")
    watched(member, "q=lantern")

    with after(days=1):
        assert send_due().told == 0

    assert mail.outbox == []


def test_nothing_is_told_twice_and_not_before_its_time(member: Practitioner):
    watched(member, "q=lantern", digest="weekly")
    public("Lantern street")
    for day in range(15):
        with after(days=day):
            send_due()
            send_due()

    assert len(mail.outbox) == 1


def test_of_two_runs_at_one_moment_one_tells(member: Practitioner):
    watched(member, "q=lantern")
    public("Lantern street")
    with after(days=1):
        read_by_both = list(SavedSearch.objects.select_related("user"))
        send_due()
        tell(read_by_both, Done())

    assert len(mail.outbox) == 1


def test_several_searches_of_one_person_are_one_mail_and_a_result_counts_once(member: Practitioner):
    watched(member, "q=lantern")
    watched(member, "q=street")
    public("Lantern street")
    public("Lantern house")

    with after(days=1):
        send_due()

    assert ["There are 2 new results." in sent.body for sent in mail.outbox] == [True]


@pytest.fixture
def kept_mail(settings: Any) -> None:
    """Mail goes the site's own way, which Django's test runner else leaves out."""
    settings.MAILERS = {**settings.MAILERS, "default": {"BACKEND": "accounts.outgoing.Backend"}}


@pytest.mark.usefixtures("kept_mail")
def test_a_crash_between_marking_and_mailing_leaves_neither(
    member: Practitioner, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
):
    watched(member, "q=lantern")
    public("Lantern street")
    with monkeypatch.context() as broken, after(days=1):
        broken.setattr("accounts.outgoing.Backend.send_messages", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send_due()

    with after(days=1), django_capture_on_commit_callbacks(execute=True):
        send_due()

    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("server_away", "kept_mail")
def test_a_mail_server_that_is_away_loses_nothing_and_is_said(
    member: Practitioner, settings: Any, capsys: pytest.CaptureFixture[str], django_capture_on_commit_callbacks: Any
):
    watched(member, "q=lantern")
    public("Lantern street")
    with after(days=1), django_capture_on_commit_callbacks(execute=True):
        send_due()
    call_command("send_digests")

    assert mail.outbox == []
    assert "mail waiting: 1" in capsys.readouterr().err
    settings.MAILERS = {**settings.MAILERS, "postman": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    OutgoingMail.objects.update(next_try=clock.now())
    assert deliver() == (1, 0)
    assert "1 new result" in mail.outbox[0].body


def test_an_index_that_cannot_answer_delays_the_digest(member: Practitioner, index: None, settings: Any, tmp_path: Any):
    watched(member, "q=lantern")
    public("Lantern street")
    whole = settings.SEARCH_INDEX_FOLDER
    with after(days=1):
        settings.SEARCH_INDEX_FOLDER = tmp_path / "elsewhere"
        waiting = send_due().waiting
        settings.SEARCH_INDEX_FOLDER = whole
        told = send_due().told

    assert (waiting, told) == (1, 1)


def test_only_those_are_counted_whom_the_owner_may_see_now(member: Practitioner, indexed: Callable[[], Any]):
    nurse = term("nurse")
    watched(member, "profession=nurse", page="people")
    ours = member.memberships.get().network
    PractitionerFactory(networks=[ours], profession=nurse)
    PractitionerFactory(networks=[NetworkFactory()], profession=nurse, listing_for="network")
    indexed()

    with after(days=1):
        send_due()

    assert "There is 1 new result." in mail.outbox[0].body


@pytest.mark.parametrize("change", ["left", "suspended", "no second factor", "inactive"])
def test_who_is_no_member_any_more_is_told_nothing(member: Practitioner, indexed: Callable[[], Any], change: str):
    watched(member, "q=lantern")
    public("Lantern street")
    if change == "no second factor":
        member.user.authenticator_set.all().delete()
    elif change == "inactive":
        member.user.is_active = False
        member.user.save()
    else:
        member.status = change
        member.save()

    with after(days=1):
        send_due()

    assert mail.outbox == []


def test_recovery_codes_alone_are_no_second_factor(member: Practitioner):
    from allauth.mfa.models import Authenticator

    watched(member, "q=lantern")
    public("Lantern street")
    member.user.authenticator_set.update(type=Authenticator.Type.RECOVERY_CODES)

    with after(days=1):
        send_due()

    assert mail.outbox == []


def test_somebody_hidden_meanwhile_is_not_counted_though_the_index_still_has_them(
    member: Practitioner, indexed: Callable[[], Any], settings: Any
):
    settings.SEARCH_INDEX_IN_WEB_PROCESS = False
    watched(member, "profession=nurse", page="people")
    entry = PractitionerFactory(networks=[NetworkFactory()], profession=term("nurse"))
    indexed()
    entry.status = "paused"
    entry.save()
    assert OutboxEntry.objects.filter(narrowing=True).exists()

    with after(days=1):
        send_due()

    assert mail.outbox == []


def test_people_too_many_to_be_shown_are_not_watched(member: Practitioner, indexed: Callable[[], Any]):
    nurse, network = term("nurse"), NetworkFactory()
    saved = watched(member, "profession=nurse", page="people")
    for _ in range(51):
        PractitionerFactory(networks=[network], profession=nurse)
    indexed()

    with after(days=1):
        send_due()

    saved.refresh_from_db()
    assert mail.outbox == []
    assert counted(saved) == frozenset()


def test_more_results_than_a_page_holds_are_all_counted(member: Practitioner):
    watched(member, "q=lantern")
    for number in range(27):
        OrganisationFactory(name=f"Lantern {number}")
    indexer.rebuild()

    with after(days=1):
        send_due()

    assert "There are 27 new results." in mail.outbox[0].body


# Stopping


def stop_link(sent: Any) -> str:
    header = sent.extra_headers["List-Unsubscribe"]
    assert header.startswith("<http")
    return "/" + header.strip("<>").split("/", 3)[3]


@pytest.fixture
def told(member: Practitioner) -> Any:
    """A digest that was sent."""
    watched(member, "q=lantern")
    public("Lantern street")
    with after(days=1):
        send_due()
    return mail.outbox[0]


def test_opening_the_stop_link_changes_nothing_and_shows_nothing(told: Any):
    html = Client().get(stop_link(told)).content.decode()

    assert SavedSearch.objects.get().digest == "daily"
    assert not re.search("lantern|mine|reader@", html, re.I)


def test_a_mail_program_stops_digests_with_one_request(told: Any):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(stop_link(told), {"List-Unsubscribe": "One-Click"})

    assert told.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer.status_code == 200
    assert SavedSearch.objects.get().digest == "never"
    assert strict.post(stop_link(told)).status_code == 200


@pytest.mark.parametrize("forge", [lambda link: link[:-3] + "xx/", lambda link: f"{LIST}stop/1/"])
def test_a_forged_stop_link_is_absent(told: Any, forge: Callable[[str], str]):
    assert Client().post(forge(stop_link(told))).status_code == 404
    assert SavedSearch.objects.get().digest == "daily"


def test_pages_about_saved_searches_stay_in_no_cache_and_say_nothing_in_the_tab(member: Practitioner, signed_in: Any):
    client = signed_in(member)
    saved = save(client, "q=lantern")

    for address in (LIST, f"{LIST}{saved.public_id}/", f"{LIST}stop/{services.stop_token(member.user)}/"):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert "lantern" not in re.search("<title>(.*?)</title>", answer.content.decode(), re.S).group(1)


def test_erasing_an_entry_erases_its_owners_searches_though_the_account_stays(member: Practitioner):
    watched(member, "q=lantern")
    member.user.is_staff = True
    member.user.save()

    erase(entry=member, actor="owner")

    assert not SavedSearch.objects.exists()


def test_ones_own_data_names_the_searches(member: Practitioner):
    watched(member, "q=lantern")

    told = own_data.export(member, member.user, frozenset())

    assert told["saved searches"] == [{"name": "mine", "query": "q=lantern", "digest": "daily"}]


def test_the_daily_command_writes_digests_too(member: Practitioner, capsys: pytest.CaptureFixture[str]):
    watched(member, "q=lantern")
    public("Lantern street")

    call_command("daily", on=f"{clock.today() + timedelta(days=1):%Y-%m-%d}")

    assert "digests sent: 1" in capsys.readouterr().out
