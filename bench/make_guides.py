"""A process of the project that copies starter guides in its database: `python -m bench.make_guides 100000`."""

import sys
from itertools import batched

import django

django.setup()

from bench.measure import shown  # noqa: E402 - models need Django to be set up
from bench.records import FIRST, copy_pages  # noqa: E402
from practices.models import PracticePage  # noqa: E402

for some in shown(batched(range(FIRST, FIRST + int(sys.argv[1])), 1000), "thousand guides"):
    copy_pages(PracticePage, some)
