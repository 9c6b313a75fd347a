"""Who may look at a contact field: one at a time, each look counted, audited, and told to its owner."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from network.policy.redaction import visible_groups
from network.policy.visibility import LISTED

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from network.models import Practitioner

CONTACT_GROUP = "contact"
CONTACT_FIELDS: Mapping[str, "_StrPromise"] = {
    "email": _("e-mail"),
    "phone": _("phone"),
    "messenger": _("messenger"),
    "private_note": _("note on how to reach them"),
}


def may_reveal(entry: "Practitioner", principals: frozenset[str], field: str) -> bool:
    """Whether these principals may ask for this field of an entry read with `for_cards()`.

    Members only, of an entry in the directory whose contact is opened to them. Owners read their own contact on their
    own page, coordinators of a network have no more of it than its members.
    """
    return (
        field in CONTACT_FIELDS
        and "member" in principals
        and f"owner:{entry.pk}" not in principals
        and entry.status in LISTED
        and CONTACT_GROUP in visible_groups(entry, principals)
    )
