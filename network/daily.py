"""What is done once a day: each room registers its own, `manage.py daily` calls them all."""

from collections.abc import Callable

Task = Callable[[], str]
tasks: list[Task] = []


def daily_task(task: Task) -> Task:
    """Function decorator: registers work that may run any number of times a day; it returns one line for the log."""
    tasks.append(task)
    return task
