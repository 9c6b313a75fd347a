"""The process of one long attack: `python -m tests.attack.torture_child SETTINGS FILE`, started by torture.py.

Its environment is set before anything of the product is imported. The record is written to FILE as JSON.
"""

import importlib
import json
import logging
import os
import signal
import sys
import time
import traceback
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from tests.attack.part import Attack, Record, Settings


def main() -> None:
    attack, number, seed, variant, seconds = json.loads(sys.argv[1])
    logging.disable(logging.CRITICAL)  # thousands of pages that are not there are asked for on purpose
    settings = Settings(number, seed, variant, seconds, tell=_tell)

    def stop(_number: int, _frame: FrameType | None) -> None:
        settings.stopped = True

    signal.signal(signal.SIGINT, stop)
    os.environ.setdefault("MAIL_IN_WEB_PROCESS", "false")
    module, _, function = attack.partition(":")
    try:
        act: Attack = getattr(importlib.import_module(module), function)
        record = act(settings)
    except Exception:
        # What an attack asserts, and its own mistakes: both end it, and both are told.
        record = Record(0, "It broke off.", {"broken off": [traceback.format_exc()]})
    Path(sys.argv[2]).write_text(json.dumps(asdict(record)), encoding="utf-8")


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}   {line}", flush=True)


if __name__ == "__main__":
    main()
