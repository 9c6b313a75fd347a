"""Whatever changes what can be found leaves a row, and afterwards database and index agree."""

import datetime
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage
from network.lifecycle import move
from network.models import Membership, Network, Practitioner
from network.services.erasure import erase
from pages.models import StandardPage
from practices.models import EventReportPage, GuideAdviser, LibraryPage, PracticePage, Recommendation
from practices.models import RecommendationPractice as Link
from search import indexer, lexicon, outbox, state
from search.models import OutboxEntry
from search.query import SearchQuery
from search.services import search, understand
from tests.network.factories import NetworkFactory, OrganisationFactory, PractitionerFactory, term
from tests.practices.factories import make_guide, make_term
from tests.site_tree import make_site, make_tree
from tests.vocabulary.factories import PlaceFactory
from vocabulary.models import Place, Term, TermWording

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
PUBLIC = frozenset({"public"})
OPEN = {f"{group}_for": "public" for group in ("listing", "name", "profession", "area", "networks", "languages")}


@pytest.fixture(scope="module", autouse=True)
def tree(standing: None) -> None:
    make_tree()


@pytest.fixture
def guide() -> PracticePage:
    """A published guide in an index that agrees with the database."""
    page = make_guide()
    lexicon.forget()
    indexer.rebuild()
    return page


@pytest.fixture
def person() -> Practitioner:
    """An open entry in an index that agrees with the database."""
    entry = PractitionerFactory(
        networks=[NetworkFactory(name="Lantern network")],
        areas=[PlaceFactory(name="Tirana", parent=PlaceFactory(id="AL", kind="country", name="Albania"))],
        profession=term("nurse"),
        organisation=OrganisationFactory(name="Harbour house"),
        speaks=["sq"],
        **OPEN,
    )
    indexer.rebuild()
    return entry


def waiting() -> set[str]:
    return set(OutboxEntry.objects.values_list("key", flat=True))


def follows(act: Callable[[], Any], *keys: str) -> None:
    """The act puts the index out of step, notes these keys, and emptying the outbox brings it into step again."""
    OutboxEntry.objects.all().delete()
    assert not indexer.drift()

    act()

    assert indexer.drift(), "the act changed nothing that is indexed"
    assert set(keys) <= waiting()
    outbox.drain()
    assert not indexer.drift()


def found(words: str, language: str = "en") -> set[str]:
    results = search(SearchQuery(principals=PUBLIC, language=language, understood=understand(words, language)))
    return {card.title for group in results.groups for card in group.cards}


def test_publishing(guide: PracticePage):
    draft = make_guide(publish=False, title="Lantern rounds", slug="lantern")
    assert found("lantern") == set()

    follows(lambda: draft.get_latest_revision().publish(), f"practice:{draft.pk}")

    assert found("lantern") == {"Lantern rounds"}


def test_a_draft_of_a_published_page_changes_nothing(guide: PracticePage):
    guide.title = "Lantern rounds"
    guide.save_revision()

    outbox.drain()

    assert found("lantern") == set()
    assert not indexer.drift()


def test_unpublishing(guide: PracticePage):
    follows(guide.unpublish, f"practice:{guide.pk}")

    assert found("market") == set()


def test_a_scheduled_publication(guide: PracticePage):
    draft = make_guide(publish=False, title="Lantern rounds", slug="lantern")
    draft.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    draft.save_revision().publish()
    outbox.drain()
    assert found("lantern") == set()
    past = timezone.now() - datetime.timedelta(minutes=1)
    revision = draft.get_latest_revision()
    revision.content["go_live_at"], revision.approved_go_live_at = past.isoformat(), past
    revision.save()

    follows(lambda: call_command("publish_scheduled", stdout=StringIO()), f"practice:{draft.pk}")

    assert found("lantern") == {"Lantern rounds"}


def test_a_scheduled_end(guide: PracticePage):
    PracticePage.objects.filter(pk=guide.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))

    follows(lambda: call_command("publish_scheduled", stdout=StringIO()), f"practice:{guide.pk}")

    assert found("market") == set()


def test_moving_a_branch_behind_a_door_hides_what_is_below(guide: PracticePage):
    home = HomePage.objects.get(locale=guide.locale)
    room = home.add_child(instance=StandardPage(title="Members' room", slug="room", neutral_title="Room"))
    PageViewRestriction.objects.create(page=room, restriction_type=PageViewRestriction.LOGIN)
    library = LibraryPage.objects.get(locale=guide.locale)
    outbox.drain()

    follows(lambda: Page.objects.get(pk=library.pk).move(room, pos="last-child"), f"practice:{guide.pk}")

    assert found("market") == set()


def test_moving_a_branch_in_front_of_the_door_shows_it_again(guide: PracticePage):
    home = HomePage.objects.get(locale=guide.locale)
    room = home.add_child(instance=StandardPage(title="Members' room", slug="room", neutral_title="Room"))
    PageViewRestriction.objects.create(page=room, restriction_type=PageViewRestriction.LOGIN)
    library = Page.objects.get(pk=LibraryPage.objects.get(locale=guide.locale).pk)
    library.move(room, pos="last-child")
    outbox.drain()

    follows(
        lambda: Page.objects.get(pk=library.pk).move(Page.objects.get(pk=home.pk), pos="last-child"),
        f"practice:{guide.pk}",
    )

    assert found("market") == {guide.title}


