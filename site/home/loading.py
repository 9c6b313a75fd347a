"""The page tree and everything in it, from content/: vocabulary, network, practices, in that order."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Locale, Page, Site

import network.loading
import pages.loading
import practices.loading
import vocabulary.loading
from home.models import HomePage
from pages.models import BasePage
from practices.models import CompensationIndexPage, EventIndexPage, LibraryPage
from search import indexer, outbox
from vocabulary.starter import BrokenStarterFile, read_yaml

LANGUAGES = ("en", "fr", "ru")
SECTIONS: dict[str, type[BasePage]] = {
    "library": LibraryPage,
    "compensation": CompensationIndexPage,
    "events": EventIndexPage,
}
EDITOR = "editor@example.org"
DEMO_PASSWORD = "waymark-demo-2026"  # noqa: S105 - the demo's, printed by `make run`, refused in production

Say = Callable[[str], None]


def load_everything(folder: Path, say: Say, *, demo: bool) -> None:
    """Loads all starter content; `say` is told what is under way and what came of it.

    Raises BrokenStarterFile; what was loaded before the broken file stays, nothing of that file does.
    Where the demo is refused, nothing is loaded.
    """
    if demo:
        network.loading.ensure_demo_may_be_loaded()
    with outbox.paused():
        for report in _step(say, "vocabulary and places", lambda: vocabulary.loading.load(folder / "vocabulary")):
            say(f"    {report}")
        homes = _step(say, "page tree", lambda: build_tree(folder / "home" / "tree.yaml"))
        say(f"    {_step(say, 'pages', lambda: pages.loading.load(folder / 'pages', homes))}")
        report = _step(say, "organisations and networks", lambda: network.loading.load(folder / "network", demo=demo))
        say(f"    {report}")
        say(f"    {_step(say, 'guides', lambda: practices.loading.load(folder / 'practices'))}")
        if demo:
            _step(say, "who has done it", lambda: practices.loading.load_advisers(folder / "network"))
            _step(say, "demo sign-ins", make_editor)
        _step(say, "published counts", network.loading.first_snapshot)
    _step(say, "search index", indexer.rebuild)


def _step[T](say: Say, name: str, work: Callable[[], T]) -> T:
    started = time.monotonic()
    say(f"  {name} …")
    result = work()
    if (seconds := time.monotonic() - started) > 1:
        say(f"    {seconds:.0f} s")
    return result


@transaction.atomic
def build_tree(path: Path) -> dict[str, Page]:
    """Home and section pages in each language, made where absent; returns the home page by language."""
    data = read_yaml(path)
    for name in ("home", *SECTIONS):
        for language in LANGUAGES:
            if not (data.get(name) or {}).get(language, {}).get("title"):
                raise BrokenStarterFile(path, f"{name}.{language}.title", "is missing")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    root = Page.objects.get(depth=1)
    homes: dict[str, Page] = {}
    for language in LANGUAGES:
        homes[language] = _page(HomePage, root, f"home-{language}", data["home"][language], locales[language], homes)
    for name, model in SECTIONS.items():
        translations: dict[str, Page] = {}
        for language in LANGUAGES:
            fields = data[name][language]
            parent = homes[language]
            translations[language] = _page(model, parent, fields["slug"], fields, locales[language], translations)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "site_name": settings.SITE_NAME, "root_page": homes["en"]},
    )
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    let_editors_edit()
    return homes


def let_editors_edit() -> None:
    """Editors and moderators keep the vocabulary and translate pages; Wagtail gives them pages only."""
    terms = Permission.objects.filter(codename__in=["add_term", "change_term", "view_term"])
    translating = Permission.objects.filter(codename="submit_translation")
    for group in Group.objects.filter(name__in=["Editors", "Moderators"]):
        group.permissions.add(*terms, *translating)


def _page(
    model: type[BasePage], parent: Page, slug: str, fields: dict[str, Any], locale: Locale, siblings: dict[str, Page]
) -> Page:
    """A page of the tree is made once; afterwards it is the editors'."""
    existing = model.objects.filter(locale=locale, depth=parent.depth + 1).first()
    if existing is not None:
        return existing
    page = model(slug=slug, locale=locale, **{name: value for name, value in fields.items() if name != "slug"})
    if siblings:
        page.translation_key = next(iter(siblings.values())).translation_key
        page.translation_state = BasePage.TranslationState.UNREVIEWED
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def make_editor() -> None:
    """The demo's editor: Wagtail's Editors and Moderators, no superuser."""
    if not settings.DEMO:
        return
    users = get_user_model()
    editor = users.objects.filter(email=EDITOR).first() or users.objects.create_user(EDITOR, DEMO_PASSWORD)
    users.objects.filter(pk=editor.pk).update(sample=True)
    editor.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    EmailAddress.objects.get_or_create(user=editor, email=EDITOR, defaults={"verified": True, "primary": True})


def demo_accounts() -> dict[str, Any]:
    """For the sign-in page of the demo."""
    return {"demo_sign_ins": list(sign_ins()), "demo_password": DEMO_PASSWORD}


def sign_ins() -> Iterator[tuple[str, str]]:
    """Address and what it is for, of every demo sign-in."""
    yield EDITOR, "edits the library"
    yield from network.loading.DEMO_SIGN_INS
    yield network.loading.DEMO_APPLICANT
