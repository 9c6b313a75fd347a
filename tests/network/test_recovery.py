"""Letting somebody in again who has lost a second factor or a mailbox: possible for them, not for an impostor."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.second_factor import is_set_up
from network import clock
from network.models import AuditRow, Network, Practitioner, Recovery, RecoveryVoice
from network.policy.recovery import circle, decides
from network.services import recovery as services
from network.services.recovery import WAIT, State
from tests.accounts.people import PASSWORD, make_user, session_of, set_up_app, sign_in, signed_in
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory

pytestmark = pytest.mark.django_db
ASK, DESK = "/account/recovery/", "/account/desk/recoveries/"
OLD, NEW = "someone@example.org", "elsewhere@example.org"
LINK = re.compile(r"http://localhost:8000(/account/recovery/(stop|finish)/\S+/)")


@pytest.fixture(autouse=True)
def no_attempts_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def network() -> Network:
    return NetworkFactory()


@pytest.fixture
def person(network: Network) -> Practitioner:
    """A member with an authenticator app."""
    user = make_user(OLD, second_factor_required=True)
    set_up_app(user)
    return PractitionerFactory(user=user, networks=[network], organisation=OrganisationFactory())


def coordinator(network: Network, **fields: Any) -> Practitioner:
    """One with an organisation of their own, unless another is given."""
    given = {"organisation": OrganisationFactory(), **fields}
    number = User.objects.count()
    user = make_user(f"coordinator{number}@example.org", second_factor_required=True)
    return PractitionerFactory(user=user, coordinates=[network], **given)


@pytest.fixture
def pair(network: Network) -> tuple[Practitioner, Practitioner]:
    return coordinator(network), coordinator(network)


def ask(**given: str) -> Any:
    """What somebody does who has lost their phone."""
    mail.outbox.clear()
    return Client().post(ASK, {"email": OLD, "password": PASSWORD, "lost_factor": "on", **given}, follow=True)


def links() -> dict[str, str]:
    """The links that were mailed last, by what they do."""
    return {kind: path for message in mail.outbox for path, kind in LINK.findall(str(message.body))}


def say_yes(by: Practitioner, **given: str) -> Any:
    recovery = Recovery.objects.get()
    assert by.user is not None
    return signed_in(by.user).post(f"{DESK}{recovery.public_id}/", {"how": "number", **given}, follow=True)


def agreed(pair: tuple[Practitioner, Practitioner]) -> Recovery:
    for each in pair:
        say_yes(each)
    return Recovery.objects.get()


def after(wait: timedelta) -> Any:
    return clock.standing_at(timezone.now() + wait)


def ready(pair: tuple[Practitioner, Practitioner], **given: str) -> str:
    """All of it up to the link in."""
    ask(**given)
    agreed(pair)
    mail.outbox.clear()
    with after(WAIT):
        services.pass_the_time()
    return links()["finish"]


# The way in.


def test_two_voices_three_days_and_the_password_let_the_person_in_to_set_up_a_new_factor(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    elsewhere, client = signed_in(person.user), Client()  # type: ignore[arg-type]
    finish = ready(pair)

    with after(WAIT):
        answer = client.post(finish, {"password": PASSWORD})

    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=person.user).exists()
    assert client.get("/account/")["Location"].startswith("/account/2fa/start/")
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    assert elsewhere.get("/account/")["Location"].startswith("/account/login/")
    assert Recovery.objects.get().state == State.DONE


def test_the_old_address_is_told_at_once_again_at_the_end_and_each_time_with_a_way_to_stop(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    told = []
    for act in (lambda: ask(), lambda: agreed(pair)):
        mail.outbox.clear()
        act()
        told += [message for message in mail.outbox if message.to == [OLD]]

    assert len(told) == 2
    assert all("/account/recovery/stop/" in message.body for message in told)


def test_every_step_is_in_the_log_with_random_ids_only(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    finish = ready(pair)
    with after(WAIT):
        Client().post(finish, {"password": PASSWORD})

    rows = list(AuditRow.objects.order_by("number").values_list("action", "actor", "subject"))
    me = person.public_id
    assert rows == [
        ("recovery asked", me, me),
        ("recovery approved", pair[0].public_id, me),
        ("recovery approved", pair[1].public_id, me),
        ("recovery ready", "system", me),
        ("recovery done", me, me),
    ]
    assert "example.org" not in str(list(AuditRow.objects.values_list("detail", flat=True)))


# An impostor who knows the password.


@pytest.mark.parametrize(
    "given",
    [{}, {"password": "not this one"}, {"email": "nobody@example.org"}, {"email": "editor@example.org"}],
    ids=["right", "wrong password", "unknown", "in no network"],
)
def test_the_answer_is_the_same_whoever_asks(person: Practitioner, given: dict[str, str]) -> None:
    make_user("editor@example.org", is_staff=True)

    answer = ask(**given)

    assert answer.redirect_chain == [("/account/recovery/asked/", 302)]
    page = re.sub(r'value="\w{64}"', "", answer.content.decode())
    assert page == re.sub(r'value="\w{64}"', "", Client().get("/account/recovery/asked/").content.decode())


def test_without_the_password_nothing_is_opened_and_nobody_is_written_to(person: Practitioner) -> None:
    ask(password="not this one")

    assert not Recovery.objects.exists()
    assert mail.outbox == []


def test_guessing_passwords_here_is_stopped_as_at_the_sign_in(person: Practitioner) -> None:
    for _ in range(5):
        ask(password="not this one")

    assert "Too many attempts" in ask().content.decode()
    assert "Too many attempts" in sign_in(Client(), OLD).content.decode()


@pytest.mark.parametrize("when", ["asked", "approved", "ready"])
def test_the_old_address_stops_it_with_one_press_until_the_very_end(
    person: Practitioner, pair: tuple[Practitioner, Practitioner], when: str
) -> None:
    ask()
    stop = links()["stop"]
    if when != "asked":
        agreed(pair)
    finish = ""
    if when == "ready":
        with after(WAIT):
            services.pass_the_time()
        finish = links()["finish"]

    assert Client().get(stop).status_code == 200
    assert Recovery.objects.get().state in Recovery.OPEN
    answer = Client().post(stop)

    assert "It is stopped" in answer.content.decode()
    assert Recovery.objects.get().state == State.STOPPED
    assert is_set_up(person.user)
    assert "do not belong together" in sign_in(Client(), OLD).content.decode()
    if finish:
        with after(WAIT):
            assert Client().post(finish, {"password": PASSWORD}).status_code == 410


def test_the_page_behind_the_stop_link_tells_nothing_of_whose_account_it_is(person: Practitioner) -> None:
    ask()

    page = Client().get(links()["stop"]).content.decode()

    assert OLD not in page
    assert person.display_name not in page


def test_before_the_waiting_time_is_over_there_is_no_link(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    ask()
    agreed(pair)
    mail.outbox.clear()

    with after(WAIT - timedelta(minutes=1)):
        services.pass_the_time()

    assert mail.outbox == []
    assert Recovery.objects.get().state == State.APPROVED


@pytest.mark.parametrize("given", [{"password": "not this one"}, {"password": ""}])
def test_the_link_alone_lets_nobody_in(
    person: Practitioner, pair: tuple[Practitioner, Practitioner], given: dict[str, str]
) -> None:
    finish = ready(pair)
    client = Client()

    with after(WAIT):
        client.post(finish, given)

    assert "_auth_user_id" not in session_of(client)
    assert is_set_up(person.user)


def test_the_password_of_another_account_does_not_fit_the_link(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    other = make_user("other@example.org")
    other.set_password("quite another passphrase")
    other.save()
    finish = ready(pair)

    with after(WAIT):
        Client().post(finish, {"password": "quite another passphrase"})

    assert is_set_up(person.user)


def test_the_link_works_once_and_not_for_ever(person: Practitioner, pair: tuple[Practitioner, Practitioner]) -> None:
    finish = ready(pair)
    with after(WAIT + timedelta(days=8)):
        assert Client().post(finish, {"password": PASSWORD}).status_code == 410
    with after(WAIT):
        assert Client().post(finish, {"password": PASSWORD}).status_code == 302
        assert Client().post(finish, {"password": PASSWORD}).status_code == 410


def test_opening_the_link_changes_nothing(person: Practitioner, pair: tuple[Practitioner, Practitioner]) -> None:
    finish = ready(pair)

    with after(WAIT):
        page = Client().get(finish)

    assert page.status_code == 200
    assert OLD not in page.content.decode()
    assert is_set_up(person.user)


def test_asking_twice_opens_one_and_writes_once(person: Practitioner, pair: tuple[Practitioner, Practitioner]) -> None:
    ask()
    ask()

    assert Recovery.objects.count() == 1
    assert mail.outbox == []


def test_whoever_can_sign_in_sees_that_somebody_asks_and_can_stop_it(person: Practitioner) -> None:
    ask()
    client = signed_in(person.user)  # type: ignore[arg-type]

    assert "Somebody asks to be let into your account" in client.get("/account/").content.decode()
    client.post("/account/recovery/stop/")

    assert Recovery.objects.get().state == State.STOPPED


# Who decides.


def test_the_voice_of_one_is_not_enough(person: Practitioner, pair: tuple[Practitioner, Practitioner]) -> None:
    ask()

    say_yes(pair[0])
    say_yes(pair[0])

    assert RecoveryVoice.objects.count() == 1
    assert Recovery.objects.get().state == State.ASKED


def test_two_of_one_organisation_are_one_voice(person: Practitioner, network: Network) -> None:
    body = OrganisationFactory()
    pair = coordinator(network, organisation=body), coordinator(network, organisation=body)
    coordinator(network)
    ask()

    agreed(pair)

    assert RecoveryVoice.objects.count() == 1
    assert Recovery.objects.get().state == State.ASKED


def test_nobody_decides_on_their_own_request(network: Network, pair: tuple[Practitioner, Practitioner]) -> None:
    user = make_user(OLD, second_factor_required=True)
    set_up_app(user)
    PractitionerFactory(user=user, coordinates=[network], organisation=OrganisationFactory())
    ask()

    page = signed_in(user).get(f"{DESK}{Recovery.objects.get().public_id}/")

    assert page.status_code == 404
    assert OLD not in {message.to[0] for message in mail.outbox if message.subject == "Something waits"}


def test_members_coordinators_elsewhere_chiefs_and_nobody_meet_the_same_404(
    person: Practitioner, pair: tuple[Practitioner, Practitioner], network: Network
) -> None:
    other = coordinator(NetworkFactory())
    member = PractitionerFactory(user=make_user("member@example.org"), networks=[network])
    chief = make_user("chief@example.org", is_superuser=True)
    ask()
    path = f"{DESK}{Recovery.objects.get().public_id}/"

    for user in (other.user, member.user, chief):
        assert signed_in(user).get(path).status_code == 404  # type: ignore[arg-type]
        assert signed_in(user).post(path, {"how": "met"}).status_code == 404  # type: ignore[arg-type]
        assert signed_in(user).post(f"{path}refuse/").status_code == 404  # type: ignore[arg-type]
    assert signed_in(member.user).get(DESK).status_code == 404  # type: ignore[arg-type]
    assert signed_in(chief).get(DESK).status_code == 404
    assert Client().get(path).status_code == 302
    assert not RecoveryVoice.objects.exists()


def test_a_suspended_coordinator_decides_nothing_on_the_next_request(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    ask()
    client = signed_in(pair[0].user)  # type: ignore[arg-type]
    path = f"{DESK}{Recovery.objects.get().public_id}/"
    assert client.get(path).status_code == 200

    Practitioner.objects.visible_to(frozenset({f"owner:{pair[0].pk}"})).filter(pk=pair[0].pk).update(status="suspended")

    assert client.post(path, {"how": "met"}).status_code == 404


def test_how_the_person_was_called_back_must_be_said(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    ask()

    page = say_yes(pair[0], how="")

    assert "Something needs to be put right" in page.content.decode()
    assert not RecoveryVoice.objects.exists()


def test_one_coordinator_can_refuse_also_in_the_waiting_time(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    ask()
    agreed(pair)
    mail.outbox.clear()

    signed_in(pair[1].user).post(f"{DESK}{Recovery.objects.get().public_id}/refuse/")  # type: ignore[arg-type]

    assert Recovery.objects.get().state == State.REFUSED
    assert [message.to for message in mail.outbox] == [[OLD]]


def stand(kind: str, network: Network) -> Practitioner:
    """A coordinator of a partner network, or of any other."""
    other = NetworkFactory()
    if kind == "partner":
        network.partners.add(other)
    return coordinator(other)


def test_where_own_coordinators_suffice_nobody_else_sees_it(person: Practitioner, network: Network) -> None:
    own = {coordinator(network).pk, coordinator(network).pk}
    stand("partner", network)

    assert {each.entry.pk for each in circle(person.pk, person.user_id or 0)} == own


def test_where_one_is_left_partners_stand_in_before_strangers(person: Practitioner, network: Network) -> None:
    left, partner = coordinator(network), stand("partner", network)
    stand("stranger", network)

    assert {each.entry.pk for each in circle(person.pk, person.user_id or 0)} == {left.pk, partner.pk}


def test_where_partners_are_too_few_coordinators_of_any_network_stand_in_and_see_this_one_person(
    person: Practitioner, network: Network
) -> None:
    stranger = stand("stranger", network)
    coordinator(network)
    ask()
    client = signed_in(stranger.user)  # type: ignore[arg-type]

    page = client.get(f"{DESK}{Recovery.objects.get().public_id}/").content.decode()

    assert person.display_name in page
    assert client.get(f"/en/people/{person.public_id}/").content.decode().count(person.display_name) == 0


def test_where_nobody_is_left_it_waits_and_says_so(person: Practitioner, network: Network) -> None:
    coordinator(network)

    ask()

    assert circle(person.pk, person.user_id or 0) == []
    assert "too few coordinators" in mail.outbox[0].body


def test_an_organisation_is_needed_to_speak(person: Practitioner, network: Network) -> None:
    homeless = coordinator(network, organisation=None)
    coordinator(network)
    coordinator(network)

    found = circle(person.pk, person.user_id or 0)

    assert decides(found, frozenset({f"owner:{homeless.pk}", f"coordinator:{network.pk}"})) is None


# A lost mailbox.


def test_who_has_lost_the_mailbox_too_moves_to_the_new_one_with_the_same_steps(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    finish = ready(pair, lost_mailbox="on", new_mailbox=NEW)
    to = {message.to[0]: message.body for message in mail.outbox}
    assert "/finish/" in to[NEW]
    assert "/stop/" in to[OLD]
    assert "/finish/" not in to[OLD]

    with after(WAIT):
        Client().post(finish, {"password": PASSWORD})

    assert User.objects.get(pk=person.user_id).email == NEW


def test_who_has_lost_the_mailbox_alone_keeps_the_factor_and_is_asked_for_it(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    finish = ready(pair, lost_factor="", lost_mailbox="on", new_mailbox=NEW)
    client = Client()

    with after(WAIT):
        answer = client.post(finish, {"password": PASSWORD})

    assert answer["Location"] == "/account/2fa/authenticate/"
    assert is_set_up(person.user)
    assert User.objects.get(pk=person.user_id).email == NEW


@pytest.mark.parametrize("taken", [True, False])
def test_whether_a_new_address_has_an_account_is_told_to_it_alone(
    person: Practitioner, pair: tuple[Practitioner, Practitioner], taken: bool
) -> None:
    if taken:
        make_user(NEW)

    ask(lost_mailbox="on", new_mailbox=NEW)

    assert Recovery.objects.get().new_mailbox == NEW
    to = sorted(message.to[0] for message in mail.outbox)
    assert to == sorted([OLD, NEW, *(each.user.email for each in pair)])
    said = next(str(message.body) for message in mail.outbox if message.to == [NEW])
    assert ("exists already" in said) == taken
    assert OLD not in said


def test_a_new_address_that_has_an_account_changes_nothing_in_the_end(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    make_user(NEW)
    finish = ready(pair, lost_mailbox="on", new_mailbox=NEW)

    with after(WAIT):
        page = Client().post(finish, {"password": PASSWORD})

    assert "Nothing was changed" in page.content.decode()
    assert User.objects.get(pk=person.user_id).email == OLD


def test_a_new_address_taken_meanwhile_changes_nothing(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    finish = ready(pair, lost_mailbox="on", new_mailbox=NEW)
    make_user(NEW)

    with after(WAIT):
        page = Client().post(finish, {"password": PASSWORD})

    assert "Nothing was changed" in page.content.decode()
    assert User.objects.get(pk=person.user_id).email == OLD
    assert is_set_up(person.user)


def test_the_new_address_is_cipher_text_in_the_database(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    ask(lost_mailbox="on", new_mailbox=NEW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_recovery")
        assert "elsewhere" not in repr(cursor.fetchall())


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"lost_factor": ""}, "lost_factor"),
        ({"lost_mailbox": "on"}, "new_mailbox"),
        ({"lost_mailbox": "on", "new_mailbox": "nonsense"}, "new_mailbox"),
        ({"email": ""}, "email"),
    ],
)
def test_what_is_missing_is_said_at_the_field(given: dict[str, str], field: str) -> None:
    page = ask(**given).content.decode()

    assert f'href="#id_{field}"' in page


# Time and chance.


def test_what_nobody_decides_lapses_and_can_be_asked_anew(
    person: Practitioner, pair: tuple[Practitioner, Practitioner]
) -> None:
    ask()
    with after(timedelta(days=15)):
        services.pass_the_time()
    assert Recovery.objects.get().state == State.LAPSED

    ask()

    assert Recovery.objects.filter(state=State.ASKED).count() == 1


def test_erasing_the_person_erases_their_requests(person: Practitioner) -> None:
    ask()

    assert person.user is not None
    person.user.delete()

    assert not Recovery.objects.exists()


def test_mail_to_coordinators_names_nobody(person: Practitioner, pair: tuple[Practitioner, Practitioner]) -> None:
    ask()

    told = [message for message in mail.outbox if message.subject == "Something waits"]
    assert {message.to[0] for message in told} == {each.user.email for each in pair}  # type: ignore[union-attr]
    assert not any(OLD in message.body or person.display_name in message.body for message in told)


def test_whoever_runs_the_server_resets_an_account_that_is_in_no_network_and_it_is_logged_and_told() -> None:
    user = make_user("editor@example.org", is_staff=True)
    set_up_app(user)

    call_command("reset_second_factor", "Editor@example.org", verbosity=0)

    assert not is_set_up(user)
    assert AuditRow.objects.get().actor == "operator"
    assert mail.outbox[0].to == ["editor@example.org"]


def test_a_members_factor_is_reset_on_the_server_only_where_no_coordinator_is_left(person: Practitioner) -> None:
    with pytest.raises(CommandError, match="two of its coordinators"):
        call_command("reset_second_factor", OLD)
    assert is_set_up(person.user)

    call_command("reset_second_factor", OLD, "--no-coordinators-left")

    assert not is_set_up(person.user)
    assert AuditRow.objects.get().subject == person.public_id


def test_resetting_nobody_is_said(person: Practitioner) -> None:
    with pytest.raises(CommandError, match="No account"):
        call_command("reset_second_factor", "nobody@example.org")


def test_times_are_told_with_their_day(person: Practitioner, pair: tuple[Practitioner, Practitioner]) -> None:
    ask()
    with clock.standing_at(datetime.fromisoformat("2027-03-01T10:00:00+00:00")):
        recovery = Recovery.objects.get()
        for by in circle(person.pk, person.user_id or 0):
            services.speak(recovery=recovery, by=by, how="met")

    assert "4 March 2027, 10:00" in mail.outbox[-1].body
