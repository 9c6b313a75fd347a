"""My entry: what its owner can do, and that nobody else can."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from network import clock
from network.models import AuditRow, Consent, Contact, Membership, Practitioner, SavedSearch
from network.policy import as_system
from network.services import erasure
from search import database_files, purge
from tests.accounts.people import signed_in as with_second_factor
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, term
from tests.vocabulary.factories import PlaceFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[Practitioner], Client]


def somebody(**fields: Any) -> Practitioner:
    network = fields.pop("network", None) or NetworkFactory()
    given = {"user": UserFactory(), "networks": [network], "next_due": clock.today() + timedelta(days=200), **fields}
    return PractitionerFactory(**given)


def address(entry: Practitioner, rest: str = "") -> str:
    return f"/account/entry/{entry.public_id}/{rest}"


def now(entry: Practitioner) -> Practitioner:
    return as_system("index").get(pk=entry.pk)


def filled(client: Client, entry: Practitioner, **changes: Any) -> dict[str, Any]:
    """What the browser would send with the form as it stands, with changes."""
    context = client.get(address(entry, "edit/")).context
    form, languages = context["form"], context["spoken"]
    data = {name: form[name].value() for name in form.fields}
    data |= {f"languages-{name}": languages.management_form[name].value() for name in languages.management_form.fields}
    for row in languages:
        data |= {row[name].html_name: row[name].value() for name in row.fields}
    data |= changes
    return {name: value for name, value in data.items() if value is not None and value is not False}


ADDRESSES = ["", "edit/", "export/", "erase/"]


def test_no_log_keeps_whose_entry_somebody_else_asked_for(signed_in: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    entry, client = somebody(), signed_in(somebody())

    assert client.get(address(entry)).status_code == 404
    assert entry.public_id not in caplog.text


@pytest.mark.parametrize("rest", ADDRESSES)
def test_an_entry_is_its_owners_alone(signed_in: SignIn, rest: str) -> None:
    network = NetworkFactory()
    entry = somebody(network=network, listing_for="public")
    coordinator = somebody(network=network)
    Membership.objects.filter(practitioner=coordinator).update(role="coordinator")

    assert signed_in(entry).get(address(entry, rest)).status_code == 200
    assert signed_in(coordinator).get(address(entry, rest)).status_code == 404
    assert signed_in(somebody()).get(address(entry, rest)).status_code == 404
    superuser = with_second_factor(UserFactory(is_staff=True, is_superuser=True))
    assert superuser.get(address(entry, rest)).status_code == 404
    assert Client().get(address(entry, rest)).status_code == 302


@pytest.mark.parametrize("rest", ["confirm/", "pause/", "come-back/", "leave/", "leave/1/"])
def test_nothing_happens_by_opening_a_link(signed_in: SignIn, rest: str) -> None:
    entry = somebody()

    assert signed_in(entry).get(address(entry, rest)).status_code == 405


def test_my_entry_leads_straight_there(signed_in: SignIn) -> None:
    entry = somebody()

    assert signed_in(entry).get("/account/entry/")["Location"] == address(entry)


def test_without_a_second_factor_nobody_reaches_their_entry(client: Client) -> None:
    entry = somebody()
    client.force_login(entry.user)

    assert client.get(address(entry)).status_code == 404


def test_saving_an_unchanged_form_changes_nothing(signed_in: SignIn) -> None:
    entry = somebody(
        profession=term("nurse"), terms=[term("street-work", "method")], areas=[PlaceFactory()], speaks=["en", "sq"],
        works_with_undocumented=True, corridors=["GR"], offers="Listens.",
    )  # fmt: skip
    Contact.objects.create(practitioner=entry, email="a@example.org", phone="+355 1")
    client = signed_in(entry)
    before = as_system("index").for_cards().filter(pk=entry.pk).values().get()

    answer = client.post(address(entry, "edit/"), filled(client, entry))

    assert answer.status_code == 302
    assert as_system("index").for_cards().filter(pk=entry.pk).values().get() == before
    assert Contact.objects.get(practitioner=entry).phone == "+355 1"


def test_an_edit_is_saved_and_never_confirms(signed_in: SignIn) -> None:
    entry = somebody(confirmed_at=None)
    PlaceFactory(id="g77", name="Durrës").names.create(key="durres", main=True)
    client = signed_in(entry)
    changes = {
        "display_name": "New\u202eName", "offers": "Sits in the night bus.", "add_area": "Durres",
        "languages-0-language": "sq", "languages-0-level": "native", "languages-0-mediates": "on",
    }  # fmt: skip

    client.post(address(entry, "edit/"), filled(client, entry, **changes))

    saved = now(entry)
    assert (saved.display_name, saved.offers, saved.confirmed_at) == ("NewName", "Sits in the night bus.", None)
    assert [place.pk for place in saved.areas.all()] == ["g77"]
    assert saved.languages.get().mediates
    assert AuditRow.objects.get().action == "entry edited"


@pytest.mark.parametrize("nothing", ["", " ", "\u202e"])
def test_a_name_cannot_be_emptied_and_the_rest_that_was_written_stays(signed_in: SignIn, nothing: str) -> None:
    entry = somebody(display_name="Sample Name")
    client = signed_in(entry)

    answer = client.post(address(entry, "edit/"), filled(client, entry, display_name=nothing, offers="New words"))

    assert "Write your name, or an alias" in answer.content.decode()
    assert "New words" in answer.content.decode()
    assert now(entry).display_name == "Sample Name"


def test_a_new_audience_is_consented_to_with_the_version_of_the_text(signed_in: SignIn) -> None:
    entry = somebody()
    client = signed_in(entry)

    client.post(address(entry, "edit/"), filled(client, entry, name_for="members"))

    consent = Consent.objects.get()
    assert consent.audiences["name"] == "members"
    assert consent.text_version
    assert AuditRow.objects.get().detail == {"audiences changed": ["name"]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"add_area": "Nowhereville"}, "No place is known by this name"),
        ({"availability": "away", "available_until": ""}, "until when you are away"),
        ({"contact_for": "public"}, "Select a valid choice"),
        ({"profession": "police-officer"}, "Select a valid choice"),
        ({"email": "no address"}, "valid email"),
        ({"languages-0-language": "sq", "languages-1-language": "sq"}, "Each language once"),
    ],
)
def test_what_cannot_be_is_refused_with_everything_kept(signed_in: SignIn, changes: dict[str, str], said: str) -> None:
    entry = somebody(offers="Old words")
    term("police-officer")
    client = signed_in(entry)

    page = client.post(address(entry, "edit/"), filled(client, entry, offers="New words", **changes)).content.decode()

    assert said in page
    assert "New words" in page
    assert now(entry).offers == "Old words"


def test_the_preview_shows_each_viewer_what_saving_would_and_saves_nothing(signed_in: SignIn) -> None:
    entry = somebody(display_name="Canary Name", listing_for="members", name_for="network", offers="Old words")
    client = signed_in(entry)
    changes = {"listing_for": "public", "name_for": "members", "offers": "New words", "advice_for": "members"}

    answer = client.post(address(entry, "edit/"), filled(client, entry, preview="1", **changes))

    stranger, member, _partner, own, police = answer.context["previews"]
    assert stranger.card is not None
    assert (stranger.card.name, stranger.card.offers) == ("", "")
    assert (member.card.name, member.card.offers) == ("Canary Name", "New words")
    assert own.card.name == police.card.name == "Canary Name"
    assert (now(entry).offers, now(entry).listing_for) == ("Old words", "members")
    assert AuditRow.objects.count() == Consent.objects.count() == 0


def test_the_preview_hides_from_the_police_what_is_closed_to_them(signed_in: SignIn) -> None:
    entry = somebody(works_with_undocumented=True, undocumented_for="members", listing_for="members")

    previews = signed_in(entry).get(address(entry)).context["previews"]

    assert previews[1].card.works_with_undocumented is True
    assert previews[4].card.works_with_undocumented is None
    assert previews[0].card is None


def test_a_pause_hides_and_coming_back_shows(signed_in: SignIn, client: Client) -> None:
    entry = somebody(listing_for="public")
    url = f"/en/people/{entry.public_id}/"
    owner = signed_in(entry)

    owner.post(address(entry, "pause/"))
    assert Client().get(url).status_code == 404
    owner.post(address(entry, "come-back/"))

    assert Client().get(url).status_code == 200
    assert [row.action for row in AuditRow.objects.order_by("number")] == ["entry paused", "entry verified"]


def test_coming_back_is_no_way_out_of_a_suspension(signed_in: SignIn) -> None:
    entry = somebody(status="suspended")

    signed_in(entry).post(address(entry, "come-back/"))

    assert now(entry).status == "suspended"


def test_whoever_is_not_vetted_cannot_confirm_themselves_into_the_directory(signed_in: SignIn) -> None:
    for status in ("applied", "confirmed", "evidence", "refused", "suspended", "left"):
        entry = somebody(status=status)

        signed_in(entry).post(address(entry, "confirm/"))

        assert (now(entry).status, now(entry).confirmed_at) == (status, None), status


def test_leaving_the_post_ends_memberships_and_deletes_the_contact(signed_in: SignIn) -> None:
    entry = somebody(listing_for="public")
    Contact.objects.create(practitioner=entry, email="a@example.org")

    signed_in(entry).post(address(entry, "leave/"))

    assert now(entry).status == "left"
    assert Membership.objects.filter(ended=None).count() == 0
    assert Contact.objects.count() == 0


def test_one_network_can_be_left_alone(signed_in: SignIn) -> None:
    first, second = NetworkFactory(), NetworkFactory()
    entry = PractitionerFactory(user=UserFactory(), networks=[first, second])

    signed_in(entry).post(address(entry, f"leave/{first.pk}/"))

    assert [each.network_id for each in Membership.objects.filter(ended=None)] == [second.pk]
    assert now(entry).status == "verified"


def test_the_export_holds_everything_of_ones_own_and_nothing_of_others(signed_in: SignIn) -> None:
    entry, other = somebody(display_name="Canary Own", offers="Own words"), somebody(display_name="Canary Other")
    Contact.objects.create(practitioner=entry, phone="+355 own")
    Contact.objects.create(practitioner=other, phone="+355 other")

    answer = signed_in(entry).get(address(entry, "export/"))
    text = answer.content.decode()

    assert answer["Content-Disposition"].startswith("attachment")
    for own in ("Canary Own", "Own words", "+355 own", entry.user.email):
        assert own in text
    for others in ("Canary Other", "+355 other", other.public_id):
        assert others not in text


def test_erasing_needs_the_word_and_then_leaves_nothing_but_a_random_number(signed_in: SignIn) -> None:
    entry = somebody(listing_for="public", display_name="Canary Name")
    Contact.objects.create(practitioner=entry, email="canary@example.org")
    email, public_id, user = entry.user.email, entry.public_id, entry.user_id
    client = signed_in(entry)

    wrong = client.post(address(entry, "erase/"), {"word": "keep"}).content.decode()
    assert "Nothing was erased" in wrong
    done = client.post(address(entry, "erase/"), {"word": " ERASE "}).content.decode()

    assert "is erased" in done
    assert Client().get(f"/en/people/{public_id}/").status_code == 404
    assert not as_system("index").filter(public_id=public_id).exists()
    assert not User.objects.filter(pk=user).exists()
    assert Contact.objects.count() == 0
    assert "Canary" not in str(list(AuditRow.objects.values()))
    assert client.get("/account/").status_code == 302
    assert [message.to for message in mail.outbox] == [[email]]
    assert "Canary" not in mail.outbox[0].message().as_string()


def test_an_editor_who_erases_their_entry_keeps_the_account(signed_in: SignIn) -> None:
    entry = somebody(user=UserFactory(is_staff=True))

    signed_in(entry).post(address(entry, "erase/"), {"word": "erase"})

    assert User.objects.filter(pk=entry.user_id).exists()


def a_mailbox(*accounts: User) -> Practitioner:
    mailbox = PractitionerFactory(role_mailbox=True, profession=term("police-officer"), networks=[NetworkFactory()])
    mailbox.answered_by.set(accounts)
    return mailbox


def erased(account: User, entry: Practitioner) -> str:
    """The page after erasing."""
    return with_second_factor(account).post(address(entry, "erase/"), {"word": "erase"}).content.decode()


def test_with_a_mailbox_goes_each_account_that_answers_nothing_else_and_each_is_told() -> None:
    asks, other = UserFactory(), UserFactory()
    SavedSearch.objects.create(user=other, page="people", name="a", query="q=a", language="en", created=clock.now())
    mailbox = a_mailbox(asks, other)

    page = erased(asks, mailbox)

    assert "Your account is erased too" in page
    assert not User.objects.filter(pk__in=[asks.pk, other.pk]).exists()
    assert not SavedSearch.objects.exists()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([asks.email, other.email])
    assert all("Your account is erased too" in message.body for message in mail.outbox)


def test_who_answers_another_entry_or_works_in_the_cms_keeps_the_account_and_reads_so() -> None:
    member, editor, superuser = somebody(), UserFactory(is_staff=True), UserFactory(is_superuser=True)
    answers_two = UserFactory()
    a_mailbox(answers_two)
    kept = [member.user, editor, superuser, answers_two]
    mailbox = a_mailbox(*kept)
    asking = with_second_factor(member.user).get(address(mailbox, "erase/")).content.decode()

    page = erased(member.user, mailbox)

    assert User.objects.filter(pk__in=[each.pk for each in kept]).count() == len(kept)
    assert as_system("index").filter(pk=member.pk).exists()
    assert "Your account stays" in asking
    assert "Your account stays" in page
    assert len(mail.outbox) == len(kept)
    assert all("Your account stays" in message.body for message in mail.outbox)


def test_a_mailbox_that_is_erased_takes_no_searches_of_who_has_another_entry() -> None:
    member = somebody()
    saved = {"page": "people", "name": "a", "query": "q=a", "language": "en", "created": clock.now()}
    SavedSearch.objects.create(user=member.user, **saved)

    erased(member.user, a_mailbox(member.user))

    assert SavedSearch.objects.get().user == member.user


def test_erasing_says_before_who_else_loses_their_account() -> None:
    alone, one, other = UserFactory(), UserFactory(), UserFactory()
    mine, shared = a_mailbox(alone), a_mailbox(one, other)

    said = with_second_factor(one).get(address(shared, "erase/")).content.decode()

    assert "Others answer this entry too" in said
    assert "your messages and your account" in said
    assert "Others answer" not in with_second_factor(alone).get(address(mine, "erase/")).content.decode()


def test_whoever_answers_a_mailbox_edits_it(signed_in: SignIn) -> None:
    mailbox = PractitionerFactory(role_mailbox=True, profession=term("police-officer"), networks=[NetworkFactory()])
    entry = somebody()
    mailbox.answered_by.set([entry.user])
    client = signed_in(entry)

    page = client.get("/account/entry/").content.decode()

    assert client.get(address(mailbox, "edit/")).status_code == 200
    assert mailbox.public_id in page
    assert entry.public_id in page


def test_the_overview_leads_to_ones_entry(signed_in: SignIn) -> None:
    assert "My entry" in signed_in(somebody()).get("/account/").content.decode()
    assert "My entry" not in _signed_in_stranger().get("/account/").content.decode()


def _signed_in_stranger() -> Client:
    client = Client()
    client.force_login(UserFactory())
    return client


def test_the_number_of_queries_of_the_form_is_bounded(signed_in: SignIn, django_assert_max_num_queries) -> None:
    entry = somebody(areas=PlaceFactory.create_batch(3))
    client = signed_in(entry)
    client.get(address(entry, "edit/"))

    with django_assert_max_num_queries(24):
        client.get(address(entry, "edit/"))


def test_the_daily_work_writes_files_anew_after_an_erasure_and_once(
    signed_in: SignIn, indexed: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = somebody(listing_for="public", display_name="Canary Name")
    indexed()
    emptied: list[bool] = []
    # A database is written anew outside a transaction only, and a test is one.
    monkeypatch.setattr(database_files, "write_database_anew", lambda: emptied.append(True))
    monkeypatch.setattr(database_files, "wait_for_older_readers", lambda: None)
    assert erasure.clean_files() == 0

    signed_in(entry).post(address(entry, "erase/"), {"word": "erase"})

    assert [erasure.clean_files(), erasure.clean_files()] == [1, 0]
    assert emptied == [True]


def test_files_that_cannot_be_written_now_stay_due(
    signed_in: SignIn, index: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = somebody()
    monkeypatch.setattr(database_files, "write_database_anew", _still_read)
    signed_in(entry).post(address(entry, "erase/"), {"word": "erase"})

    assert erasure.clean_files() == 0
    assert purge.due_at() is not None


def _still_read() -> None:
    raise database_files.StillRead("somebody reads")


def test_the_only_network_is_not_left_without_the_post(signed_in: SignIn) -> None:
    network = NetworkFactory()
    entry = somebody(network=network)
    client = signed_in(entry)

    page = client.get(address(entry)).content.decode()
    said = client.post(address(entry, f"leave/{network.pk}/"), follow=True).content.decode()

    assert f"leave/{network.pk}/" not in page
    assert "leave your post, or pause" in said
    assert entry.memberships.filter(ended=None).count() == 1
    assert not AuditRow.objects.exists()


def test_of_two_networks_one_is_left_and_the_other_stays(signed_in: SignIn) -> None:
    first, second = NetworkFactory(), NetworkFactory()
    entry = PractitionerFactory(user=UserFactory(), networks=[first, second])
    client = signed_in(entry)
    offered = client.get(address(entry)).content.decode()

    for network in (first, second):
        client.post(address(entry, f"leave/{network.pk}/"))

    assert all(f"leave/{network.pk}/" in offered for network in (first, second))
    assert [each.network for each in entry.memberships.filter(ended=None)] == [second]


def renamed(client: Client, entry: Practitioner, name: str) -> str:
    """The page that its owner reads after saving another name."""
    form = filled(client, entry, display_name=name)
    return client.post(address(entry, "edit/"), form, follow=True).content.decode()


def test_an_odd_name_is_shown_letter_by_letter_to_whoever_saved_it(signed_in: SignIn) -> None:
    entry = somebody()

    page = renamed(signed_in(entry), entry, "Аna Petrova")

    assert now(entry).display_name == "Аna Petrova"
    assert "This name is not what it seems" in page
    assert "U+0410 CYRILLIC CAPITAL LETTER A" in page


def test_signs_that_are_taken_out_of_a_name_are_told(signed_in: SignIn) -> None:
    entry = somebody()

    page = renamed(signed_in(entry), entry, "Ana \u202egro.elpmaxe")

    assert now(entry).display_name == "Ana gro.elpmaxe"
    assert "were taken out of the name: U+202E RIGHT-TO-LEFT OVERRIDE." in page
    assert "\u202e" not in page


def test_a_name_in_one_script_is_saved_without_a_warning(signed_in: SignIn) -> None:
    entry = somebody()

    page = renamed(signed_in(entry), entry, "Анна (Anna) Петрова")

    assert "not what it seems" not in page
    assert "taken out of the name" not in page
