"""What a network's members find on its page, and its coordinators on their desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from network import clock
from network.models import Network, Practitioner
from network.models.network_life import PartnerRequest, PathwayStep, ReviewAnswer, SelfReview
from network.policy import EntryCard, redact_all
from network.policy.audiences import ids
from network.services.network_life import upcoming


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the pathway; `person` is None where nobody fills the role whom this viewer may see: a gap."""

    pk: int
    stage: str
    role: str
    does: str
    person: EntryCard | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One topic over the years, newest first; None where a year has no answer."""

    topic: str
    answers: tuple[ReviewAnswer | None, ...]


def members_part(network: Network, principals: frozenset[str]) -> dict[str, Any] | None:
    """Calendar, documents, pathway and self-review, for members of the network only."""
    if f"network:{network.pk}" not in principals:
        return None
    years, rows = reviews(network)
    return {
        "meetings": list(upcoming(network)),
        "documents": list(network.documents.all()),
        "pathway": pathway(network, principals),
        "years": years,
        "review": rows,
        "coordinates": f"coordinator:{network.pk}" in principals,
        "network": network,
    }


def pathway(network: Network, principals: frozenset[str]) -> list[Step]:
    """Who does what next; three queries. Whoever left, paused or hides from this viewer fills no role for them."""
    steps = list(network.pathway.select_related("stage"))
    filled = {step.filled_by_id for step in steps if step.filled_by_id}
    entries = _members(network, principals).filter(pk__in=filled)
    by_id = {card.public_id: card for card in redact_all(entries, principals, showing="networks")}
    public_ids = dict(entries.values_list("pk", "public_id"))
    return [
        Step(
            step.pk,
            step.stage.label(),
            step.role,
            step.does,
            by_id.get(public_ids.get(step.filled_by_id, "")),
        )
        for step in steps
    ]


def reviews(network: Network) -> tuple[list[int], list[ReviewRow]]:
    """The last three years side by side; two queries."""
    found = list(SelfReview.objects.filter(network=network).prefetch_related("answers")[:3])
    answers: list[Mapping[str, ReviewAnswer]] = [{each.topic: each for each in one.answers.all()} for one in found]
    rows = [
        ReviewRow(str(label), tuple(year.get(topic) for year in answers)) for topic, label in ReviewAnswer.Topic.choices
    ]
    return [one.year for one in found], rows if found else []


def review_of_this_year(network: Network) -> tuple[int, Mapping[str, ReviewAnswer], Sequence[ReviewAnswer]]:
    """The year, its answers by topic, and last year's open gaps."""
    year = clock.today().year
    answers = ReviewAnswer.objects.filter(review__network=network)
    before = answers.filter(review__year=year - 1)
    return year, {each.topic: each for each in answers.filter(review__year=year)}, [a for a in before if a.is_gap]


def partnerships(network: Network) -> dict[str, Any]:
    """Partners, those asked, and those who ask."""
    return {
        "partners": list(network.partners.order_by("name")),
        "asked": [each.asked for each in PartnerRequest.objects.filter(asking=network).select_related("asked")],
        "asking": [each.asking for each in PartnerRequest.objects.filter(asked=network).select_related("asking")],
    }


def filled_by(network: Network, step: PathwayStep, principals: frozenset[str]) -> str:
    """The public id of whoever fills a step, "" for nobody whom this viewer may see."""
    return _members(network, principals).filter(pk=step.filled_by_id).values_list("public_id", flat=True).first() or ""


def row_of(network: Network, public_id: str, principals: frozenset[str]) -> int | None:
    """The row number of a member of the network whom this viewer may see; None for anybody else."""
    return _members(network, principals).filter(public_id=public_id).values_list("pk", flat=True).first()


def actor_of(principals: frozenset[str]) -> str:
    """The random id under which the audit log knows whoever holds these principals."""
    own = Practitioner.objects.visible_to(principals).filter(pk__in=ids(principals, "owner")).order_by("pk")
    return own.values_list("public_id", flat=True).first() or ""


def _members(network: Network, principals: frozenset[str]) -> Any:
    return Practitioner.objects.in_directory(principals).filter(memberships__network=network, memberships__ended=None)
