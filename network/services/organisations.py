"""Organisations as people name them: found by any of their names, or taken down as a name and nothing more."""

from django.utils.text import slugify

from network.models import Organisation
from search.normalise import clean, fold


def organisation_called(written: str) -> Organisation | None:
    """The organisation of this name, or of one of its other names; None when there is none, or several."""
    form = fold(written)
    if not form:
        return None
    rows = Organisation.objects.values_list("pk", "name", "names", "aliases")
    found = {
        pk for pk, name, names, aliases in rows if form in map(fold, [name, *dict(names).values(), *map(str, aliases)])
    }
    return Organisation.objects.get(pk=found.pop()) if len(found) == 1 else None


def name_only(name: str) -> Organisation:
    """A record that says “nothing further checked”."""
    slug = slugify(name)[:80] or "organisation"
    taken = Organisation.objects.filter(slug__startswith=slug).count()
    return Organisation.objects.create(slug=f"{slug}-{taken}" if taken else slug, name=clean(name), name_only=True)