def test_a_door_that_is_set_or_taken_away(guide: PracticePage):
    library = LibraryPage.objects.get(locale=guide.locale)
    door = PageViewRestriction(page=library, restriction_type=PageViewRestriction.LOGIN)

    follows(door.save, f"practice:{guide.pk}")
    assert found("market") == set()

    follows(door.delete, f"practice:{guide.pk}")
    assert found("market") == {guide.title}


def test_a_page_behind_a_new_door_is_not_shown_even_before_the_index_knows(guide: PracticePage):
    library = LibraryPage.objects.get(locale=guide.locale)

    PageViewRestriction.objects.create(page=library, restriction_type=PageViewRestriction.LOGIN)

    assert found("market") == set()


def test_a_new_slug_of_a_branch_leads_to_the_new_addresses(guide: PracticePage):
    library = LibraryPage.objects.get(locale=guide.locale)
    library.slug = "methods"

    library.save_revision().publish()

    results = search(SearchQuery(principals=PUBLIC, language="en", understood=understand("market", "en")))
    assert [card.url for group in results.groups for card in group.cards] == ["/en/methods/walk-the-market/"]
    outbox.drain()
    assert not indexer.drift()


def test_a_new_title(guide: PracticePage):
    guide.title = "Lantern rounds"

    follows(guide.save_revision().publish, f"practice:{guide.pk}")

    assert found("lantern") == {"Lantern rounds"}


def test_deleting_a_branch_deletes_what_is_below(guide: PracticePage):
    library = LibraryPage.objects.get(locale=guide.locale)

    follows(library.delete, f"practice:{guide.pk}")

    assert found("market") == set()


def test_going_back_to_an_earlier_version(guide: PracticePage):
    before = guide.get_latest_revision() or guide.save_revision()
    guide.title = "Lantern rounds"
    guide.save_revision().publish()
    outbox.drain()

    follows(before.publish, f"practice:{guide.pk}")

    assert found("lantern") == set()
    assert found("market")


def test_publishing_again_what_was_unpublished(guide: PracticePage):
    guide.unpublish()
    outbox.drain()

    follows(guide.get_latest_revision().publish, f"practice:{guide.pk}")

    assert found("market") == {guide.title}


def test_a_translation_takes_the_place_of_the_original_for_its_readers(guide: PracticePage):
    assert found("market", "fr") == {guide.title}
    french = guide.copy_for_translation(Locale.objects.get(language_code="fr"))
    outbox.drain()
    assert not indexer.drift()
    french.title = "Le marché avant l'aube"

    follows(french.save_revision().publish, f"practice:{guide.pk}", f"practice:{french.pk}")

    assert found("marché", "fr") == {french.title}


def test_a_term_that_moves_in_the_vocabulary_reaches_every_document_that_carries_it(guide: PracticePage):
    person = PractitionerFactory(networks=[NetworkFactory()], terms=[Term.objects.get(pk="street-work")])
    network = NetworkFactory()
    network.professions_wanted.add(Term.objects.get(pk="social-worker"))
    event = _event_about(guide)
    outbox.drain()
    work, profession = Term.objects.get(pk="street-work"), Term.objects.get(pk="social-worker")

    work.broader = make_term("method", "outreach")
    follows(work.save, f"practice:{guide.pk}", f"person:{person.public_id}", f"event:{event.pk}")

    profession.broader = make_term("profession", "care")
    follows(profession.save, f"practice:{guide.pk}", f"network:{network.pk}")


def test_a_term_above_moves_with_all_that_is_below_it(guide: PracticePage):
    above = make_term("method", "outreach")
    street = Term.objects.get(pk="street-work")
    street.broader = above
    street.save()
    outbox.drain()

    above.broader = make_term("method", "meeting-people")

    follows(above.save, f"practice:{guide.pk}")


def test_what_compensation_is_about_moves_with_the_vocabulary(db: None):
    site = make_site()
    redress = make_term("stage", "redress")
    indexer.rebuild()
    redress.broader = make_term("stage", "after")

    follows(redress.save, f"compensation:{site['CompensationPage'].pk}")


def test_a_new_wording_makes_every_process_read_its_words_again(guide: PracticePage):
    before = state.read().stamp
    street = Term.objects.get(pk="street-work")

    street.wordings.add(TermWording(language="en", role="alternate", text="pavement talks"))
    street.save()

    assert state.read().stamp != before
    assert found("pavement talks") == {guide.title}


def test_a_guide_changes_the_events_that_recommend_it(guide: PracticePage):
    event = _event_about(guide)
    outbox.drain()
    guide.terms.add(make_term("method", "home-visits"))

    follows(guide.save_revision().publish, f"event:{event.pk}")


