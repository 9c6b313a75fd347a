"""Writes of a network's own matters, by its coordinators; each leaves a row in the audit log."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from network import audit, clock
from network.models import Network
from network.models.network_life import PartnerRequest, ReviewAnswer, SelfReview
from network.policy.audiences import ids
from search import outbox


def coordinated(principals: frozenset[str]) -> models.QuerySet[Network]:
    """The networks that this viewer coordinates."""
    return Network.objects.filter(pk__in=ids(principals, "coordinator")).order_by("name")


@transaction.atomic
def keep(record: Any, *, network: Network, actor: str) -> None:
    """Saves a meeting, document or step of this network."""
    record.network = network
    record.save()
    _told(f"{_name(record)} kept", network, actor)


@transaction.atomic
def remove(record: Any, *, network: Network, actor: str) -> None:
    """Deletes a meeting, document or step."""
    record.delete()
    _told(f"{_name(record)} removed", network, actor)


@transaction.atomic
def ask_to_partner(*, asking: Network, asked: Network, actor: str) -> bool:
    """Asks; where the other network has asked already, both agree and are partners now (True)."""
    waiting = PartnerRequest.objects.select_for_update().filter(asking=asked, asked=asking)
    if waiting.exists():
        waiting.delete()
        asking.partners.add(asked)
        _told("partnership agreed", asking, actor, other=asked)
        return True
    if not asking.partners.filter(pk=asked.pk).exists():
        _, new = PartnerRequest.objects.get_or_create(asking=asking, asked=asked)
        if new:
            _told("partnership asked", asking, actor, other=asked)
    return False


@transaction.atomic
def end_partnership(*, network: Network, other: Network, actor: str) -> None:
    """Either side ends it at once, or takes back or declines a request; members see less from the next request on."""
    PartnerRequest.objects.filter(
        models.Q(asking=network, asked=other) | models.Q(asking=other, asked=network)
    ).delete()
    network.partners.remove(other)
    outbox.add([f"network:{network.pk}", f"network:{other.pk}"])
    _told("partnership ended", network, actor, other=other)


@transaction.atomic
def save_review(*, network: Network, year: int, answers: Sequence[ReviewAnswer], actor: str) -> SelfReview:
    """The year's answers take the place of those there were."""
    review, _new = SelfReview.objects.get_or_create(network=network, year=year)
    for answer in answers:
        ReviewAnswer.objects.update_or_create(
            review=review,
            topic=answer.topic,
            defaults={"state": answer.state, "gap": answer.gap, "owner": answer.owner, "due": answer.due},
        )
    review.save()
    _told("self-review saved", network, actor, year=year)
    return review


def upcoming(network: Network) -> models.QuerySet:
    """Meetings from yesterday on, so that one of today is still there in every time zone."""
    return network.meetings.filter(starts__gte=clock.now() - timedelta(days=1))


def _told(action: str, network: Network, actor: str, *, other: Network | None = None, **detail: Any) -> None:
    if other is not None:
        detail["other"] = other.slug
    audit.record(action, actor=actor, network=network.slug, detail=detail)


def _name(record: models.Model) -> str:
    return str(record._meta.model_name)
