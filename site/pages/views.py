"""Pages that stand outside the tree: not found, and our own mistake."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what is absent and for what this reader may not see."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a context: whatever broke may be in it."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
