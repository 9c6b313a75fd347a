"""Odd input for every page that searches: a stream of requests from a seed, and a run that counts what they do.

    python -m tests.attack.torture --only odd_queries=1000 --seed 7

makes a site of its own with all starter content in a folder that is removed afterwards, asks so many times, and tells
what was answered and how fast. A request is found again by its seed and number.
"""

import logging
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any
from urllib.parse import quote, quote_plus

from tests.attack.part import Record, Settings

# 60 KB is what a server passes on; beyond about 64 KB it answers 414 itself.
LONGEST = 60_000
PATHS = ("search/", "search/", "people/", "search/suggest/")
PARAMETERS = (
    "q", "q", "q", "near", "within", "page", "sort", "verbatim", "not", "kind", "of", "resource", "method", "stage",
    "target_group", "setting", "exploitation", "profession", "right", "evidence", "safety", "firewall",
    "contraindication", "country", "language", "organisation_type", "network", "availability", "undocumented",
    "q[]", "", "csrfmiddlewaretoken", "__class__", "q__icontains",
)  # fmt: skip
WORDS = (
    "child", "kid", "begging", "guardian", "street work", "Tirana", "Nice", "Police", "MENA", "NRM", "speaks Albanian",
    "дети", "в Тиране", "παιδί", "طفل", "児童", "menor no acompañado", "Țară", "ёж", "L'aide", "co-operation",
    "undocumented", "strret wrok", "ghbdtn", "social worker near Athens",
)  # fmt: skip
SYNTAX = (
    "acl:*", "*:*", "*", "principals:member", "principals:public OR principals:member", "+principals:[* TO *]",
    "not_for:authority", "key:person*", "_id:1", "_exists_:email", "title_en:child^9", "body_xx:(a OR b)",
    "f_language:sq", "text:/(a|b)*/", "[a TO z]", "{a TO *}", "child~2", "chi?d", "child^", "^4", "AND", "OR NOT",
    "(child", "child)", "((((", "\"child", "\"\" \"", "-", "--", "-\"", "\\", "\\\"", "\\u0000", "&&", "||", "!",
    '{"query":{"match_all":{}}}', '{"script":{"source":"1"}}', "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "{% debug %}",
    "<script>alert(1)</script>", "' OR 1=1 --", "%00", "../../etc/passwd", "page:1", "kind:person kind:person",
)  # fmt: skip
BOMBS = ("(a+)+$", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$", "a{1,99999}", "(?=(a+))\\1", "[[[[[", "(x+x+)+y")
STRANGE = (
    "\x00", "\x01", "\x1b[2J", "\x7f", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\ufffe",
    "\U0010ffff", "\ue000", "e\u0301", "\u0301" * 40, "\u0e33", "ﬁ", "Ａ", "İ", "ß", "ǆ", "🦄", "👨‍👩‍👧", "\u2028",
    "\r\n", "\t", "־", "ـ", "\u0483",
)  # fmt: skip
NUMBERS = ("-1", "0", "1e9", "99999999999999", "٣", "41.3,19.8", "NaN", "true", "AL", "practice", "person")
# Bytes that are no text: lone surrogates, overlong forms, ends without a beginning, beginnings without an end.
BROKEN = ("%ED%A0%80", "%ED%BF%BF", "%C0%AF", "%F5%80%80%80", "%80", "%E2%82", "%", "%zz", "%u0041", "+%2B+", ";", "=")


HIDDEN = "Quincunx"
FIELDS = (
    "key", "principals", "not_for", "title", "title_en", "view", "f_language", "f_availability", "kind", "body", "_id",
    "concepts", "areas", "text", "_exists_",
)  # fmt: skip
# Of fewer queries the slowest hundredth is the first one, which warms everything up.
FIELDS_EVERY, SLOWEST_P99, FEWEST_TIMED = 50, 300, 1_000
LINK = re.compile(r'href="(/(?:en/(?:practices|people|organisations|networks|compensation|events)|g)/[^"?#]+)"')


@dataclass(frozen=True, slots=True)
class Odd:
    """One request: the address, whether htmx asks, and whether a member does."""

    number: int
    path: str
    query: str
    part: bool
    member: bool


def odd_queries(number: int, seed: int) -> Iterator[Odd]:
    """The first `number` requests of a seed."""
    for each in range(number):
        draw = random.Random(f"{seed}/{each}")
        language = draw.choice(("en", "en", "fr", "ru"))
        yield Odd(
            each,
            f"/{language}/{draw.choice(PATHS)}",
            _query(draw)[:LONGEST],
            draw.random() < 0.2,
            draw.random() < 0.3,
        )


def _query(draw: random.Random) -> str:
    many = draw.choice((1, 1, 1, 2, 3, 6, 12, 250, 3000)) if draw.random() < 0.5 else 1
    if many > 12:
        name, value = draw.choice(PARAMETERS), _value(draw)[:200]
        return "&".join(f"{quote(name)}={value}{each}" for each in range(many))
    pairs = [("q", _value(draw))] if draw.random() < 0.7 else []
    pairs += [(draw.choice(PARAMETERS), _value(draw)) for _ in range(many)]
    return draw.choice(("&", "&", "&", "&&", ";")).join(f"{quote(name)}={value}" for name, value in pairs)


def _value(draw: random.Random) -> str:
    """A value as it stands in an address."""
    kind = draw.random()
    if kind < 0.1:
        return draw.choice(BROKEN) * draw.choice((1, 1, 3, 300))
    if kind < 0.2:
        return quote_plus(
            draw.choice(("-1", "0", "1e9", "99999999999999", "٣", "41.3,19.8", "NaN", "true", "AL", "practice"))
        )
    return quote_plus(_text(draw), errors="replace")


def _text(draw: random.Random) -> str:
    makers: tuple[Callable[[random.Random], str], ...] = (_words, _words, _syntax, _mangled, _junk, _long, _bomb)
    return draw.choice(makers)(draw)


def _words(draw: random.Random) -> str:
    marks = ("", "", "", "-", '"', "+", "«", "~")
    return " ".join(draw.choice(marks) + draw.choice(WORDS) + draw.choice(marks) for _ in range(draw.randint(1, 7)))


def _syntax(draw: random.Random) -> str:
    return " ".join(draw.choice((*SYNTAX, *WORDS[:6])) for _ in range(draw.randint(1, 5)))


def _mangled(draw: random.Random) -> str:
    """Words with letters changed, doubled, lost, and strange ones put between."""
    letters = list(_words(draw))
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(letters)) if letters else 0
        letters[at : at + 1] = draw.choice((["x"], [], letters[at : at + 1] * 2, [draw.choice(STRANGE)]))
    return "".join(letters)


def _junk(draw: random.Random) -> str:
    """Any letters at all, but no surrogates: those come as broken bytes."""
    points = (draw.choice((0x7F, 0x24F, 0x52F, 0xFFFF, 0x10FFFF)) for _ in range(draw.choice((1, 5, 30, 200))))
    drawn = (draw.randrange(most + 1) for most in points)
    return "".join(chr(code) for code in drawn if not 0xD800 <= code <= 0xDFFF)


def _long(draw: random.Random) -> str:
    unit = draw.choice((*WORDS, *STRANGE, "a", " ", '"', "-", '"a" ', "-a ", "a b ", "(", "🦄"))
    return (unit * (draw.choice((300, 3000, LONGEST)) // len(unit)))[:LONGEST]


def _bomb(draw: random.Random) -> str:
    return draw.choice(BOMBS) * draw.choice((1, 20)) + " " + "a" * draw.choice((30, 5000)) + draw.choice(("!", "b", ""))


@dataclass(slots=True)
class Report:
    """What a run met: answers by status, seconds of each request, and the requests that were answered by an error."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[tuple[float, Odd]] = field(default_factory=list)
    errors: list[Odd] = field(default_factory=list)


def ask(odd: Odd, public: Any, member: Any, report: Report) -> str:
    """Asks once by one of two test clients that do not raise; returns the body."""
    headers = {"HX-Request": "true"} if odd.part else {}
    started = time.perf_counter()
    answer = (member if odd.member else public).get(odd.path, headers=headers, QUERY_STRING=odd.query)
    report.seconds.append((time.perf_counter() - started, odd))
    report.statuses[answer.status_code] += 1
    if answer.status_code >= 500:
        report.errors.append(odd)
    return answer.content.decode(errors="replace")


def _site(folder: str) -> tuple[Any, Any]:
    """A site with all starter content and somebody hidden, and a client of nobody and one of a member.

    Django is imported here: its settings are read once, and the folder must be named before.
    """
    os.environ["WAYMARK_VAR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    import django
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    django.setup()
    logging.disable(logging.CRITICAL)
    for name in ("bundle", "static"):
        os.makedirs(f"{folder}/{name}")  # noqa: PTH103
    call_command("prepare")
    public, member = (Client(raise_request_exception=False, SERVER_NAME="localhost") for _ in range(2))
    member.force_login(
        get_user_model().objects.get(email="member.a@example.org"),
        backend="accounts.backends.SignInBackend",
    )
    hide_somebody()
    return public, member


def hide_somebody() -> None:
    """An entry that only members may find, with everything that fields of the engine could be asked for."""
    from network.models import Practitioner, SpokenLanguage
    from search import outbox

    entry = Practitioner.objects.create(status="verified", display_name=f"{HIDDEN} Example", listing_for="members")
    SpokenLanguage.objects.create(practitioner=entry, language="sq")
    outbox.drain()


def plain_words(query: str) -> str:
    """The words of a query without the signs between them; a leading minus says something."""
    return " ".join(word if word.startswith("-") else re.sub(r"[^\w\s]|_", " ", word) for word in query.split())


def naming_a_field(draw: random.Random) -> str:
    """A query that would name a field of an engine, if any query could."""
    return f"{draw.choice(FIELDS)}:{draw.choice(('*', 'member', 'sq', 'now', 'person*', f'{HIDDEN[:4]}*', HIDDEN))}"


def found_by(client: Any, typed: str) -> tuple[str, ...]:
    """Addresses of what the search page shows for these very words, in their order."""
    html = client.get("/en/search/", {"q": typed, "verbatim": "1"}).content.decode()
    return tuple(LINK.findall(html))


def attack(settings: Settings) -> Record:
    """Odd queries at length on a site with all starter content."""
    with tempfile.TemporaryDirectory(prefix="odd-queries-") as folder:
        public, member = _site(folder)
        report, shown, addressed = Report(), list[str](), list[str]()
        for odd in odd_queries(settings.number, settings.seed):
            if HIDDEN in ask(odd, public, member, report) and not odd.member:
                shown.append(f"number {odd.number}")
            if odd.number % FIELDS_EVERY == 0:
                named = naming_a_field(random.Random(f"field {settings.seed}/{odd.number}"))
                if found_by(public, named) != found_by(public, plain_words(named)):
                    addressed.append(named)
            settings.say(f"{odd.number + 1} of {settings.number} odd queries")
            if settings.over():
                break
        forget_the_engine()
    return _recorded(report, shown, addressed)


def forget_the_engine() -> None:
    """Takes the indexes off a server, where one was used."""
    from search.engines import get_engine

    engine: Any = get_engine()
    if hasattr(engine, "remove"):
        engine.remove()


def _recorded(report: Report, shown: list[str], addressed: list[str]) -> Record:
    times = sorted(seconds * 1000 for seconds, _ in report.seconds)
    cuts = quantiles(times, n=100) if len(times) > 1 else times * 99
    statuses = ", ".join(f"{status} × {count:,}" for status, count in sorted(report.statuses.items()))
    slow = len(times) >= FEWEST_TIMED and cuts[98] > SLOWEST_P99
    slowest = max(report.seconds, key=lambda pair: pair[0])[1]
    return Record(
        done=len(times),
        told=(
            f"Answered {statuses}; p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms, slowest "
            f"{times[-1]:.0f} ms (number {slowest.number}). {len(times) // FIELDS_EVERY + 1:,} queries named fields."
        ),
        found={
            "errors of the site": [f"number {odd.number}: {odd.path}?{odd.query[:200]}" for odd in report.errors],
            "somebody hidden was shown": shown,
            "a field could be named": addressed,
            f"p99 above {SLOWEST_P99} ms": [f"{cuts[98]:.0f} ms"] if slow else [],
        },
    )
