"""`make bench`: measures search, on this machine and on 127.0.0.1 only, and writes docs/benchmarks.md.

    python -m bench                     10,000 and 100,000 documents of each kind; about a quarter of an hour
    python -m bench --most 1000000      all sizes, a hundred thousand guides, Wagtail's search on as many pages
    python -m bench --only engines http some parts; the report keeps what other runs measured, with its date

Elasticsearch takes part where WAYMARK_TEST_ELASTICSEARCH_URL names a server. Ctrl+C stops it and leaves no server.
"""

import argparse
import os
import sys

SIZES = (10_000, 100_000, 1_000_000)


def main() -> None:
    chosen = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    chosen.add_argument("--most", type=int, default=100_000, help="the largest number of documents (default: 100000)")
    chosen.add_argument("--only", nargs="+", metavar="PART", help="only these parts, see bench/parts.py")
    given = chosen.parse_args()
    # The bench's own process reads the words of the starter content; every site it measures has a folder of its own.
    from bench import site_folder

    os.environ |= {"WAYMARK_VAR": str(site_folder.base()), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    import django

    django.setup()
    from bench import parts, report

    sizes = [size for size in SIZES if size <= given.most] or [given.most]
    unknown = set(given.only or ()) - parts.PARTS.keys()
    if unknown:
        raise SystemExit(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(parts.PARTS)}.")
    for name, measure in parts.PARTS.items():
        if not given.only or name in given.only:
            report.note(name, measure(sizes))
            report.write()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Interrupted; what was measured until now is in docs/benchmarks.md.")
