"""What every template may use without a query: navigation, languages, the demo mark, the help panel's name."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

OWN_NAMES = {"en": "English", "fr": "Français", "ru": "Русский"}


def current_language() -> str:
    """The reader's interface language: en, fr or ru."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return language if language in OWN_NAMES else settings.LANGUAGE_CODE


def languages(path: str, known: dict[str, str] | None = None) -> list[dict[str, object]]:
    """The same address in each language; `known` gives those of a page with translations of its own."""
    current, rest = current_language(), path.split("/", 2)[-1] if path.count("/") >= 2 else ""
    prefixed = path.split("/")[1:2] == [current]
    return [
        {
            "code": code,
            "name": name,
            "url": (known or {}).get(code) or (f"/{code}/{rest}" if prefixed and known is None else f"/{code}/"),
            "current": code == current,
        }
        for code, name in OWN_NAMES.items()
    ]


def site(request: HttpRequest) -> dict[str, object]:
    """The context processor; the CMS has names of its own, which these would overwrite."""
    if request.path.startswith("/cms/"):
        return {}
    home = f"/{current_language()}/"
    nav = [
        {"title": _("Practices"), "url": f"{home}practices/"},
        {"title": _("People"), "url": reverse("network:people")},
        {"title": _("Networks"), "url": reverse("network:networks")},
        {"title": _("Organisations"), "url": reverse("network:organisations")},
        {"title": _("Compensation"), "url": f"{home}compensation/"},
        {"title": _("Events"), "url": f"{home}events/"},
    ]
    footer = [
        {"title": _("Across a border"), "url": f"{home}corridors/"},
        {"title": _("Who is missing where"), "url": f"{home}gaps/"},
        {"title": _("About Waymark"), "url": f"{home}about/"},
        {"title": _("Reading the evidence"), "url": f"{home}evidence/"},
        {"title": _("Staying safe on this site"), "url": f"{home}staying-safe/"},
        {"title": _("Privacy"), "url": f"{home}privacy/"},
        {"title": _("Accessibility"), "url": f"{home}accessibility/"},
        {"title": _("Join a network"), "url": reverse("network:join")},
    ]
    question = request.GET.copy()
    question.pop("page", None)
    asked = f"?{question.urlencode()}" if question else ""
    return {
        "demo": settings.DEMO,
        "help_panel": settings.HELP_PANEL,
        "save_search": settings.SAVE_SEARCH,
        "languages": [{**each, "url": f"{each['url']}{asked}"} for each in languages(request.path)],
        "home_url": home,
        "search_url": reverse("search:search"),
        "nav": [{**each, "current": request.path.startswith(str(each["url"]))} for each in nav],
        "footer_links": footer,
    }
