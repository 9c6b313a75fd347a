"""What has to be done every day: each room registers its own work, and `manage.py daily` does all of it.

The work of a day can be done twice or be missed: it looks at dates, never at when it last ran.
"""

from collections.abc import Callable

# Does the day's work by `network.clock`, in transactions of its own, and returns how many records it touched.
Task = Callable[[], int]

registered: dict[str, Task] = {}
# Names of tasks that come after all others.
_last: set[str] = set()


def daily_task(name: str, *, last: bool = False) -> Callable[[Task], Task]:
    """Function decorator: adds a task to every day's work under a name that the command prints; a name stands once.

    `last`: it needs what the others have done.
    """

    def register(task: Task) -> Task:
        if last:
            _last.add(name)
        if registered.setdefault(name, task) is not task:
            raise ValueError(f"Two daily tasks are called “{name}”.")
        return task

    return register


def in_order() -> list[tuple[str, Task]]:
    """The tasks of a day with their names."""
    return sorted(registered.items(), key=lambda named: named[0] in _last)
