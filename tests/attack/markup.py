"""Hostile texts, and a reader of pages that finds whatever a browser would run."""

from html.parser import HTMLParser

# All hold a word to search for.
WORD = "quincunx"
PAYLOADS = tuple(
    payload.replace("WORD", WORD)
    for payload in (
        "<script>window.pwned=1</script> WORD",
        "</title><script>window.pwned=1</script> WORD",
        "WORD <img src=x onerror=window.pwned=1>",
        '"><svg onload=window.pwned=1> WORD',
        "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1 WORD",
        '" onfocus="window.pwned=1" autofocus x="WORD',
        "<iframe srcdoc='<script>parent.pwned=1</script>'> WORD",
        "javascript:window.pwned=1//WORD",
        "<a href=javascript:window.pwned=1>WORD</a>",
        "<WORD><script>window.pwned=1</script>",
        "{{ WORD }} {% debug %} {{ request.user }}",
        "<!--><script>window.pwned=1</script>--> WORD",
        "<style>@import 'http://127.0.0.1:9/x';</style> WORD",
        "<math><mi//xlink:href='data:x,<script>window.pwned=1</script>'> WORD",
        "<base href=http://127.0.0.1:9/> WORD",
        "<meta http-equiv=refresh content=0;url=http://127.0.0.1:9/> WORD",
        "<form action=http://127.0.0.1:9/><button formaction=javascript:window.pwned=1> WORD",
        "\u003cscript\u003ewindow.pwned=1\u003c/script\u003e WORD",
        "&lt;script&gt;window.pwned=1&lt;/script&gt; WORD",
        "<x hx-get=http://127.0.0.1:9/ hx-trigger=load hx-on:load=window.pwned=1> WORD",
        "<mark>WORD</mark><mark onclick=window.pwned=1> WORD",
        "\u202e<script>window.pwned=1</script>\u202c WORD",
    )
)
_RUN = {"iframe", "object", "embed", "base", "style", "applet", "frame", "math", "marquee"}
_ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "hx-get", "hx-post"}


class Reader(HTMLParser):
    """Collects in `dangers` what in a page would run or lead elsewhere, save what the site's own templates hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.dangers: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        local = all(_is_ours(given[name]) for name in _ADDRESSES & set(given))
        ours = given.get("src", "").startswith("/static/") if tag == "script" else tag not in _RUN
        refreshes = tag == "meta" and "http-equiv" in given
        acts = any(name.startswith("on") or name.startswith("hx-on") or name in ("srcdoc", "style") for name in given)
        if not (local and ours) or refreshes or acts:
            self.dangers.append(self.get_starttag_text() or tag)


def _is_ours(address: str) -> bool:
    """A path, a part of the page, or one of the outside links that the site's own pages have."""
    lasting = ("/", "#", "?", "tel:", "http://localhost", "https://www.geonames.org/", "about:blank")
    return address == "" or (address.startswith(lasting) and not address.startswith("//"))


def dangers(html: str) -> list[str]:
    """The tags of a page that would run something or lead elsewhere."""
    return Reader(html).dangers
