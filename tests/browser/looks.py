"""What a page must be in every look: axe finds nothing, and nothing is wider than the screen."""

from collections.abc import Callable, Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE, DESK = 360, 1280
HEIGHT = 800
AXE = Axe().axe_script
# In the dark axe is asked only for what colours change: the rest was found in the light.
COLOURS = ["color-contrast", "link-in-text-block"]


def problems(page: Page, scheme: str = "light") -> list[str]:
    """What axe finds on the page as it is now, and whether it is too wide."""
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if scheme == "dark":
        options["runOnly"] = COLOURS
    if not page.evaluate("'axe' in window"):  # half a megabyte: once for each load
        page.evaluate(AXE)
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    told = [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
    screen = page.viewport_size
    if screen and page.evaluate("document.documentElement.scrollWidth") > screen["width"]:
        told.append("wider than the screen")
    return told


def problems_in_every_look(page: Page, seen: Callable[[str], object] = lambda look: None) -> Iterator[str]:
    """The same on a phone and at a desk, light and dark, on one load of the page; leaves it as it was opened.

    `seen` is called in each look with its name.
    """
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            seen(f"{width}-{scheme}")
            yield from (f"{width} {scheme}: {each}" for each in problems(page, scheme))
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})


def looks_right(page: Page) -> None:
    """Fails where the page as it is now does not."""
    assert problems(page) == []
