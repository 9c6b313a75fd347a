"""My entry: guides its owner can advise on are chosen in the form, and their pages list the owner."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from network.models import AuditRow, Consent, Practitioner
from practices.models import GuideAdviser, PracticePage
from search.models import OutboxEntry
from tests.network.factories import NetworkFactory
from tests.network.sessions import member, session_for
from tests.network.test_own_entry import address, filled, now
from tests.practices.factories import make_guide
from tests.site_tree import make_tree

pytestmark = pytest.mark.django_db
SignIn = Callable[[Practitioner], Client]


@pytest.fixture(scope="module", autouse=True)
def tree(standing: None) -> None:
    make_tree()


@pytest.fixture
def walk() -> PracticePage:
    return make_guide()


@pytest.fixture
def shelter() -> PracticePage:
    return make_guide(title="Keep a shelter open", slug="shelter", terms={"stage": "recovery"})


def key(guide: PracticePage) -> str:
    return str(guide.translation_key)


def ticked(page: str, guide: PracticePage) -> bool:
    box = re.search(f'<input[^>]*value="{key(guide)}"[^>]*>', page)
    assert box is not None
    return " checked" in box[0]


def advises(entry: Practitioner) -> set[str]:
    return {str(each) for each in GuideAdviser.objects.filter(practitioner=entry).values_list("guide_key", flat=True)}


def save(client: Client, entry: Practitioner, *guides: PracticePage, **changes: Any) -> Any:
    return client.post(address(entry, "edit/"), filled(client, entry, guides=[key(each) for each in guides], **changes))


def test_the_owner_chooses_guides_and_unchooses_them(
    signed_in: SignIn, walk: PracticePage, shelter: PracticePage
) -> None:
    entry = member(NetworkFactory())
    client = signed_in(entry)

    save(client, entry, walk)
    assert advises(entry) == {key(walk)}
    save(client, entry, shelter)

    assert advises(entry) == {key(shelter)}


def test_the_form_lists_guides_under_their_stages_and_says_how_many_are_chosen(
    signed_in: SignIn, walk: PracticePage, shelter: PracticePage
) -> None:
    entry = member(NetworkFactory())
    GuideAdviser.objects.create(practitioner=entry, guide_key=walk.translation_key)

    page = signed_in(entry).get(address(entry, "edit/")).content.decode()

    assert "<summary>Guides you can advise on (1)</summary>" in page
    assert "<legend>Recovery</legend>" in page
    assert [ticked(page, each) for each in (walk, shelter)] == [True, False]


def test_a_form_saved_unchanged_keeps_the_guides(signed_in: SignIn, walk: PracticePage) -> None:
    entry = member(NetworkFactory())
    held = GuideAdviser.objects.create(practitioner=entry, guide_key=walk.translation_key)
    client = signed_in(entry)

    client.post(address(entry, "edit/"), filled(client, entry))

    assert GuideAdviser.objects.get() == held


def test_a_library_without_guides_asks_for_none(signed_in: SignIn) -> None:
    entry = member(NetworkFactory())
    client = signed_in(entry)

    assert "Guides you can advise on" not in client.get(address(entry, "edit/")).content.decode()
    assert client.post(address(entry, "edit/"), filled(client, entry)).status_code == 302


def test_a_guide_that_does_not_exist_is_refused_with_everything_kept(signed_in: SignIn, walk: PracticePage) -> None:
    entry = member(NetworkFactory())
    client = signed_in(entry)
    GuideAdviser.objects.create(practitioner=entry, guide_key=walk.translation_key)
    changes = filled(client, entry, offers="New words")

    for wrong in (str(uuid4()), "7", "' or 1"):
        page = client.post(address(entry, "edit/"), {**changes, "guides": [wrong]}).content.decode()

        assert "One of the guides is not in the library" in page
        assert "New words" in page
        assert (advises(entry), now(entry).offers) == ({key(walk)}, "")


def test_a_draft_cannot_be_chosen(signed_in: SignIn, walk: PracticePage) -> None:
    draft = make_guide(title="Canary draft", slug="draft", publish=False)
    entry = member(NetworkFactory())
    client = signed_in(entry)

    page = save(client, entry, draft, walk).content.decode()

    assert "One of the guides is not in the library" in page
    assert "Canary draft" not in page
    assert advises(entry) == set()


def test_a_guide_withdrawn_for_a_while_is_not_lost_by_another_edit(signed_in: SignIn, walk: PracticePage) -> None:
    entry = member(NetworkFactory())
    GuideAdviser.objects.create(practitioner=entry, guide_key=walk.translation_key)
    walk.unpublish()
    client = signed_in(entry)

    assert f"{walk.title} (not published now)" in client.get(address(entry, "edit/")).content.decode()
    client.post(address(entry, "edit/"), filled(client, entry, offers="New words"))

    assert (advises(entry), now(entry).offers) == ({key(walk)}, "New words")


def test_twelve_guides_are_the_most(signed_in: SignIn) -> None:
    guides = [make_guide(title=f"Guide {number}", slug=f"guide-{number}") for number in range(13)]
    entry = member(NetworkFactory())
    client = signed_in(entry)

    page = save(client, entry, *guides, offers="New words").content.decode()
    assert "At most twelve guides" in page
    assert "Guides you can advise on (13)" in page
    assert "New words" in page
    assert advises(entry) == set()
    save(client, entry, *guides[:12])

    assert advises(entry) == {key(each) for each in guides[:12]}


def test_a_mistake_elsewhere_in_the_form_saves_no_guide_and_loses_no_choice(
    signed_in: SignIn, walk: PracticePage
) -> None:
    entry = member(NetworkFactory())

    page = save(signed_in(entry), entry, walk, email="no address").content.decode()

    assert ticked(page, walk)
    assert advises(entry) == set()


def test_nobody_writes_the_guides_of_somebody_elses_entry(walk: PracticePage) -> None:
    network = NetworkFactory()
    entry, other = member(network), member(network)
    data = filled(session_for(entry.user), entry, guides=[key(walk)])

    assert session_for(other.user).post(address(entry, "edit/"), data).status_code == 404
    assert Client().post(address(entry, "edit/"), data).status_code == 302

    assert GuideAdviser.objects.count() == 0


@pytest.mark.parametrize("status", ["applied", "paused"])
def test_guides_are_chosen_before_acceptance_and_in_a_pause_too(
    signed_in: SignIn, walk: PracticePage, status: str
) -> None:
    entry = member(NetworkFactory(), status=status)

    save(signed_in(entry), entry, walk)

    assert advises(entry) == {key(walk)}


def test_the_preview_shows_the_guides_to_those_who_would_see_them_and_saves_nothing(
    signed_in: SignIn, walk: PracticePage
) -> None:
    entry = member(NetworkFactory(), listing_for="public", advice_for="network")

    answer = save(signed_in(entry), entry, walk, preview="1", advice_for="members")

    stranger, another, *_rest = answer.context["previews"]
    assert stranger.sections == []
    assert [[each["title"] for each in shown.context["guides"]] for shown in another.sections] == [[walk.title]]
    assert "Can advise on" in answer.content.decode()
    assert advises(entry) == set()


def test_my_entry_shows_the_guides_it_holds(signed_in: SignIn, walk: PracticePage) -> None:
    entry = member(NetworkFactory())
    GuideAdviser.objects.create(practitioner=entry, guide_key=walk.translation_key)

    assert walk.title in signed_in(entry).get(address(entry)).content.decode()


def test_choosing_guides_is_an_edit_like_any_other(signed_in: SignIn, walk: PracticePage) -> None:
    entry = member(NetworkFactory())
    OutboxEntry.objects.all().delete()

    save(signed_in(entry), entry, walk)

    row = AuditRow.objects.get()
    assert (row.action, row.detail) == ("entry edited", {"audiences changed": []})
    assert Consent.objects.count() == 0
    assert OutboxEntry.objects.filter(key=f"person:{entry.public_id}").exists()


def test_the_guides_page_lists_them_for_those_who_see_the_group_only(walk: PracticePage) -> None:
    network = NetworkFactory()
    entry, colleague, stranger = member(network, name_for="members"), member(network), member(NetworkFactory())
    save(session_for(entry.user), entry, walk, display_name="Canary Name", advice_for="network")

    assert "Canary Name" in session_for(colleague.user).get(walk.url).content.decode()
    assert "Canary Name" not in session_for(stranger.user).get(walk.url).content.decode()
    assert "Canary Name" not in Client().get(walk.url).content.decode()


def test_the_form_costs_the_same_for_many_guides(signed_in: SignIn, django_assert_max_num_queries: Any) -> None:
    guides = [make_guide(title=f"Guide {number}", slug=f"guide-{number}") for number in range(6)]
    entry = member(NetworkFactory())
    GuideAdviser.objects.bulk_create(
        GuideAdviser(practitioner=entry, guide_key=each.translation_key) for each in guides
    )
    client = signed_in(entry)
    client.get(address(entry, "edit/"))

    with django_assert_max_num_queries(24):
        client.get(address(entry, "edit/"))
