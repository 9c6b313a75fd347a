"""What a person agrees to. A changed text gets a new version; what was agreed to is kept with its version."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from network.models import Consent, Practitioner
from network.policy import GROUPS

VERSION = "2026-11"
TEXT: Sequence[Any] = (
    _("I am at least 18 years old, and what I write here is about myself and true."),
    _("Two coordinators of the network, of different organisations, read this application to check who I am; where too "
      "few are left, coordinators of another network stand in. Members whom I name to vouch for me read it too. What I "
      "give as proof is deleted when they have decided; that somebody has seen it, and when, stays."),
    _("Once I am accepted, each part of my entry is shown to those whom I have chosen below, and I can change that at "
      "any time. Nobody gets my contact details before I open them: messages come through this site."),
    _("Each year I am asked whether my entry still holds. If I do not answer it is hidden, and erased half a year "
      "later. I can pause it, take all of my data with me, or have it erased whenever I want."),
    _("I write no case data on this site: no names, no stories, nothing that points to a person whom I help."),
)  # fmt: skip


def give(entry: Practitioner, audiences: Mapping[str, str], *, at: Any) -> Consent:
    """Keeps what was agreed to now: the version and the audience of each field group."""
    chosen = {group: audiences.get(group, GROUPS[group].default) for group in GROUPS}
    return Consent.objects.create(practitioner=entry, text_version=VERSION, given_at=at, audiences=chosen)
