#!/usr/bin/env bash
# `make test`: needs nothing before it. What is skipped is listed at the end with the command that would bring it.
# One process more than the machine has processors, as some tests wait for servers; four at most. Each has its own
# database and folders.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.test
.venv/bin/python manage.py bundle
processes=$(.venv/bin/python -c 'import os; print(min(4, 1 + (os.cpu_count() or 1)))')
exec .venv/bin/python -m pytest --numprocesses "$processes" --no-loadscope-reorder "$@"
