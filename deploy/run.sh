#!/usr/bin/env bash
# `make run`: database, starter content, index, then the site. Run again, it starts in seconds and keeps what was edited.
set -euo pipefail
cd "$(dirname "$0")/.."
port=$1 mode=${2:-run} python=.venv/bin/python
export PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-config.settings.dev}
export WAYMARK_ADDRESS=http://localhost:$port
var=${WAYMARK_VAR:-var}

stop() { printf '%s\n' "$1" >&2; exit 1; }

case $port in ''|*[!0-9]*|??????*) port=0;; esac
[ "$port" -ge 1 ] && [ "$port" -le 65535 ] || stop "PORT must be a number from 1 to 65535, for example: make run PORT=8001"
mkdir -p "$var/bundle" "$var/static" 2>/dev/null && [ -w "$var" ] || stop "$var cannot be written to: give yourself permission, then run make again."
$python - "$port" <<'PY' || stop "Port $port is taken: stop what uses it, or choose another with make run PORT=$((port + 1))."
import socket, sys
with socket.socket() as door:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PY

$python manage.py prepare
if [ "$mode" = dev ]; then exec $python manage.py runserver "127.0.0.1:$port"; fi
exec .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$port" --workers 1 --blocking-threads 4 \
  --backpressure 64 --no-ws --log-level warning config.wsgi:application
