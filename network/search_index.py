"""What the directory gives to search: people as each group of viewers sees them, and the public faces of bodies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils.translation import override

from network.cards import network_card, networks_for_cards, organisation_card, organisations_for_cards
from network.models import Membership, Network, Organisation, Practitioner, SpokenLanguage
from network.models.organisation import Hotline
from network.policy import EntryCard, EntryView, as_system, redact, views_of
from network.policy.from_database import seen_by
from network.policy.redaction import card as card_of
from search.document import Index, SearchDocument
from search.registry import depends, outgrown, searchable
from search.results import Card
from search.titles import holding
from vocabulary.models import Place, Term


def _broader() -> Mapping[str, str | None]:
    return dict(Term.objects.values_list("pk", "broader"))


def _with_broader(terms: Iterable[str], broader: Mapping[str, str | None]) -> tuple[str, ...]:
    """The terms and every term above them: who works with adolescents works with children."""
    found: dict[str, None] = {}
    for term in terms:
        above: str | None = term
        while above and above not in found:
            found[above] = None
            above = broader.get(above)
    return tuple(found)


@searchable
class People:
    """One document an entry and distinct view, with exactly what `redact()` gives that view. Never contact."""

    index: Index = "directory"
    kinds: tuple[str, ...] = ("person",)

    def all_keys(self) -> Iterator[str]:
        for public_id in as_system("index").values_list("public_id", flat=True).order_by("pk").iterator():
            yield f"person:{public_id}"

    def to_documents(self, keys: Sequence[str]) -> Mapping[str, Sequence[SearchDocument]]:
        broader = _broader()
        entries = as_system("index").filter(public_id__in=_ids(keys)).for_cards()
        with override("en"):
            return {
                f"person:{entry.public_id}": [
                    _document(card_of(entry, view.groups), view, broader) for view in views_of(entry)
                ]
                for entry in entries
            }

    def from_database(self, principals: frozenset[str]) -> tuple[Sequence[SearchDocument], bool]:
        broader = _broader()
        with override("en"):
            cards, whole = seen_by(principals)
        view = EntryView("seen", frozenset(), principals, frozenset())
        return [_document(each, view, broader) for each in cards], whole

    def recheck(self, keys: Sequence[str], principals: frozenset[str], language: str) -> Mapping[str, Card]:
        entries = Practitioner.objects.for_cards().in_directory(principals).filter(public_id__in=_ids(keys))
        with override(language):
            return {f"person:{entry.public_id}": redact(entry, principals) for entry in entries}


def _ids(keys: Sequence[str]) -> list[str]:
    return [key.partition(":")[2] for key in keys]


def _document(card: EntryCard, view: EntryView, broader: Mapping[str, str | None]) -> SearchDocument:
    """The document of one view. Labels stay out: words that name a concept or a place are understood as such."""
    practice = chain(card.target_groups, card.exploitation, card.stages, card.methods, card.settings)
    texts = (card.function, card.organisation.label if card.organisation else "", card.firewall_statement)
    facets = {
        "profession": [term.id for term in card.professions],
        "language": [spoken.id for spoken in card.languages],
        "country": dict.fromkeys(area.country for area in card.areas),
        "method": [term.id for term in card.methods],
        "target_group": [term.id for term in card.target_groups],
        "exploitation": [term.id for term in card.exploitation],
        "setting": [term.id for term in card.settings],
        "stage": [term.id for term in card.stages],
        "network": [network.slug for network in card.networks],
        "availability": [card.availability.id] if card.availability else [],
        "firewall": [card.firewall.id] if card.firewall else [],
        "undocumented": ["yes"] if card.works_with_undocumented else [],
    }
    return SearchDocument(
        key=card.key,
        index="directory",
        kind="person",
        title=card.name,
        view=view.name,
        body="\n".join(filter(None, (*texts, *(n.label for n in card.networks), card.offers, card.looks_for))),
        concepts=_with_broader((term.id for term in chain(card.professions, practice)), broader),
        facets={name: tuple(values) for name, values in facets.items() if values},
        areas=tuple(dict.fromkeys(chain.from_iterable(area.around for area in card.areas))),
        points=tuple((area.latitude, area.longitude) for area in card.areas),
        principals=tuple(sorted(view.principals)),
        not_for=tuple(sorted(view.not_for)),
        newest=card.confirmed_at.toordinal() if card.confirmed_at else 0,
    )


@searchable
class Organisations:
    """Organisations' public faces."""

    index: Index = "library"
    kinds: tuple[str, ...] = ("organisation",)

    def all_keys(self) -> Iterator[str]:
        for pk in Organisation.objects.values_list("pk", flat=True).order_by("pk").iterator():
            yield f"organisation:{pk}"

    def to_documents(self, keys: Sequence[str]) -> Mapping[str, Sequence[SearchDocument]]:
        broader = _broader()
        bodies = Organisation.objects.filter(pk__in=_ids(keys)).prefetch_related("hotlines", "places__parent__parent")
        return {f"organisation:{body.pk}": [_organisation(body, broader)] for body in bodies}

    def recheck(self, keys: Sequence[str], principals: frozenset[str], language: str) -> Mapping[str, Card]:
        with override(language):
            cards = [organisation_card(body) for body in organisations_for_cards().filter(pk__in=_ids(keys))]
        return {card.key: card for card in cards}

    def by_title(self, words: Sequence[str], kinds: Sequence[str], language: str, most: int) -> Sequence[str]:
        bodies = holding(Organisation.objects.order_by("name", "pk"), "name", words)
        return [f"organisation:{pk}" for pk in bodies.values_list("pk", flat=True)[:most]]


