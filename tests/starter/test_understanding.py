"""What the site's own vocabulary understands of samples of queries, and how fast."""

import time
from pathlib import Path

import pytest
from django.conf import settings

from search.evaluation import read, summaries
from search.judgements import read_queries
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


def test_understanding_is_quick():
    texts = [each.query for each in read_queries(SAMPLES / "queries_second_sample.yaml")]
    for text in texts:
        understand(text, "en")

    started = time.process_time()
    for text in texts:
        understand(text, "en")

    # 2 ms measured; a crowded machine takes longer.
    assert (time.process_time() - started) / len(texts) < 0.01
