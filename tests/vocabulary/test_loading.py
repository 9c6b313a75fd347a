"""Starter content: unchanged is updated, edited is kept, deleted stays deleted, broken loads nothing."""

import gzip
from pathlib import Path

import pytest

from vocabulary.loading import load_places, load_terms
from vocabulary.models import Place, PlaceName, Term
from vocabulary.starter import BrokenStarterFile

pytestmark = pytest.mark.django_db

TERMS = """
schemes:
  method:
    terms:
    - {id: outreach, label: {en: outreach, fr: aller-vers}, alt: {en: [field visits]}, hidden: {en: [round-up]},
       confidence: {en: seen}, definition: Going to people.}
    - {id: street-work, label: {en: street work}, broader: outreach}
"""
PLACES = """id\tkind\tname\tparent\tcountry\tpopulation\tlat\tlon\tnames
AL\tcountry\tAlbania\t\tAL\t2800000\t41.0\t20.0\tShqipëri|Албания
AL.50\tregion\tTirana County\tAL\tAL\t0\t41.3\t19.8\t
g1\tmunicipality\tTirana\tAL.50\tAL\t400000\t41.33\t19.82\tTiranë|Τίρανα
g2\tmunicipality\tVorë\tAL.50\tAL\t10000\t41.39\t19.65\tVora|Vor
"""


def written(folder: Path, text: str, name: str = "terms.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def packed(folder: Path, text: str) -> Path:
    path = folder / "places.tsv.gz"
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_terms_come_with_labels_wordings_and_broader_terms(tmp_path: Path):
    load_terms(written(tmp_path, TERMS))

    outreach = Term.objects.get(pk="outreach")
    assert outreach.label("fr") == "aller-vers"
    assert outreach.label("ru") == "outreach"
    assert outreach.wordings.get(role="hidden").text == "round-up"
    assert outreach.wordings.get(language="en", role="label").reviewed
    assert Term.objects.get(pk="street-work").broader == outreach


def test_loading_again_changes_nothing(tmp_path: Path):
    path = written(tmp_path, TERMS)
    load_terms(path)

    report = load_terms(path)

    assert (report.loaded, report.updated, report.unchanged) == (0, 0, 2)


def test_a_changed_file_updates_what_nobody_edited(tmp_path: Path):
    load_terms(written(tmp_path, TERMS))

    report = load_terms(written(tmp_path, TERMS.replace("Going to people.", "Going where people are.")))

    assert report.updated == 1
    assert Term.objects.get(pk="outreach").definition == "Going where people are."


def test_an_edited_term_is_kept_and_reported(tmp_path: Path):
    load_terms(written(tmp_path, TERMS))
    term = Term.objects.get(pk="outreach")
    term.definition = "Ours."
    term.save()

    report = load_terms(written(tmp_path, TERMS.replace("Going to people.", "Going where people are.")))

    assert report.edited == ["outreach"]
    assert Term.objects.get(pk="outreach").definition == "Ours."


def test_a_deleted_term_stays_deleted(tmp_path: Path):
    path = written(tmp_path, TERMS)
    load_terms(path)
    Term.objects.get(pk="street-work").delete()

    report = load_terms(path)

    assert report.deleted == ["street-work"]
    assert not Term.objects.filter(pk="street-work").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("method:", "methods:"), "methods"),
        (("label: {en: street work}", "label: {fr: x}"), "street-work"),
        (("broader: outreach", "broader: nowhere"), "nowhere"),
        (("id: street-work", "id: outreach"), "twice"),
        (("schemes:", "schemes: ["), "line"),
    ],
)
def test_a_broken_file_names_the_field_and_loads_nothing(tmp_path: Path, change: tuple[str, str], said: str):
    with pytest.raises(BrokenStarterFile, match=said):
        load_terms(written(tmp_path, TERMS.replace(*change)))

    assert not Term.objects.exists()


def test_places_know_what_is_around_them_and_their_names_in_other_scripts(tmp_path: Path):
    load_places(packed(tmp_path, PLACES))

    assert Place.objects.get(pk="g1").parent.parent.label("ru") == "Албания"
    assert PlaceName.objects.filter(place="g1", key="τιρανα").exists()


def test_names_of_three_letters_find_no_place(tmp_path: Path):
    load_places(packed(tmp_path, PLACES))

    assert not PlaceName.objects.filter(key="vor").exists()


def test_a_small_municipality_is_shown_as_the_area_around_it(tmp_path: Path):
    load_places(packed(tmp_path, PLACES))

    assert Place.objects.get(pk="g2").shown.pk == "AL.50"
    assert Place.objects.get(pk="g1").shown.pk == "g1"


def test_a_place_with_a_wrong_number_names_its_line(tmp_path: Path):
    with pytest.raises(BrokenStarterFile, match="line 4"):
        load_places(packed(tmp_path, PLACES.replace("41.33", "north")))

    assert not Place.objects.exists()
