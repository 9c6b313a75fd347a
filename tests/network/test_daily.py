"""The registry of every day's work."""

import pytest

from network import daily


def test_a_task_is_registered_under_its_name_and_stays_a_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "registered", {})

    @daily.daily_task("sweeping")
    def sweep() -> int:
        return 3

    assert {name: task() for name, task in daily.registered.items()} == {"sweeping": 3}
    assert sweep() == 3


def test_two_tasks_of_one_name_are_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "registered", {})
    daily.daily_task("sweeping")(lambda: 1)

    with pytest.raises(ValueError, match="sweeping"):
        daily.daily_task("sweeping")(lambda: 2)


def test_what_needs_the_others_work_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "registered", {})
    monkeypatch.setattr(daily, "_last", set())
    daily.daily_task("cleaning", last=True)(lambda: 1)
    daily.daily_task("sweeping")(lambda: 2)

    assert [name for name, _task in daily.in_order()] == ["sweeping", "cleaning"]