def _organisation(body: Organisation, broader: Mapping[str, str | None]) -> SearchDocument:
    numbers = [hotline.number for hotline in body.hotlines.all()]
    places = list(body.places.all())
    facets = {
        "country": (body.country,),
        "language": tuple(body.languages),
        "organisation_type": (body.type_id,) if body.type_id else (),
    }
    return SearchDocument(
        key=f"organisation:{body.pk}",
        index="library",
        kind="organisation",
        title=body.name,
        summary=body.summary,
        body="\n".join(filter(None, (body.kind, body.city, body.services, *numbers))),
        other_names=tuple(dict.fromkeys((*body.aliases, *body.names.values()))),
        concepts=_with_broader([body.type_id] if body.type_id else [], broader),
        facets={name: values for name, values in facets.items() if any(values)},
        areas=tuple(dict.fromkeys([*_around(places), *filter(None, [body.country])])),
        points=tuple((place.latitude, place.longitude) for place in places),
        newest=body.last_confirmed.toordinal() if body.last_confirmed else 0,
    )


@searchable
class Networks:
    """Networks' public faces: never who belongs to them."""

    index: Index = "library"
    kinds: tuple[str, ...] = ("network",)

    def all_keys(self) -> Iterator[str]:
        for pk in Network.objects.values_list("pk", flat=True).order_by("pk").iterator():
            yield f"network:{pk}"

    def to_documents(self, keys: Sequence[str]) -> Mapping[str, Sequence[SearchDocument]]:
        broader = _broader()
        networks = Network.objects.filter(pk__in=_ids(keys))
        networks = networks.prefetch_related("areas__parent__parent", "professions_wanted")
        return {f"network:{network.pk}": [_network(network, broader)] for network in networks}

    def recheck(self, keys: Sequence[str], principals: frozenset[str], language: str) -> Mapping[str, Card]:
        with override(language):
            cards = [network_card(network) for network in networks_for_cards().filter(pk__in=_ids(keys))]
        return {card.key: card for card in cards}

    def by_title(self, words: Sequence[str], kinds: Sequence[str], language: str, most: int) -> Sequence[str]:
        networks = holding(Network.objects.order_by("name", "pk"), "name", words)
        return [f"network:{pk}" for pk in networks.values_list("pk", flat=True)[:most]]


def _network(network: Network, broader: Mapping[str, str | None]) -> SearchDocument:
    areas = list(network.areas.all())
    return SearchDocument(
        key=f"network:{network.pk}",
        index="library",
        kind="network",
        title=network.name,
        summary=network.purpose,
        body=network.reach_coordinators,
        concepts=_with_broader((term.pk for term in network.professions_wanted.all()), broader),
        facets={"country": tuple(dict.fromkeys(area.country for area in areas))} if areas else {},
        areas=tuple(dict.fromkeys(_around(areas))),
        points=tuple((area.latitude, area.longitude) for area in areas),
    )


def _around(places: Iterable[Place]) -> Iterator[str]:
    for place in places:
        area: Place | None = place
        while area is not None:
            yield area.pk
            area = area.parent


# What must be indexed anew when something else changes.


def _people(condition: Q) -> list[str]:
    found = as_system("index").filter(condition).values_list("public_id", flat=True).distinct()
    return [f"person:{public_id}" for public_id in found]


@depends(Practitioner)
def of_entry(entry: Any) -> list[str]:
    return [f"person:{entry.public_id}"]


@depends(Membership)
@depends(SpokenLanguage)
def of_belonging(row: Any) -> list[str]:
    return _people(Q(pk=row.practitioner_id))


@depends(Organisation)
def of_organisation(body: Any) -> list[str]:
    return [f"organisation:{body.pk}", *_people(Q(organisation=body.pk))]


@depends(Hotline)
def of_hotline(hotline: Any) -> list[str]:
    return [f"organisation:{hotline.organisation_id}"]


@depends(Network)
def of_network(network: Any) -> list[str]:
    return [f"network:{network.pk}", *_people(Q(memberships__network=network.pk))]


@depends(Term)
def of_term(term: Any) -> list[str]:
    """Labels are not indexed, what stands above a term is: it reaches all that use the term or one under it."""
    broader = _broader()
    used = [pk for pk in broader if term.pk in _with_broader([pk], broader)] or [term.pk]
    bodies = Organisation.objects.filter(type__in=used).values_list("pk", flat=True)
    networks = Network.objects.filter(professions_wanted__in=used).values_list("pk", flat=True).distinct()
    return [
        *_people(Q(terms__in=used) | Q(profession__in=used) | Q(firewall__in=used)),
        *(f"organisation:{pk}" for pk in bodies),
        *(f"network:{pk}" for pk in networks),
    ]


@depends(Place)
def of_place(place: Any) -> list[str]:
    """What lies in a place is shown as it, ranked by its middle and found by what is around it, two levels up."""
    within = Q(pk=place.pk) | Q(parent=place.pk) | Q(parent__parent=place.pk)
    places = list(Place.objects.filter(within).values_list("pk", flat=True)) or [place.pk]
    bodies = Organisation.objects.filter(places__in=places).values_list("pk", flat=True).distinct()
    networks = Network.objects.filter(areas__in=places).values_list("pk", flat=True).distinct()
    return [
        *_people(Q(areas__in=places)),
        *(f"organisation:{pk}" for pk in bodies),
        *(f"network:{pk}" for pk in networks),
    ]


def back_again(since: date, today: date) -> list[str]:
    """Whose absence ended between two days: they count as available, though nobody saved anything."""
    return _people(Q(available_until__gte=since, available_until__lt=today))


outgrown.append(back_again)
