"""A world of canaries: an entry for each audience, field group and network, every field of it a token of its own."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from accounts.models import User
from network import clock
from network.models import Application, Contact, Membership, Network, Practitioner
from network.policy import principals_of
from network.services import relay
from tests.attack.oracle import GROUPS, WIDEST, Looker, Shown
from tests.network.factories import NetworkFactory, PractitionerFactory, UserFactory, term
from tests.vocabulary.factories import PlaceFactory

# Narrow → wide, as far as a group may go.
STEPS = ("network", "partners", "members", "public")
# Field of an entry → the group it belongs to. Terms and places are public words: they betray only beside an entry.
TEXTS = {
    "display_name": "name",
    "function": "post",
    "firewall_statement": "undocumented",
    "offers": "advice",
    "looks_for": "advice",
    "duty_line": "duty_line",
}
CONTACT = ("email", "phone", "private_note")


def token(*parts: object) -> str:
    """Eleven letters that stand nowhere else: one word, the same when folded."""
    digest = hashlib.sha256(repr(parts).encode()).digest()
    return "zq" + "".join("bcdfghjklmnprstvwxz"[byte % 19] for byte in digest[:9])


@dataclass
class Canary:
    """An entry, what the oracle knows of it, and its tokens with the group that each belongs to."""

    entry: Practitioner
    shown: Shown
    tokens: dict[str, str]


@dataclass
class Viewer:
    """Somebody signed in, or nobody; `cms` marks rights in the CMS, which must give none here."""

    looker: Looker
    user: User | None = None
    second_factor: bool = True

    def client(self) -> Client:
        """A session as it would be after signing in with a second factor."""
        client = Client(raise_request_exception=True)
        if self.user is not None:
            client.force_login(self.user)
            if self.second_factor:
                session: Any = client.session
                session["account_authentication_methods_user"] = str(self.user.pk)
                session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
                session.save()
        return client


@dataclass
class World:
    """Networks A and B, and P, which is a partner of A."""

    a: Network
    b: Network
    p: Network
    canaries: list[Canary] = field(default_factory=list)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    # Tokens that belong to no field group, with the names of the viewers that they are for.
    secrets: dict[str, frozenset[str]] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def tokens(self) -> dict[str, tuple[Canary, str]]:
        """Every token with its entry and group."""
        return {each: (canary, group) for canary in self.canaries for each, group in canary.tokens.items()}


def canary(
    network: Network, number: object, *, status: str = "verified", opened: bool = False, **audiences: str
) -> Canary:
    """An entry of `network` with a token in every field; groups that are not named are as narrow as may be.

    `opened`: its owner switched off what closes it to authorities.
    """
    chosen = {group: audiences.get(group, "nobody" if group == "contact" else "network") for group in GROUPS}
    texts = {name: token(number, name) for name in TEXTS}
    entry = PractitionerFactory(
        status=status,
        user=UserFactory(email=f"{token(number, 'login')}@example.org"),
        networks=[network],
        profession=term(token(number, "profession")),
        terms=[term(token(number, "method"), "method"), term("undocumented-migrants", "target_group")],
        areas=[PlaceFactory(name=token(number, "area"))],
        speaks=["sq"],
        works_with_undocumented=True,
        corridors=["KZ"],
        open_to_authority=opened,
        **texts,
        **{f"{group}_for": audience for group, audience in chosen.items()},
    )
    contact = {name: token(number, name) for name in CONTACT}
    Contact.objects.create(practitioner=entry, **contact)
    tokens = {texts[name]: group for name, group in TEXTS.items()}
    tokens |= dict.fromkeys(contact.values(), "nobody")
    tokens |= {token(number, "login"): "nobody"}
    shown = Shown(entry.pk, frozenset({network.pk}), status, opened, chosen)
    return Canary(entry, shown, tokens)


def build() -> World:
    """The whole matrix, and everybody who may look at it."""
    a, b, p = (NetworkFactory(name=f"Network {name}") for name in "ABP")
    a.partners.add(p)
    world = World(a, b, p)
    for network in (a, b):
        for group in GROUPS:
            widest = STEPS.index(WIDEST[group])
            for audience in STEPS[: widest + 1]:
                listing = audience if group == "listing" else "public"
                chosen = {"listing": listing, group: audience}
                world.canaries.append(canary(network, (network.name, group, audience), **chosen))
    for status in ("paused", "suspended", "dormant", "withdrawn", "left", "applied", "stale", "due"):
        everything = {group: WIDEST[group] for group in GROUPS}
        world.canaries.append(canary(a, ("state", status), status=status, **everything))
    everything = {group: WIDEST[group] for group in GROUPS}
    world.canaries += [
        canary(b, "opened to authorities", opened=True, **everything),
        canary(b, "closed to authorities", **everything),
        *(canary(b, ("narrow", step), **{**everything, "listing": step}) for step in STEPS[:3]),
        _moved(canary(b, "moved from A to B", **{group: "network" for group in GROUPS if group != "contact"}), a),
    ]
    _people(world)
    _application(world)
    _message(world)
    return world


def _application(world: World) -> None:
    """Somebody applies to A: its coordinators read the claim, nobody else does."""
    applicant = PractitionerFactory(status="confirmed", display_name=token("applicant"), networks=[])
    claim = token("claim")
    fields = {"method": "register", "claim": claim, "made_at": clock.now(), "email": token("applies")}
    made = Application.objects.create(practitioner=applicant, network=world.a, **fields)
    world.references.append(made.reference)
    world.secrets |= {claim: frozenset({"coordinator of A"}), token("applicant"): frozenset({"coordinator of A"})}
    world.secrets[token("applies")] = frozenset()


def _message(world: World) -> None:
    """A member of A writes to the owner of the first canary: the two may read it, once it was opened."""
    writer, reader = world.viewers["member of A"].user, world.canaries[0].entry
    assert writer is not None
    principals = principals_of(writer, second_factor=True)
    text = token("message")
    sent = relay.send(account=writer, sender=writer.practitioner, to=reader.pk, principals=principals, text=text)
    world.messages.append(sent.public_id)
    world.secrets[text] = frozenset({"member of A", "owner"})


def _moved(canary: Canary, before: Network) -> Canary:
    """Somebody who was in another network until last year."""
    Membership.objects.create(practitioner=canary.entry, network=before, ended="2025-12-31")
    return canary


def _people(world: World) -> None:
    a, b, p = (frozenset({network.pk}) for network in (world.a, world.b, world.p))
    # Partners of a network see what its people show to partners: who is in P sees A's, who is in A sees P's.
    world.viewers = {
        "anonymous": Viewer(Looker("anonymous")),
        "member of A": _member("member of A", [world.a], Looker("", True, a, p)),
        "member of B": _member("member of B", [world.b], Looker("", True, b)),
        "partner": _member("partner", [world.p], Looker("", True, p, a)),
        "expired": _member("expired", [world.a], Looker(""), status="dormant"),
        "suspended": _member("suspended", [world.a], Looker(""), status="suspended"),
        "coordinator of A": _member("coordinator of A", [world.a], Looker("", True, a, p, a), role="coordinator"),
        "coordinator of B": _member("coordinator", [world.b], Looker("", True, b, coordinates=b), role="coordinator"),
        "authority in A": _member("authority in A", [world.a], Looker("", True, a, p, authority=True), authority=True),
        "authority in B": _member("authority in B", [world.b], Looker("", True, b, authority=True), authority=True),
        "without a second factor": _member("without", [world.a], Looker("")),
        "moved to B": _member("moved", [world.b], Looker("", True, b)),
        "deactivated": _member("deactivated", [world.a], Looker("")),
        "editor": Viewer(Looker("editor"), UserFactory(is_staff=True)),
        "superuser": Viewer(Looker("superuser"), UserFactory(is_staff=True, is_superuser=True)),
    }  # fmt: skip
    world.viewers["without a second factor"].second_factor = False
    moved, deactivated = world.viewers["moved to B"].user, world.viewers["deactivated"].user
    assert moved is not None
    assert deactivated is not None
    Membership.objects.create(practitioner=moved.practitioner, network=world.a, ended="2025-12-31")
    deactivated.is_active = False
    deactivated.save()
    owned = world.canaries[0]
    everything = frozenset({owned.entry.pk})
    world.viewers["owner"] = Viewer(Looker("owner", True, owned.shown.networks, p, owns=everything), owned.entry.user)


def _member(name: str, networks: list[Network], looker: Looker, *, role: str = "member", **fields: Any) -> Viewer:
    entry = PractitionerFactory(user=UserFactory(), display_name=f"Looker {name}", **fields)
    for network in networks:
        Membership.objects.create(practitioner=entry, network=network, role=role)
    owns = frozenset({entry.pk})
    return Viewer(
        Looker(name, looker.member, looker.networks, looker.partners, looker.coordinates, looker.authority, owns),
        entry.user,
    )
