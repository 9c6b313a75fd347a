"""The audience that a person chose for each field group of their entry: one column a group."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.policy.audiences import GROUPS, allowed


def audience_of(group: str, label: Any) -> models.CharField:
    """A column that holds at most the widest audience the group may have."""
    return models.CharField(label, max_length=8, choices=allowed(group), default=GROUPS[group].default)


def within_widest(group: str) -> models.CheckConstraint:
    """The database refuses an audience wider than the group may have."""
    values = [value for value, _label in allowed(group)]
    return models.CheckConstraint(
        condition=models.Q(**{f"{group}_for__in": values}), name=f"entry_{group}_within_widest"
    )


class Audiences(models.Model):
    """Who may see which part of an entry. No group is ever shown wider than the listing."""

    listing_for = audience_of("listing", _("the entry itself"))
    networks_for = audience_of("networks", _("networks"))
    name_for = audience_of("name", _("name"))
    profession_for = audience_of("profession", _("profession"))
    post_for = audience_of("post", _("function and organisation"))
    area_for = audience_of("area", _("area served"))
    languages_for = audience_of("languages", _("languages"))
    practice_for = audience_of("practice", _("who and what the work is about"))
    undocumented_for = audience_of("undocumented", _("work with undocumented persons"))
    availability_for = audience_of("availability", _("availability"))
    advice_for = audience_of("advice", _("guides, offers and wishes"))
    corridors_for = audience_of("corridors", _("countries cooperated with"))
    duty_line_for = audience_of("duty_line", _("duty line"))
    badge_for = audience_of("badge", _("“verified”"))
    verification_for = audience_of("verification", _("how and when verified"))
    contact_for = audience_of("contact", _("contact"))
    open_to_authority = models.BooleanField(
        _("show to police, border, migration and consular members"),
        default=False,
        help_text=_("Work with undocumented persons and countries cooperated with stay hidden from them while off."),
    )

    class Meta:
        abstract = True
