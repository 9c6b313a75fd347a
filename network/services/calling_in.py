"""Standing in: where a network has too few coordinators left for an application, those of another do its next step.

A coordinator of the network calls in another by name; where nobody is left to call, a partner network is asked by
itself. They see that application and nothing else. Until somebody can act, it waits, and its applicant reads so.
"""

from django.db.models import Q
from django.urls import reverse

from network import audit
from network.models import Application, Network
from network.policy.applications import case_of
from network.policy.vetting import Act, Coordinator, able, coordinators_in, objection
from network.services import entries
from network.waiting import tell


class NotNeeded(ValueError):
    """The network itself, or the one called in before, can still act."""


def who_can_act(application: Application) -> list[Coordinator]:
    """Coordinators of the network and of the one that stands in who may take the next step."""
    case = case_of(application)
    networks = [each for each in (application.network_id, application.stand_in_id) if each is not None]
    return able(case, coordinators_in(networks))


def networks_that_could(application: Application) -> list[Network]:
    """Other networks with somebody who may take the next step, partners first."""
    case = case_of(application)
    if case.next_act is Act.NONE:
        return []
    others = Network.objects.exclude(pk__in=[application.network_id, application.stand_in_id or 0])
    others = others.filter(sample=application.network.sample)
    able = {
        network
        for each in coordinators_in(others.values_list("pk", flat=True))
        if objection(case, each, case.next_act) is None
        for network in each.networks
    }
    partners = set(application.network.partners.values_list("pk", flat=True))
    return sorted(others.filter(pk__in=able), key=lambda network: (network.pk not in partners, network.name))


def call_in(application: Application, network: Network, *, by: str) -> None:
    """Lays the application on the desk of another network; `by` is who calls. Raises NotNeeded."""
    if who_can_act(application) or network not in networks_that_could(application):
        raise NotNeeded
    application.stand_in = network
    application.save(update_fields=["stand_in"])
    entry = entries.entry(application.practitioner_id)
    audit.record(
        "stand-in called",
        actor=by,
        subject=entry.public_id,
        network=application.network.slug,
        detail={"stand in": network.slug},
    )
    tell(entries.accounts_of_desk(coordinators_in([network.pk])), reverse("network_account:desk"))


def call_in_if_nobody_is_left(application: Application) -> None:
    """Only where the network has no coordinator in force at all; else one of them chooses."""
    if coordinators_in([application.network_id]) or who_can_act(application):
        return
    if application.network.suspensions.filter(entry=None, lifted_at=None).exists():
        return  # its coordinators are stopped, not gone
    for network in networks_that_could(application)[:1]:
        call_in(application, network, by=audit.SYSTEM)


def waiting_for_nobody() -> Q:
    """Applications under way, as a condition: the daily tidying looks whether somebody can act on them."""
    return Q(closed_at=None, confirmed_at__isnull=False)
