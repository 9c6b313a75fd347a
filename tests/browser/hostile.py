"""Puts hostile records into a running site, in a process of its own: `python -m tests.browser.hostile`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from network.models import Organisation, Practitioner  # noqa: E402 - Django must stand before its models
from practices.models import PracticePage  # noqa: E402
from tests.attack.markup import PAYLOADS  # noqa: E402


def main() -> None:
    """Every payload as an organisation's name; some as a guide's title and summary, and as what a person offers."""
    for number, payload in enumerate(PAYLOADS):
        Organisation.objects.create(slug=f"hostile-{number}", name=payload, summary=payload, country="AL")
    guides = list(PracticePage.objects.live().filter(locale__language_code="en").order_by("pk")[:3])
    for guide, payload in zip(guides, PAYLOADS, strict=False):
        guide.title, guide.summary, guide.other_names = payload, payload, payload
        guide.save_revision().publish()
    entry = Practitioner(display_name=PAYLOADS[2][:110], offers=PAYLOADS[3], function=PAYLOADS[4], status="verified")
    for group in ("listing", "name", "post", "advice"):
        setattr(entry, f"{group}_for", "public")
    entry.save()


if __name__ == "__main__":
    main()
