"""Starter organisations and sample networks."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db.models import Field, Model
from django.utils import timezone

from network.models import Hotline, Network, Organisation
from vocabulary.models import Place, StarterRecord, Term
from vocabulary.starter import BrokenStarterFile, Loader, Report, read_yaml

ORGANISATION_FIELDS = (
    "name", "names", "aliases", "type_id", "kind", "country", "city", "website", "website_seen", "contact",
    "languages", "summary", "services", "seen", "source", "sample", "name_only",
)  # fmt: skip
NETWORK_FIELDS = ("name", "kind", "purpose", "reach_coordinators", "sample")


def known(model: Any, path: Path, wanted: Iterable[tuple[str, str]]) -> None:
    """Refuses a file that names a record that is not there; `wanted` are (where, id)."""
    pairs = [(where, each) for where, each in wanted if each]
    found = set(model.objects.filter(pk__in={each for _where, each in pairs}).values_list("pk", flat=True))
    for where, each in pairs:
        if each not in found:
            raise BrokenStarterFile(path, where, f"nothing is called “{each}”")


def column(record: Model, attribute: str) -> Field[Any, Any]:
    """The column behind an attribute: `type_id` is the column `type`."""
    field = record._meta.get_field(attribute.removesuffix("_id"))
    assert isinstance(field, Field)
    return field


def load_organisations(path: Path, report: Report, *, sample: bool) -> None:
    """Organisations with their hotlines."""
    entries = read_yaml(path) or []
    for number, entry in enumerate(entries, start=1):
        if not entry.get("slug") or not entry.get("name"):
            raise BrokenStarterFile(path, f"organisation {number}", "slug and name are needed")
    known(Term, path, ((f"{entry['slug']}.type", entry.get("type") or "") for entry in entries))
    known(Place, path, ((f"{entry['slug']}.places", each) for entry in entries for each in entry.get("places") or []))
    there = {body.slug: body for body in Organisation.objects.prefetch_related("hotlines", "places")}
    loader = Loader("organisation", there.get, organisation_fingerprint, report)
    for entry in entries:
        data = {**entry, "sample": sample}
        loader.sync(entry["slug"], data, partial(_save_organisation, data=data))


def _save_organisation(body: Organisation | None, data: Mapping[str, Any]) -> Organisation:
    body = body or Organisation(slug=data["slug"])
    renamed = {"type_id": "type", "kind": "kind_text"}
    for field in ORGANISATION_FIELDS:
        value = data.get(renamed.get(field, field))
        default = column(body, field).get_default()
        setattr(body, field, default if value is None else value)
    body.save()
    body.places.set(data.get("places") or [])
    body.hotlines.all().delete()
    Hotline.objects.bulk_create(
        Hotline(
            organisation=body,
            number=line["number"],
            country=line["country"],
            audience=line.get("audience") or Hotline.Audience.GENERAL,
            languages=line.get("languages") or [],
            from_abroad=bool(line.get("from_abroad")),
            # Numbers come from public pages of differing age; nobody asked the operator.
            checked=False,
            seen="; ".join(filter(None, (data.get("hotline_seen"), line.get("checked")))),
        )
        for line in (data.get("hotline"), *(data.get("more_hotlines") or []))
        if line
    )
    return Organisation.objects.prefetch_related("hotlines", "places").get(pk=body.pk)


def organisation_fingerprint(body: Organisation) -> object:
    """What an editor could have changed."""
    fields = [getattr(body, field) for field in ORGANISATION_FIELDS]
    lines = [
        [line.number, line.country, line.audience, line.languages, line.from_abroad, line.checked, line.seen]
        for line in body.hotlines.all()
    ]
    return [*fields, str(body.last_confirmed), lines, sorted(place.pk for place in body.places.all())]


def ensure_name_only(slug: str, name: str, country: str = "") -> Organisation | None:
    """A real body of which only the name is known; None when it was deleted here before."""
    body = Organisation.objects.filter(slug=slug).first()
    key = f"organisation:{slug}"
    if body is not None or StarterRecord.objects.filter(key=key).exists():
        return body
    body = Organisation.objects.create(slug=slug, name=name, country=country or "", name_only=True)
    StarterRecord.objects.create(key=key, source_hash="", record_hash="")
    return body


def load_networks(path: Path, report: Report) -> None:
    """Sample networks; a partnership stands when both files' entries name each other."""
    entries = read_yaml(path) or []
    by_slug = {entry["slug"]: entry for entry in entries}
    known(Place, path, ((f"{entry['slug']}.areas", each) for entry in entries for each in entry["areas"]))
    wanted = (
        (f"{entry['slug']}.professions_wanted", each) for entry in entries for each in entry["professions_wanted"]
    )
    known(Term, path, wanted)
    for entry in entries:
        for partner in entry.get("partners") or []:
            if entry["slug"] not in (by_slug.get(partner, {}).get("partners") or []):
                raise BrokenStarterFile(path, f"{entry['slug']}.partners", f"“{partner}” does not agree")
    prefetched = Network.objects.prefetch_related("areas", "professions_wanted")
    there = {network.slug: network for network in prefetched}
    loader = Loader("network", there.get, _network_fingerprint, report)
    loaded = {slug: loader.sync(slug, entry, partial(_save_network, data=entry)) for slug, entry in by_slug.items()}
    for slug, network in loaded.items():
        if network is not None and slug not in there:
            network.partners.add(*(loaded[each] for each in by_slug[slug].get("partners") or [] if loaded[each]))


def _save_network(network: Network | None, data: Mapping[str, Any]) -> Network:
    new = network is None
    network = network or Network(slug=data["slug"])
    for field in NETWORK_FIELDS:
        setattr(network, field, True if field == "sample" else data.get(field) or "")
    network.save()
    network.areas.set(data["areas"])
    network.professions_wanted.set(data["professions_wanted"])
    if new:
        _bring_to_life(network, data)
    return network


def _bring_to_life(network: Network, data: Mapping[str, Any]) -> None:
    """What its members find on its page: dates count from the day of loading."""
    now = timezone.now()
    for meeting in data.get("meetings") or []:
        starts = (now + timedelta(days=meeting["in_days"])).replace(hour=15, minute=0, second=0, microsecond=0)
        network.meetings.create(title=meeting["title"], starts=starts, online=meeting.get("online", False))
    for document in data.get("documents") or []:
        network.documents.create(**document)
    for position, step in enumerate(data.get("pathway") or [], start=1):
        network.pathway.create(position=position, stage_id=step["stage"], role=step["role"], does=step["does"])
    for years_ago, answers in enumerate(data.get("reviews") or []):
        review = network.reviews.create(year=now.year - years_ago)
        for topic, answer in answers.items():
            due = now.date() + timedelta(days=answer["due_in_days"]) if "due_in_days" in answer else None
            told = {name: answer[name] for name in ("state", "gap", "owner") if name in answer}
            review.answers.create(topic=topic, due=due, **told)


def _network_fingerprint(network: Network) -> object:
    terms = sorted(term.pk for term in network.professions_wanted.all())
    return [[getattr(network, field) for field in NETWORK_FIELDS], sorted(p.pk for p in network.areas.all()), terms]