def test_a_recommendation_changes_its_event(guide: PracticePage):
    event = _event_about(guide)
    outbox.drain()
    recommendation = Recommendation.objects.get(event=event)
    recommendation.text = "Light a lantern"

    follows(recommendation.save, f"event:{event.pk}")
    follows(Link.objects.get(recommendation=recommendation).delete, f"event:{event.pk}")


def _event_about(guide: PracticePage) -> EventReportPage:
    events = Page.objects.get(slug="events", locale=guide.locale)
    event = events.add_child(
        instance=EventReportPage(title="A meeting", slug="met", neutral_title="E", date=datetime.date(2006, 10, 3))
    )
    Link.objects.create(
        recommendation=Recommendation.objects.create(event=event, text="Walk", sort_order=0), practice=guide
    )
    return event


def key(person: Practitioner) -> str:
    return f"person:{person.public_id}"


def test_a_new_member(person: Practitioner):
    follows(lambda: PractitionerFactory(networks=[NetworkFactory()], **OPEN))


@pytest.mark.parametrize("audience", ["members", "network"])
def test_another_audience(person: Practitioner, audience: str):
    person.name_for = audience

    follows(person.save, key(person))


def test_a_membership_that_ends_and_a_new_one(person: Practitioner):
    membership = person.memberships.get()
    membership.ended = datetime.date(2026, 1, 1)
    follows(membership.save, key(person))

    follows(lambda: Membership.objects.create(practitioner=person, network=NetworkFactory()), key(person))


def test_what_is_written_to_many_rows_at_once(person: Practitioner):
    follows(lambda: person.memberships.filter(ended=None).update(ended=datetime.date(2026, 1, 1)), key(person))
    follows(
        lambda: Practitioner.objects.in_directory(PUBLIC).filter(pk=person.pk).update(status="suspended"), key(person)
    )


def test_a_page_that_is_unpublished_as_a_page_only(guide: PracticePage):
    french = guide.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.save_revision().publish()
    outbox.drain()

    follows(Page.objects.get(pk=french.pk).unpublish, f"practice:{guide.pk}", f"practice:{french.pk}")

    assert found("market", "fr") == {guide.title}


def test_a_step_in_the_life_of_an_entry(person: Practitioner):
    follows(lambda: move(person, "paused", actor="test"), key(person))


def test_a_language_and_a_term(person: Practitioner):
    follows(lambda: person.languages.create(language="el"), key(person))
    follows(lambda: person.terms.add(term("street-work", "method")), key(person))
    follows(lambda: person.terms.clear(), key(person))


def test_a_network_and_an_organisation_that_are_called_otherwise(person: Practitioner):
    network, body = Network.objects.get(name="Lantern network"), person.organisation
    network.name = "Beacon network"
    follows(network.save, key(person), f"network:{network.pk}")

    assert body is not None
    body.name = "Beacon house"
    follows(body.save, key(person), f"organisation:{body.pk}")


def test_a_place_that_moves_changes_all_that_serve_it(person: Practitioner):
    body, network = OrganisationFactory(), NetworkFactory()
    town, country = Place.objects.get(name="Tirana"), Place.objects.get(pk="AL")
    body.places.add(town)
    network.areas.add(town)
    outbox.drain()
    town.latitude = 42.5
    follows(town.save, key(person), f"organisation:{body.pk}", f"network:{network.pk}")

    country.parent = PlaceFactory(id="EU", kind="country", name="Europe")
    follows(country.save, key(person), f"organisation:{body.pk}", f"network:{network.pk}")


def test_an_adviser_changes_no_document(person: Practitioner, guide: PracticePage):
    """Who can advise is read from the database, at every look, through the policy: no index holds it."""
    OutboxEntry.objects.all().delete()

    advice = GuideAdviser.objects.create(guide_key=guide.translation_key, practitioner=person)
    assert not indexer.drift()

    advice.delete()
    assert not indexer.drift()


def test_an_erased_entry_leaves_with_all_its_views(person: Practitioner):
    person.name_for = "network"
    person.save()
    outbox.drain()
    assert len([each for each, _ in indexer.targets.of_engine().engine.fingerprints() if each == key(person)]) > 1

    follows(lambda: erase(entry=person, actor="test"), key(person))

    assert not [each for each, _ in indexer.targets.of_engine().engine.fingerprints() if each == key(person)]


def test_an_absence_that_is_over(person: Practitioner):
    today = timezone.localdate()
    person.availability, person.available_until = "away", today - datetime.timedelta(days=1)
    person.save()
    indexer.rebuild()
    # As the index was made on the last day of the absence.
    held = indexer.documents_of([key(person)])[key(person)]
    before = [each.__replace__(facets={**each.facets, "availability": ("away",)}) for each in held]
    indexer.targets.of_engine().engine.replace({key(person): before})
    state.change(day=today - datetime.timedelta(days=1))
    assert indexer.drift()

    outbox.drain()

    assert not indexer.drift()


def test_a_rollback_leaves_no_row(guide: PracticePage, person: Practitioner):
    OutboxEntry.objects.all().delete()

    with transaction.atomic():
        guide.unpublish()
        person.delete()
        transaction.set_rollback(True)

    assert waiting() == set()
    assert not indexer.drift()
