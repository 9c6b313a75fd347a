#!/usr/bin/env bash
# `make test`: needs nothing before it. What is skipped is listed at the end with the command that would bring it.
# One process more than the machine has processors, as some tests wait for servers; four at most. Each has its own
# database and folders, in memory where there is room: they are written all the time and thrown away.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.test
room() { df -Pk "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'; } # KB
if [ -w /dev/shm ] && [ "$(room /dev/shm)" -gt 4000000 ]; then
  TMPDIR=$(mktemp -d /dev/shm/waymark-tests.XXXXXX)
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
fi
.venv/bin/python manage.py bundle
processes=$(.venv/bin/python -c 'import os; print(min(4, 1 + (os.cpu_count() or 1)))')
.venv/bin/python -m pytest --numprocesses "$processes" --no-loadscope-reorder "$@"
