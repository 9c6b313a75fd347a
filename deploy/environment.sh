#!/usr/bin/env bash
# Makes .venv with exactly what requirements.lock names. Uses uv where it is present, else venv and pip.
set -euo pipefail
cd "$(dirname "$0")/.."

stop() { printf '%s\n' "$1" >&2; exit 1; }

[ -w . ] || stop "This folder cannot be written to: clone Waymark where you may write, then run make again."

find_python() {
  local each
  for each in python3.13 python3.14 python3.12 python3 python; do
    if "$each" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then echo "$each"; return; fi
  done
}

if uv --version >/dev/null 2>&1; then
  uv venv --quiet --allow-existing .venv 2>/dev/null || uv venv --quiet --allow-existing --python ">=3.12" .venv \
    || stop "Waymark needs Python 3.12 or newer, and none was found: install it from python.org, then run make again."
  echo "Installing what requirements.lock names (uv) …"
  uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock
  uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable . 2>/dev/null || true
else
  python=$(find_python)
  [ -n "$python" ] || stop "Waymark needs Python 3.12 or newer; this machine has $(python3 --version 2>/dev/null || echo none): install it from python.org, then run make again."
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  echo "Installing what requirements.lock names (pip) …"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
fi
