"""The gazetteer. Only this public table has coordinates: centroids of areas, never of a person."""

from collections.abc import Sequence

from django.db import connections, models
from django.utils.translation import get_language

# An area of fewer people would point at a person: it is shown as the area around it.
SMALLEST_SHOWN_AREA = 50_000


class Place(models.Model):
    """A country, a region or a municipality. `country` is ISO 3166 alpha-2, Kosovo XK; degrees are WGS 84."""

    class Kind(models.TextChoices):
        COUNTRY = "country"
        REGION = "region"
        MUNICIPALITY = "municipality"

    id = models.CharField(primary_key=True, max_length=24)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=160)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="inside")
    country = models.CharField(max_length=2, db_index=True)
    population = models.PositiveIntegerField(default=0)
    latitude = models.FloatField()
    longitude = models.FloatField()
    labels = models.JSONField(default=dict)  # names by interface language, where they differ

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["kind", "country"])]

    def __str__(self) -> str:
        return self.label()

    def label(self, language: str | None = None) -> str:
        """The name readers of `language` (default: the current one) know, else the main name."""
        return str(self.labels.get((language or get_language() or "en").split("-")[0], self.name))

    @property
    def shown(self) -> "Place":
        """This place, or the first area around it that is large enough to name beside a person.

        A region's population is the sum of its municipalities: some regions are as small as a village.
        """
        area = self
        while area.population < SMALLEST_SHOWN_AREA and area.parent is not None:
            area = area.parent
        return area


class PlaceNameQuerySet(models.QuerySet["PlaceName"]):
    """Reads of names."""

    def beginning_with(self, beginnings: Sequence[str]) -> "PlaceNameQuerySet":
        """Names that begin with one of these, by the index of either database.

        SQLite's LIKE reads every row, so there a range of its plain order stands for it; PostgreSQL has an index for
        LIKE, and an order of its own in which such a range would say something else.
        """
        plain = connections[self.db].vendor == "sqlite"
        wanted = models.Q(pk__in=[])
        for each in beginnings:
            range_of = models.Q(key__gte=each, key__lt=f"{each}\U0010ffff")
            wanted |= range_of if plain else models.Q(key__startswith=each)
        return self.filter(wanted)


class PlaceName(models.Model):
    """A form that a place is searched by, folded as queries are."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    key = models.CharField(max_length=160, db_index=True)
    main = models.BooleanField(default=False)

    objects = PlaceNameQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key
