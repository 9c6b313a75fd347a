"""Every address of the CMS: no entry of the directory stands on any of them, whoever looks.

Each pattern under /cms/ is filled with what there is of its kind: by its room and the name of its argument, else by the
name alone. A pattern that nobody fills fails.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, Revision, Site, Task, Workflow

from accounts.models import User
from practices.models import PracticePage
from tests.attack.crawl import NoProvider
from tests.attack.oracle import Looker
from tests.attack.world import Viewer, World
from tests.network.factories import UserFactory
from vocabulary.models import Term

# Every list that can be searched or asked for as a file, with the beginning that all tokens have.
QUESTIONS = (
    *(
        f"/cms/{room}?q=zq"
        for room in ("pages/search/", "pages/search/results/", "choose-page/search/", "users/", "users/results/")
    ),
    *(f"/cms/{room}?q=zq" for room in ("images/", "documents/", "snippets/vocabulary/term/", "groups/")),
    *(f"/cms/{room}?q=looker" for room in ("users/", "users/results/", "pages/search/")),
    *(
        f"/cms/reports/{report}/?export=csv"
        for report in ("site-history", "locked", "workflow", "workflow_tasks", "aging-pages", "page-types-usage")
    ),
    *(f"/cms/{room}?export=csv" for room in ("users/", "redirects/", "snippets/vocabulary/term/")),
    "/cms/api/main/pages/?fields=*&limit=20",
    "/cms/api/main/pages/?search=zq",
)
# Wagtail's own tries of an error page, and where a session ends: what they do is not asked for here.
LEFT_OUT = re.compile(r"test404|failwhale|logout|delete|\.\*")
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)|\((?!\?)[^)]*\)")


def providers() -> Mapping[str, Sequence[object]]:
    """What to try for an argument: by `<room>:<name>`, or by the name alone."""
    guide = PracticePage.objects.get()
    pages = [guide.pk, *Page.objects.order_by("-pk").values_list("pk", flat=True)[:3]]
    accounts = [*User.objects.with_cms_role().order_by("-pk").values_list("pk", flat=True)[:3], *_some(User)]
    revisions = Revision.page_revisions.filter(object_id=str(guide.pk)).values_list("pk", flat=True)
    tried: Sequence[tuple[Sequence[object], Sequence[str]]] = (
        (pages, ("page_id", "parent_page_id", "page_to_move_id", "page_pk", "destination_id")),
        (pages, ("wagtailadmin_api:pages:pk", "wagtailadmin_pages:pk")),
        (list(revisions), ("revision_id", "revision_id_a", "revision_id_b")),
        (accounts, ("wagtailusers_users:pk",)),
        (_some(Group), ("wagtailusers_groups:pk",)),
        (_some(Site), ("wagtailsites:pk", "wagtailsettings:pk")),
        (_some(Locale), ("wagtaillocales:pk",)),
        (_some(Collection), ("wagtailadmin_collections:pk", "collection_id")),
        (_some(Workflow), ("wagtailadmin_workflows:pk", "workflow_pk", "workflow_state_id")),
        (_some(Task), ("task_id", "task_state_id")),
        (_some(Term), ("wagtailsnippets_vocabulary_term:pk", "wagtailsnippetchoosers_vocabulary_term:pk")),
        (_some(Term), ("simple_translation:pk",)),
        (_some(get_image_model()), ("image_id", "wagtailadmin_api:images:pk", "wagtailimages_chooser:pk")),
        (_some(get_document_model()), ("document_id", "doc_id")),
        (_some(get_document_model()), ("wagtailadmin_api:documents:pk", "wagtaildocs_chooser:pk")),
        ([1], ("uploaded_file_id", "redirect_id", "session_id", "restriction_id", "object_id", "")),
        (["network", "accounts", "practices"], ("app_label", "app_name", "content_type_app_name")),
        (["practitioner", "user", "practicepage"], ("model_name", "content_type_model_name")),
        (["wagtailcore"], ("wagtailadmin_workflows:app_label",)),
        (["groupapprovaltask", "task"], ("wagtailadmin_workflows:model_name",)),
        (["delete", "assign_role", "set_active_state"], ("action",)),
        (["approve", "reject"], ("action_name", "wagtailadmin_api:pages:action_name")),
        (["original"], ("filter_spec",)),
        (["forged"], ("uidb64", "token")),
    )
    return {name: values or [1] for values, names in tried for name in names}


def _some(model: Any) -> list[object]:
    return list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:3])


def addresses() -> list[str]:
    """Every address under /cms/, each argument filled."""
    known = providers()
    return [
        address
        for route, space in _patterns(get_resolver(), "", "")
        if not LEFT_OUT.search(route)
        for address in _filled(f"/{route}", space, known)
    ]


def _patterns(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str]]:
    """(route, its room) of every pattern under /cms/."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver) and route.startswith("cms/"):
            yield from _patterns(each, route, ":".join(filter(None, (space, each.namespace))))
        elif isinstance(each, URLPattern) and route.startswith("cms/"):
            yield route, space


def _filled(route: str, space: str, known: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """As often as the argument with the most values has them; the others begin anew."""
    wanted = [found.group(2) or found.group(3) or "" for found in ARGUMENT.finditer(route)]
    missing = [name for name in wanted if f"{space}:{name}" not in known and name not in known]
    if missing:
        raise NoProvider(f"{route} ({space}): nobody says what to try for {', '.join(missing)}")
    values = [known.get(f"{space}:{name}", known.get(name, ())) for name in wanted]
    for turn in range(max(map(len, values), default=1)):
        filled = route
        for each in values:
            filled = ARGUMENT.sub(str(each[turn % len(each)]), filled, count=1)
        yield re.sub(r"[\^$\\]", "", filled)


def viewers(world: World) -> dict[str, Viewer]:
    """Those of the world who may try, and those who do get in: none of them may meet an entry here."""
    editors = Group.objects.filter(name__in=["Editors", "Moderators"])
    editor, chief = UserFactory(), UserFactory(is_staff=True, is_superuser=True)
    member = world.viewers["member of A"].user
    coordinator = world.viewers["coordinator of A"].user
    for each in (editor, member, coordinator):
        assert each is not None
        each.groups.set(editors)
    return {
        "anonymous": Viewer(Looker("anonymous")),
        "a member": world.viewers["member of B"],
        "a coordinator": world.viewers["coordinator of B"],
        "an editor": Viewer(Looker("an editor"), editor),
        "a member who edits": world.viewers["member of A"],
        "a coordinator who edits": world.viewers["coordinator of A"],
        "the superuser": Viewer(Looker("the superuser"), chief),
    }
