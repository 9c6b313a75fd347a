"""A process of the project that makes the records of the keys it reads, one a line: `python -m bench.make_hits`."""

import sys

import django

django.setup()

from bench.hits import make  # noqa: E402 - models need Django to be set up

print(make(line.strip() for line in sys.stdin if line.strip()))
