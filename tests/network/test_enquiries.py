"""The public writes to a network's coordinators without an account and reads the answer by a code."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from network import clock, door
from network.models import AuditRow, DoorCount, DoorSalt, Enquiry, Hotline, Network
from network.services import enquiries
from network.services.enquiries import AnswerState
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory
from tests.network.sessions import coordinator, member, session_for

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
QUESTION = "Where can a girl of sixteen sleep tonight?"


def asked(network: Network, text: str = QUESTION, visitor: str = "somebody") -> tuple[str, Enquiry]:
    code = enquiries.ask(network=network, text=text, visitor=visitor)
    return code, Enquiry.objects.order_by("-pk")[0]


def answered(coordinator: Any, enquiry: Enquiry, text: str = "Ring the town’s duty line.") -> bool:
    enquiries.open_enquiry(coordinator=coordinator, enquiry=enquiry)
    return enquiries.answer(coordinator=coordinator, enquiry=enquiry, text=text)


def read(code: str) -> enquiries.Answer:
    return enquiries.read(code=code, visitor="somebody")


def form(client: Client, network: Network, **data: str) -> dict[str, str]:
    """What a browser sends back after a person has written for a while."""
    page = client.get(f"/en/networks/{network.slug}/write/").content.decode()
    hidden = {name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("begun", "mark")}
    return {"text": QUESTION, **hidden, "leave_empty": "", "shown": "", **data}


def post(client: Client, network: Network, data: dict[str, str], seconds: int = 60) -> Any:
    with clock.standing_at(timezone.now() + timedelta(seconds=seconds)):
        return client.post(f"/en/networks/{network.slug}/write/", data)


def test_from_the_question_to_the_answer(client: Client) -> None:
    network = NetworkFactory(name="Harbour network")
    desk = session_for(coordinator(network).user)

    sent = post(client, network, form(client, network)).content.decode()
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", sent).group()  # type: ignore[union-attr]
    enquiry = Enquiry.objects.get()
    waiting = client.post("/en/answer/", {"code": code}).content.decode()
    before = desk.get(f"/account/desk/enquiries/{enquiry.public_id}/").content.decode()
    desk.post(f"/account/desk/enquiries/{enquiry.public_id}/open/")
    after = desk.get(f"/account/desk/enquiries/{enquiry.public_id}/").content.decode()
    seen = client.post("/en/answer/", {"code": code}).content.decode()
    desk.post(f"/account/desk/enquiries/{enquiry.public_id}/", {"text": "Ring the duty line of the town."})
    answer = client.post("/en/answer/", {"code": code}).content.decode()

    assert "<strong>en/answer</strong>" in sent
    assert "no coordinator has opened it yet" in waiting
    assert QUESTION not in before
    assert QUESTION in after
    assert "has opened your question" in seen
    assert "Ring the duty line of the town." in answer
    assert QUESTION in answer
    assert "Harbour network" in answer


def test_the_code_is_in_no_address_and_its_pages_are_kept_by_nobody(client: Client) -> None:
    network = NetworkFactory()
    coordinator(network)

    for answer in (
        post(client, network, form(client, network)),
        client.get("/en/answer/"),
        client.post("/en/answer/", {"code": "1"}),
        client.get(f"/en/networks/{network.slug}/write/"),
    ):
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer["X-Robots-Tag"]
    assert client.get("/en/answer/?code=1234123412341234").context["found"] is None


@pytest.mark.parametrize("written", ["{}", " {} ", "{}".replace(" ", ""), "٠١٢٣٤٥٦٧٨٩", "-"])
def test_a_code_is_read_in_any_digits_and_groups(written: str) -> None:
    network = NetworkFactory()
    coordinator(network)
    code, _enquiry = asked(network)
    if written.startswith("٠"):
        typed = "".join(written[int(each)] if each.isdigit() else each for each in code)
    else:
        typed = code.replace(" ", "-") if written == "-" else written.format(code)

    assert read(typed).state is AnswerState.WAITING


def test_neither_text_nor_code_can_be_read_in_the_database() -> None:
    network = NetworkFactory()
    boss = coordinator(network)
    code, enquiry = asked(network, "canary question")
    answered(boss, enquiry, "canary answer")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_enquiry")
        stored = repr(cursor.fetchall())

    assert "canary" not in stored
    assert code.replace(" ", "") not in stored


def test_both_texts_go_a_day_after_the_answer_was_first_read() -> None:
    network = NetworkFactory()
    boss = coordinator(network)
    code, enquiry = asked(network)
    answered(boss, enquiry)

    first = read(code)
    with clock.standing_at(timezone.now() + timedelta(hours=23)):
        again = read(code)
    with clock.standing_at(timezone.now() + DAY):
        gone = read(code)
        enquiries.delete_old()

    assert first == again
    assert first.state is AnswerState.ANSWERED
    assert gone == enquiries.Answer(AnswerState.GONE, network.name)
    stands = Enquiry.objects.get()
    assert (stands.question, stands.answer) == (None, None)


def test_what_nobody_answers_goes_after_fourteen_days_and_cannot_be_answered_then() -> None:
    network = NetworkFactory()
    boss = coordinator(network)
    code, enquiry = asked(network)
    enquiries.open_enquiry(coordinator=boss, enquiry=enquiry)

    with clock.standing_at(timezone.now() + 14 * DAY):
        assert read(code).state is AnswerState.GONE
        assert enquiries.answer(coordinator=boss, enquiry=enquiry, text="Too late") is False
        enquiries.delete_old()
        assert Enquiry.objects.get().question is None
    with clock.standing_at(timezone.now() + 29 * DAY):
        enquiries.delete_old()
        assert Enquiry.objects.count() == 0
        assert read(code).state is AnswerState.UNKNOWN


def test_an_answer_that_nobody_reads_stays_fourteen_days_from_when_it_was_given() -> None:
    network = NetworkFactory()
    boss = coordinator(network)
    code, enquiry = asked(network)

    with clock.standing_at(timezone.now() + 13 * DAY):
        answered(boss, enquiry)
    with clock.standing_at(timezone.now() + 26 * DAY):
        enquiries.delete_old()
        assert read(code)[2:] == ("", "Ring the town’s duty line.")
    with clock.standing_at(timezone.now() + 28 * DAY):
        enquiries.delete_old()
        assert Enquiry.objects.get().answer is None


def test_of_two_coordinators_one_answers_and_the_other_keeps_the_text() -> None:
    network = NetworkFactory()
    first, second = coordinator(network), coordinator(network)
    code, enquiry = asked(network)
    answered(first, enquiry, "The first answer")

    page = session_for(second.user).post(f"/account/desk/enquiries/{enquiry.public_id}/", {"text": "The second answer"})

    assert "A colleague has answered it" in page.content.decode()
    assert "The second answer" in page.content.decode()
    assert read(code).answer == "The first answer"
    log = list(AuditRow.objects.order_by("number").values_list("action", "actor", "network"))
    assert log == [
        ("enquiry opened", first.public_id, network.slug),
        ("enquiry answered", first.public_id, network.slug),
    ]


def test_what_was_not_opened_cannot_be_answered() -> None:
    network = NetworkFactory()
    boss = coordinator(network)
    _code, enquiry = asked(network)

    assert enquiries.answer(coordinator=boss, enquiry=enquiry, text="Blind") is False


def test_only_coordinators_of_this_network_see_its_enquiries() -> None:
    network = NetworkFactory()
    coordinator(network)
    _code, enquiry = asked(network)
    stranger, mate = coordinator(NetworkFactory()), member(network)

    for one in (stranger, mate):
        session = session_for(one.user)
        address = f"/account/desk/enquiries/{enquiry.public_id}/"
        assert session.get(address).status_code == 404
        assert session.post(address, {"text": "x"}).status_code == 404
        assert session.post(f"{address}open/").status_code == 404
    assert "No question waits" in session_for(stranger.user).get("/account/desk/enquiries/").content.decode()
    assert session_for(mate.user).get("/account/desk/enquiries/").status_code == 404


def test_a_network_without_a_coordinator_says_so_and_shows_other_ways(client: Client) -> None:
    network = NetworkFactory()
    PractitionerFactory(coordinates=[network], status="suspended")
    Hotline.objects.create(organisation=OrganisationFactory(), number="116 006", country="AL")

    page = client.get(f"/en/networks/{network.slug}/write/").content.decode()

    assert "Nobody can read messages to this network" in page
    assert "<textarea" not in page
    assert "tel:116006" in page
    with pytest.raises(enquiries.NobodyThere):
        asked(network)


def test_three_questions_a_day_from_one_address_and_thirty_to_a_network(client: Client, settings: Any) -> None:
    network = NetworkFactory()
    coordinator(network)

    answers = [post(client, network, form(client, network)).content.decode() for _ in range(4)]
    for number in range(27):
        asked(network, visitor=f"visitor {number}")
    with pytest.raises(enquiries.TooMany):
        asked(network, visitor="one more")

    assert ["Your code:" in answer for answer in answers] == [True, True, True, False]
    assert "no more questions are taken from here" in answers[3]
    assert QUESTION in answers[3]
    assert Enquiry.objects.count() == 30
    with clock.standing_at(timezone.now() + DAY):
        asked(network, visitor="one more")


def test_many_questions_are_one_mail_to_each_coordinator() -> None:
    network = NetworkFactory()
    coordinator(network)
    coordinator(network)

    for number in range(5):
        asked(network, visitor=f"visitor {number}")

    assert len(mail.outbox) == 2


def test_guessing_codes_ends_after_ten_a_day_and_right_ones_do_not_count() -> None:
    network = NetworkFactory()
    coordinator(network)
    code, _enquiry = asked(network)

    for _ in range(20):
        assert read(code).state is AnswerState.WAITING
    for number in range(10):
        assert read(f"{number:016}").state is AnswerState.UNKNOWN
    with pytest.raises(enquiries.TooMany):
        read("1" * 16)
    with pytest.raises(enquiries.TooMany):
        read(code)
    assert enquiries.read(code=code, visitor="somebody else").state is AnswerState.WAITING


@pytest.mark.parametrize("code", ["", "x", "1" * 5000, "\x00", "1234 1234 1234 123", "<script>"])
def test_a_code_that_is_none_gets_a_clear_answer(client: Client, code: str) -> None:
    answer = client.post("/en/answer/", {"code": code})

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_no_address_is_stored_and_the_secret_of_the_day_is_thrown_away(client: Client) -> None:
    network = NetworkFactory()
    coordinator(network)
    post(client, network, form(client, network))
    before = {each.visitor for each in DoorCount.objects.exclude(visitor="")}

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_doorcount")
        stored = repr(cursor.fetchall())
    with clock.standing_at(timezone.now() + DAY):
        client.post("/en/answer/", {"code": "1" * 16})
        after = {each.visitor for each in DoorCount.objects.exclude(visitor="")}

    assert "127.0.0.1" not in stored
    assert before
    assert before.isdisjoint(after)
    assert DoorSalt.objects.count() == 1
    assert DoorCount.objects.filter(day__lt=clock.today() + DAY).count() == 0


def test_neighbours_of_an_ipv6_network_are_one_visitor(rf: Any) -> None:
    one, same, other = (
        door.visitor_of(rf.get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1")
    )

    assert one == same != other


@pytest.mark.parametrize(
    ("data", "seconds", "said"),
    [
        ({"leave_empty": "http://spam.example"}, 60, "a trap for machines"),
        ({}, 1, "faster than a person writes"),
        ({"begun": ""}, 60, "open for too long"),
        ({"begun": "forged:1:2"}, 60, "open for too long"),
        ({}, 60 * 60 * 25, "open for too long"),
        ({"text": "x" * 1_000_000}, 60, "at most 4000 characters (it has 1000000)"),
        ({"text": "Her number is +30 691 234 5678"}, 60, "<mark>+30 691 234 5678</mark>"),
    ],
    ids=["trap", "too fast", "no stamp", "forged stamp", "too slow", "a megabyte", "a number"],
)
def test_what_only_machines_do_comes_back_and_keeps_the_text(
    client: Client, data: dict[str, str], seconds: int, said: str
) -> None:
    network = NetworkFactory()
    coordinator(network)
    sent = form(client, network, **data)

    page = post(client, network, sent, seconds).content.decode()

    assert said in page
    assert sent["text"] in page
    assert Enquiry.objects.count() == 0


def test_who_was_too_fast_or_in_the_trap_sends_again_and_is_heard(client: Client) -> None:
    network = NetworkFactory()
    coordinator(network)
    back = post(client, network, form(client, network, leave_empty="filled in by the browser"))
    page = back.content.decode()
    begun = page.partition('name="begun" value="')[2].partition('"')[0]

    again = post(client, network, {"text": QUESTION, "begun": begun, "leave_empty": "", "shown": ""}, seconds=70)

    assert 'name="leave_empty" value' not in page
    assert "Your code:" in again.content.decode()


def test_the_form_needs_its_token() -> None:
    network = NetworkFactory()
    coordinator(network)
    client = Client(enforce_csrf_checks=True)

    assert client.post(f"/en/networks/{network.slug}/write/", {"text": QUESTION}).status_code == 403
    assert client.post("/en/answer/", {"code": "1"}).status_code == 403


def test_an_unknown_network_has_no_form(client: Client) -> None:
    assert client.get("/en/networks/nowhere/write/").status_code == 404


def test_the_public_is_led_to_the_form_from_network_and_entry(client: Client) -> None:
    network = NetworkFactory()
    coordinator(network)
    entry = PractitionerFactory(networks=[network], listing_for="public", networks_for="public")
    address = f"/en/networks/{network.slug}/write/"

    assert address in client.get(f"/en/networks/{network.slug}/").content.decode()
    assert address in client.get("/en/networks/").content.decode()
    page = client.get(f"/en/people/{entry.public_id}/").content.decode()
    assert address in page
    assert "/account/messages/new/" not in page


def codes(*answers: Any) -> set[str]:
    """The codes that these pages show."""
    return {code for answer in answers for code in re.findall(r"\d{4} \d{4} \d{4} \d{4}", answer.content.decode())}


def test_a_question_that_is_sent_twice_is_one_question_with_one_code(client: Client) -> None:
    network = NetworkFactory()
    coordinator(network)
    filled = form(client, network)

    twice = [post(client, network, filled), post(client, network, filled)]

    assert len(codes(*twice)) == 1
    assert Enquiry.objects.count() == 1
    assert DoorCount.objects.get(door=enquiries.ASKING).count == 1
    assert read(codes(*twice).pop()).state is AnswerState.WAITING


def test_the_same_words_from_another_form_are_another_question_and_a_forged_mark_joins_nothing(client: Client) -> None:
    network = NetworkFactory()
    coordinator(network)

    marks: list[dict[str, str]] = [{}, {}, {"mark": "x"}, {"mark": "x"}]
    forms = [form(client, network, **mark) for mark in marks]
    pages = [post(Client(REMOTE_ADDR=f"192.0.2.{number}"), network, data) for number, data in enumerate(forms)]

    assert len(codes(*pages)) == Enquiry.objects.count() == 4


def test_the_same_answer_again_by_the_same_coordinator_is_no_mistake() -> None:
    network = NetworkFactory()
    mine, other = coordinator(network), coordinator(network)
    _code, enquiry = asked(network)

    tries = [(mine, "Here."), (mine, "Here."), (mine, "There."), (other, "Here.")]
    said = [answered(who, enquiry, text) for who, text in tries]

    assert said == [True, True, False, False]
    assert Enquiry.objects.get().answer == "Here."
