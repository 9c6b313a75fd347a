"""The page form: what a form can tell an editor before a page is saved."""

import re
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

# Words that would tell a watcher of the screen what is being read.
TELLING = re.compile(
    r"traffick|exploit|abus|victim|prostitut|\bsex|slave|begg|\bpolice|shelter|migrant|"
    r"traite|mendi|\bpolic|esclav|торгов|насил|полиц|эксплуат|жертв",
    re.IGNORECASE,
)


class TitleCheckedPageForm(WagtailAdminPageForm):
    """Refuses a tab title that tells what the page is about."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        title = cleaned.get("neutral_title") or ""
        if found := TELLING.search(title):
            self.add_error(
                "neutral_title",
                _("“%(word)s” would tell a watcher of the screen what is read. Use neutral words.")
                % {"word": found.group()},
            )
        return cleaned
