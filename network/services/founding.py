"""Founding a network: its first coordinators, whom nobody could vet yet, are named by whoever runs the site.

They become members when they open their link, agree, and choose a password. Running it again finishes what a broken
run began and sends new links to those who have not used theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from network import audit, clock, consent, lifecycle, links
from network.areas import UnknownArea, areas_named
from network.links import LinkState
from network.models import Membership, Network, Practitioner
from network.policy import GROUPS
from network.policy.authority import LAW_ENFORCEMENT
from network.services import entries
from network.services.confirming import LinkRefused
from network.services.organisations import name_only, organisation_called
from network.waiting import something_waits
from search.normalise import clean, fold
from vocabulary.models import Term

FOUNDING = "founding"
LINK_LASTS = timedelta(days=7)
FEWEST, ADVISED = 2, 4


class Nonsense(ValueError):
    """The plan cannot be carried out; says why in a sentence. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Founder:
    """A first coordinator."""

    email: str
    name: str
    profession: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The network to be founded."""

    slug: str
    name: str
    kind: str
    areas: str
    founders: Sequence[Founder]


@dataclass(slots=True)
class Done:
    """What a run did, line by line."""

    network: Network
    lines: list[str] = field(default_factory=list)


@transaction.atomic
def found(plan: Plan) -> Done:
    """Carries the plan out as far as it is not yet; raises Nonsense."""
    areas, founders = _checked(plan)
    network = _network(plan, areas)
    done = Done(network)
    for founder, profession in founders:
        done.lines.append(f"{founder.email}: {_name_coordinator(network, founder, profession)}")
    coordinators = Membership.objects.filter(network=network, role=Membership.Role.COORDINATOR, ended=None).count()
    if coordinators < ADVISED:
        done.lines.append(f"{coordinators} coordinators now; {ADVISED} of different organisations are advised.")
    return done


def _checked(plan: Plan) -> tuple[list[Any], list[tuple[Founder, Term]]]:
    try:
        validate_slug(plan.slug)
    except ValidationError as error:
        raise Nonsense(f"“{plan.slug}” cannot be an address: letters, digits and hyphens only.") from error
    if not clean(plan.name):
        raise Nonsense("The network needs a name.")
    if plan.kind not in Network.Kind.values:
        raise Nonsense(f"The kind is {', '.join(Network.Kind.values[:-1])} or {Network.Kind.values[-1]}.")
    try:
        areas = areas_named(plan.areas)
    except UnknownArea as error:
        raise Nonsense(str(error)) from error
    if not areas:
        raise Nonsense("The network needs an area: a town, region or country.")
    there = Network.objects.filter(slug=plan.slug).first()
    if there is not None and there.name != clean(plan.name):
        raise Nonsense(f"The address “{plan.slug}” belongs to the network “{there.name}” already.")
    emails = [founder.email.casefold() for founder in plan.founders]
    if len(set(emails)) < len(emails):
        raise Nonsense("The same address is named twice: each coordinator has an account of their own.")
    if there is None and len(emails) < FEWEST:
        raise Nonsense("A network begins with two coordinators at least: one looks at evidence, another decides.")
    if there is None and len({fold(founder.organisation) for founder in plan.founders}) < FEWEST:
        raise Nonsense("The coordinators have to be of different organisations, else nobody could ever be taken in.")
    return areas, [(founder, _profession(founder)) for founder in plan.founders]


def _profession(founder: Founder) -> Term:
    try:
        validate_email(founder.email)
    except ValidationError as error:
        raise Nonsense(f"“{founder.email}” is no e-mail address.") from error
    if not clean(founder.name) or not clean(founder.organisation):
        raise Nonsense(f"{founder.email}: a name and an organisation are needed.")
    wanted = fold(founder.profession)
    for term in Term.objects.filter(scheme="profession"):
        if wanted in (fold(term.pk), *map(fold, map(str, term.labels.values()))):
            if term.pk in LAW_ENFORCEMENT:
                raise Nonsense(f"{founder.email}: police and border guards are listed as a post and apply like others.")
            return term
    raise Nonsense(f"{founder.email}: no profession is called “{founder.profession}”.")


def _network(plan: Plan, areas: list[Any]) -> Network:
    network, made = Network.objects.get_or_create(
        slug=plan.slug, defaults={"name": clean(plan.name), "kind": plan.kind}
    )
    if made:
        network.areas.set(areas)
        audit.record("network founded", actor=audit.OPERATOR, network=network.slug)
    return network


def _name_coordinator(network: Network, founder: Founder, profession: Term) -> str:
    """Brings one coordinator as far as they can be brought without their own act; says what was done."""
    users: Any = get_user_model().objects
    user = users.filter(email__iexact=founder.email).first() or users.create_user(founder.email.casefold())
    entry = next((each for each in entries.entries_of(user) if not each.role_mailbox), None)
    entry = entry or _entry(founder, profession, user)
    if entry.status not in (*entries.CURRENT, "evidence"):
        raise Nonsense(f"{founder.email}: their entry is “{entry.get_status_display()}”; that has to be settled first.")
    membership, made = Membership.objects.get_or_create(
        practitioner=entry, network=network, ended=None, defaults={"role": Membership.Role.COORDINATOR}
    )
    if made or membership.role != Membership.Role.COORDINATOR:
        membership.role = Membership.Role.COORDINATOR
        membership.save(update_fields=["role"])
        audit.record("coordinator named", actor=audit.OPERATOR, subject=entry.public_id, network=network.slug)
    user.second_factor_required = True
    user.save(update_fields=["second_factor_required"])
    if entry.status in entries.CURRENT:
        return "coordinates"
    links.withdraw(FOUNDING, str(entry.pk))
    secret = links.issue(FOUNDING, str(entry.pk), lasts=LINK_LASTS)
    language = user.language or "en"
    with override(language):
        path = reverse("network:founded", args=[secret])
    something_waits(user.email, path, language=language)
    return "a link was sent; it works once, for seven days"


def _entry(founder: Founder, profession: Term, user: Any) -> Practitioner:
    """An entry that only its owner's own act still separates from being a member's."""
    body = organisation_called(founder.organisation) or name_only(founder.organisation)
    entry = Practitioner.objects.create(
        user=user, display_name=clean(founder.name), profession=profession, organisation=body
    )
    for step in ("confirmed", "evidence"):
        lifecycle.move(entry, step, actor=audit.OPERATOR, detail={"founding": True})
    return entries.entry(entry.pk)


def is_good(secret: str) -> LinkState:
    """How the link stands; looking uses nothing up."""
    return links.look(FOUNDING, secret)[0]


@transaction.atomic
def begin(secret: str, *, password: str) -> None:
    """The first coordinator agrees, chooses a password and is a member; raises LinkRefused."""
    state, subject = links.spend(FOUNDING, secret)
    if state is not LinkState.GOOD:
        raise LinkRefused(state)
    entry = entries.entry(int(subject))
    user: Any = entry.user
    if user is None or entry.status != "evidence":
        raise LinkRefused(LinkState.USED)
    user.set_password(password)
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    consent.give(entry, {group: getattr(entry, f"{group}_for") for group in GROUPS}, at=clock.now())
    entries.write(entry.pk, {"confirmed_at": clock.today(), "verified_on": clock.today()})
    lifecycle.move(entry, "verified", actor=entry.public_id, detail={"founding": True})
