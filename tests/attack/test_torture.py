"""The long attacks: each is named where somebody looks for it, and a record replaces its own section alone."""

import importlib
from pathlib import Path

import pytest

from tests.attack.part import Record, Settings
from tests.attack.parts import PARTS, Part
from tests.attack.torture_report import Run, record

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_an_attack_that_there_is_and_the_readme_names_it(name: str) -> None:
    module, _, function = PARTS[name].attack.partition(":")

    assert callable(getattr(importlib.import_module(module), function))
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_record_replaces_the_one_of_the_same_title_and_keeps_the_others(tmp_path: Path) -> None:
    report, part = tmp_path / "torture.md", Part("Kills", "nowhere:attack", 10, "kills", {})

    def ran(title: str, told: str) -> Run:
        return Run(title, part, Settings(10, 7), Record(10, told, {"lost": ["number 3"]}), 5.0)

    for title, told in (("Kills, one", "First."), ("Kills, two", "Second."), ("Kills, one", "Third.")):
        record(ran(title, told), report)

    written = report.read_text(encoding="utf-8")
    assert "First." not in written
    assert written.index("Third.") < written.index("Second.")
    assert "10 of 10 kills" in written
    assert "seed 7" in written
    assert written.count("| lost | 1 |") == 2
