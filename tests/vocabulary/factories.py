"""Terms and places for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from vocabulary.models import Place, Term


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    id = factory.Sequence(lambda number: f"term-{number}")
    scheme = "method"
    labels = factory.LazyAttribute(lambda term: {"en": term.id.replace("-", " ").capitalize()})


class PlaceFactory(DjangoModelFactory):
    """A municipality large enough to be shown; give `kind` and `parent` for others."""

    class Meta:
        model = Place

    id = factory.Sequence(lambda number: f"g{number}")
    kind = "municipality"
    name = factory.Sequence(lambda number: f"Place {number}")
    country = "AL"
    population = 100_000
    latitude = 41.3
    longitude = 19.8
    labels: dict[str, Any] = factory.LazyFunction(dict)
