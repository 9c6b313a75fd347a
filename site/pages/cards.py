"""What the cards of all pages share."""

from typing import Any


def of_page(page: Any, kind: str, template: str) -> dict[str, Any]:
    """The fields of search.results.Card that every page gives in the same way."""
    return {
        "key": f"{kind}:{page.pk}",
        "kind": kind,
        "title": page.title,
        "url": page.url,
        "template": f"components/{template}.html",
        "language": page.locale.language_code,
        "summary": page.summary,
    }
