"""A process that has everything imported and forks the others, for starting Python takes seconds.

It reads commands from its standard input, one a line as JSON, and answers each with the process that it started. It
opens no database and no index itself.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

import django


def main(folder: Path) -> None:
    django.setup()
    import tests.attack.kills.world  # noqa: F401 - models must be loaded first, and before anybody is forked

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    print(json.dumps({"ready": os.getpid()}), flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _be(command, folder)
        print(json.dumps({"pid": pid}), flush=True)


def _be(command: dict[str, object], folder: Path) -> None:
    """Becomes one of the processes; a mistake in it is written down, for it is no kill."""
    from search.engines.base import EngineError
    from tests.attack.kills import world

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.stdin.close()
    os.dup2(2, 1)  # the nursery's answers stand alone on its output
    try:
        _act(str(command["role"]), folder, random.Random(str(command["seed"])), command)
    except BaseException as error:
        # Whoever builds an index anew is told when its server dies meanwhile.
        if command["role"] != "rebuilder" or not isinstance(error.__cause__, EngineError):
            with (folder / world.CRASHES).open("a") as file:
                file.write(f"{command['role']}: {traceback.format_exc()!r}\n")
        os._exit(1)
    os._exit(0)


def _act(role: str, folder: Path, dice: random.Random, command: dict[str, object]) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from search import follow, indexer
    from tests.attack.kills import searcher, world
    from tests.attack.kills.writer import Writer

    settings.SEARCH_INDEX_IN_WEB_PROCESS = bool(command.get("drains"))
    follow.LONGEST_PAUSE = 1.0  # a server is back within seconds here
    indexer.BATCH, indexer.KEEPS_UP_EVERY = 10, 0.02  # a small site is built in as many steps as a large one
    if role == "prepare":
        world.prepare(folder, dice)
        world.answer(folder / "answer", {"at": time.time()})
    elif role == "compare":
        world.answer(folder / "answer", world.compare(folder))
    elif role == "erase":
        world.answer(folder / "answer", world.erase_and_purge(folder / "var"))
    elif role == "writer":
        Writer(folder, dice).run()
    elif role == "indexer":
        call_command("index", follow=True)
    elif role == "rebuilder":
        call_command("index", rebuild=True)
    elif role == "searcher":
        searcher.run(folder, dice)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
