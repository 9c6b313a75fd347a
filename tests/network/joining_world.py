"""A network with coordinators of different organisations, and applications in any state, for the tests of joining."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from network import clock
from network.models import Application, Decision, Evidence, Network, Organisation, Practitioner
from network.policy import as_system
from network.policy.vetting import Coordinator, coordinators_in
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, UserFactory, term
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models.place import PlaceName

PASSWORD = "a long sample passphrase"
EVIDENCE = {"kind": "register", "note": "The register lists them.", "seen": "on"}
YES = {"answer": "accepted", "reason": "Known in the register."}
NO = {"answer": "refused", "reason": "The register does not list them."}
LINK = re.compile(r"/en/join/(?:confirm|invited)/([\w-]+)/")


def coordinator(network: Network | None, organisation: Organisation | None = None, **fields: Any) -> Practitioner:
    """Somebody who coordinates, with an account; of an organisation of their own unless one is given."""
    body = organisation or OrganisationFactory()
    coordinates = [network] if network else []
    return PractitionerFactory(user=UserFactory(), organisation=body, coordinates=coordinates, **fields)


def desk(*people: Practitioner) -> list[Coordinator]:
    """What these people coordinate, as services are given it."""
    networks = Network.objects.values_list("pk", flat=True)
    return [each for each in coordinators_in(networks) if each.entry in {person.pk for person in people}]


def enter(person: Practitioner, *, second_factor: bool = True) -> Client:
    """A browser of its own that this person has signed in with."""
    client = Client()
    user = person.user or person.answered_by.get()
    client.force_login(user, backend="accounts.backends.SignInBackend")
    if second_factor:
        session: Any = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session.save()
    return client


def account(email: str = "applicant@example.org") -> Any:
    """An account with a confirmed address."""
    user = UserFactory(email=email)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def application(network: Network, status: str = "confirmed", **fields: Any) -> Application:
    """An application that has come as far as `status`: confirmed, evidence, or refused (then by `decided_by`)."""
    user = fields.pop("account", None) or account(f"applicant{Application.objects.count()}@example.org")
    entry_fields = {
        name: fields.pop(name) for name in ("organisation", "display_name", "listing_for") if name in fields
    }
    recorded_by, decided_by = fields.pop("recorded_by", None), fields.pop("decided_by", None)
    entry = PractitionerFactory(status=status, user=user, profession=term("nurse"), **entry_fields)
    now = clock.now()
    row = Application.objects.create(
        **{
            "practitioner": entry, "network": network, "account": user, "method": "register", "claim": "canary-claim",
            "made_at": now, "confirmed_at": now, **fields,
        }
    )  # fmt: skip
    if recorded_by is not None:
        Evidence.objects.create(
            application=row,
            kind="register",
            seen_by=recorded_by,
            organisation=recorded_by.organisation,
            seen_on=clock.today(),
            note="canary-note",
        )
    if decided_by is not None:
        Decision.objects.create(
            application=row,
            answer="refused",
            reason="canary-reason",
            decided_by=decided_by,
            organisation=decided_by.organisation,
            decided_at=now,
        )
    return row


def status_of(row: Application) -> str:
    """Where the entry of an application stands now."""
    return str(as_system("lifecycle").get(pk=row.practitioner_id).status)


def the_entry() -> Practitioner:
    """The entry of the only application that there is."""
    entry: Practitioner = as_system("lifecycle").get(pk=Application.objects.get().practitioner_id)
    return entry


def filled_in(network: Network, /, **changes: Any) -> dict[str, Any]:
    """The application form as somebody would send it."""
    place = PlaceFactory(name="Tirana")
    PlaceName.objects.get_or_create(place=place, key="tirana", defaults={"main": True})
    term("nurse")
    audiences = {
        f"{group}_for": "members"
        for group in ("listing", "name", "profession", "post", "area", "languages", "advice", "networks")
    }
    form = {
        "network": network.pk, "email": "new@example.org", "name": "Ana Example", "profession": "nurse",
        "function": "Night shift", "organisation": "", "areas": "Tirana", "language_1": "sq", "level_1": "native",
        "offers": "First aid on the street.", "method": "register", "claim": "Register of nurses, 123",
        "agreed": "on", **audiences,
    }  # fmt: skip
    return {name: value for name, value in (form | changes).items() if value is not None}


def link(number: int = -1) -> str:
    """The address in a mail that was sent."""
    found = LINK.search(str(mail.outbox[number].body))
    assert found is not None
    return found.group()


def confirmed(client: Client, address: str) -> Any:
    """Sends what the page behind a link asks for."""
    return client.post(address, {"password": PASSWORD, "again": PASSWORD})


def a_network(count: int = 2) -> tuple[Network, list[Practitioner]]:
    """A network and so many coordinators, each of another organisation."""
    network = NetworkFactory()
    return network, [coordinator(network) for _ in range(count)]


def at(row: Application, act: str = "") -> str:
    """The address of an application on the desk, or of an act on it."""
    return f"/account/desk/applications/{row.reference}/{f'{act}/' if act else ''}"


def gone(answer: Any) -> bool:
    """The same answer as for an address that does not exist."""
    return bool(answer.status_code == 404)


def member_of(network: Network, **fields: Any) -> Practitioner:
    """A member in force with an account."""
    return PractitionerFactory(user=UserFactory(), networks=[network], **fields)


def stop(by: Practitioner, network: Network, entry: Practitioner | None = None, **changes: str) -> Any:
    """Suspends an entry, or the whole network."""
    address = f"/account/desk/networks/{network.slug}/suspend/{f'{entry.public_id}/' if entry else ''}"
    return enter(by).post(address, {"reason": "A telephone was lost.", "sure": "on", **changes}, follow=True)
