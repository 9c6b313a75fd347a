#!/usr/bin/env bash
# `make test`: needs nothing before it. What is skipped is listed at the end with the command that would bring it.
# As many processes as the machine has processors, four at most: each has its own database and folders.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.test
.venv/bin/python manage.py bundle
exec .venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --no-loadscope-reorder "$@"
