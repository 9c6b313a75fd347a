"""Every field in which somebody can say something: all of them are said something in before an erasure."""

from collections.abc import Iterable, Iterator

from django.db import models

from tests.attack.erasure.stays import STAYS
from tests.network.personal_fields import CHOICE, PERSONAL, WHEN
from tests.network.test_schema import our_fields, our_models

# In clear, and yet no words of a person's: codes and hashes.
NO_WORDS = {
    "Practitioner.corridors",
    "SpokenLanguage.language",
    "Consent.text_version",
    "Consent.audiences",
    "AuditRow.action",
    "AuditRow.network",
    "AuditRow.detail",
    "User.password",
}
# Said by people without an account, whom nobody knows, or by a network of its posts, whoever fills them.
NOBODYS = {"Enquiry.question", "PathwayStep.role", "PathwayStep.does"}
# Holds what was said elsewhere.
SECOND_HAND = {"MessageReport.body", "OutgoingMail.content"}


def for_words() -> Iterator[str]:
    """“Model.field” of what personal_fields.py says is kept of a person in words."""
    for label, model in our_models().items():
        for name, field in our_fields(model).items():
            kept = PERSONAL.get(label, {}).get(name)
            text = isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
            if text and kept is not None and kept.how not in ("public", "key") and kept not in (WHEN, CHOICE):
                yield f"{model.__name__}.{name}"


def silent(places: Iterable[str]) -> list[str]:
    """Fields in which nothing was said at these places; and what is declared to stay, though nobody says it."""
    said = {place.partition(" ")[0] for place in places}
    left_out = set(for_words()) - said - NO_WORDS - NOBODYS - SECOND_HAND
    return [f"{each}: nothing was said there" for each in sorted(left_out | (set(STAYS) - set(places)))]
