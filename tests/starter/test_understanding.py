"""What the site's own vocabulary understands of samples of queries, and with how much work."""

import random
import string
from pathlib import Path

import pytest
from django.conf import settings

from search.evaluation import read, summaries
from search.judgements import read_queries
from search.repair import MOST_BENDING, MOST_TRIED
from search.spelling import Speller
from search.understanding import understand

pytestmark = pytest.mark.django_db

SAMPLES = Path(settings.ROOT) / "tests" / "search"


@pytest.mark.parametrize("sample", ["queries_held_out.yaml", "queries_second_sample.yaml", "queries_third_sample.yaml"])
def test_nine_of_ten_concepts_that_readers_mean_are_understood(sample: str):
    found = summaries(read(read_queries(SAMPLES / sample)))["all"]

    assert found.recall >= 0.9
    assert found.precision >= 0.65


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tirana", "en"),
        ("Elbasan Shkodër", "en"),
        ("Ioannina lawyer", "en"),
        ("wombat husbandry for beginners", "en"),
        ("Maria Kowalczyk", "en"),
        ("the and of with", "en"),
        ("2011/36/EU", "en"),
    ],
)
def test_names_and_other_fields_are_not_corrected(text: str, language: str):
    assert understand(text, language).corrections == ()


@pytest.mark.parametrize(
    "text", ["a plant near the flat", "flight over a plate", "time in practice", "wave after wave", "angle of attack"]
)
def test_ordinary_words_are_no_villages(text: str):
    assert understand(text, "en").places == ()


@pytest.mark.parametrize("letters", [1, 2, 5, 8, 12, 200])
def test_nonsense_is_given_up_soon(letters: int, monkeypatch: pytest.MonkeyPatch):
    """However many unknown words there are, only so many are looked up among the known ones."""
    chance, looked_up = random.Random(letters), []
    nearest = Speller.nearest
    monkeypatch.setattr(Speller, "nearest", lambda *given, **more: looked_up.append(given) or nearest(*given, **more))

    words = ["".join(chance.choices(string.ascii_lowercase, k=letters)) for _ in range(200 // letters)]
    understand(" ".join(words), "en")

    assert len(looked_up) <= MOST_TRIED * (1 + MOST_BENDING)


def test_understanding_asks_the_database_whether_anything_changed_and_for_places_before_and_after_correcting(
    django_assert_max_num_queries,
):
    texts = [each.query for each in read_queries(SAMPLES / "queries_second_sample.yaml")]
    understand("guardian gaurdian", "en")

    for text in texts:
        with django_assert_max_num_queries(3):
            understand(text, "en")
