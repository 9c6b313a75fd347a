"""Two who decide about one recovery at the same moment: one of both counts, and nothing is half done."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from accounts.second_factor import is_set_up
from network.models import Recovery, RecoveryVoice
from network.policy.recovery import circle
from network.services import recovery as services
from network.services.recovery import WAIT, NotYours, State
from tests.accounts.people import make_user, set_up_app
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory
from tests.network.test_recovery import OLD, after, ask, coordinator, ready

pytestmark = pytest.mark.usefixtures("really_committed")


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Runs all at once, each with a connection of its own; their results or errors in order."""
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = acts[number]()
        except NotYours as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_coordinators_of_one_organisation_at_the_same_moment_are_one_voice() -> None:
    network, body = NetworkFactory(), OrganisationFactory()
    user = make_user(OLD, second_factor_required=True)
    set_up_app(user)
    entry = PractitionerFactory(user=user, networks=[network])
    for organisation in (body, body, OrganisationFactory()):
        coordinator(network, organisation=organisation)
    ask()
    recovery = Recovery.objects.get()
    found = [each for each in circle(entry.pk, user.pk) if each.entry.organisation_id == body.pk]

    said = together([lambda by=by: services.speak(recovery=recovery, by=by, how="met") for by in found])

    assert len(found) == 2
    assert sorted(type(each).__name__ for each in said) == ["NotYours", "Recovery"]
    assert RecoveryVoice.objects.count() == 1


def test_stopping_and_finishing_at_the_same_moment_end_in_one_of_both() -> None:
    network = NetworkFactory()
    user = make_user(OLD, second_factor_required=True)
    set_up_app(user)
    PractitionerFactory(user=user, networks=[network])
    finish = ready((coordinator(network), coordinator(network)))
    stop = Recovery.objects.get()
    secret = finish.split("/")[-2]

    def at(act: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            with after(WAIT):
                return act()

        return run

    said = together(
        [
            at(lambda: services.finish(secret=secret, user=User.objects.get(pk=user.pk))),
            at(lambda: services.stop_own(user)),
        ]
    )

    stop.refresh_from_db()
    if stop.state == State.DONE:
        assert said == ["done", False]
        assert not is_set_up(user)
    else:
        assert (stop.state, said) == (State.STOPPED, ["unknown", True])
        assert is_set_up(user)
