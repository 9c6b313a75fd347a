"""Draws a proof file anew: what comes out holds pixels and nothing else. Run as a process of its own, with limits.

A file of a stranger is decoded here, away from the site: what makes the decoder crash, loop or swell ends this
process only. Reads the file from standard input and writes JPEG or PDF to standard output; the exit code says why not.
It knows nothing of the site and must not import it.
"""

import io
import resource
import sys
import warnings
from enum import IntEnum

import pypdfium2
from PIL import Image, ImageOps

LARGEST = 5 * 1024 * 1024
MOST_PAGES = 10
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000
POINTS_PER_INCH = 72
SECONDS = 15
MEMORY = 1024 * 1024 * 1024


class Verdict(IntEnum):
    """Exit codes; 1 and 2 are Python's own."""

    GOOD = 0
    NOT_A_PROOF = 10
    TOO_LARGE = 11
    ENCRYPTED = 12
    BROKEN = 13
    TOO_MANY_PAGES = 14
    TOO_MANY_PIXELS = 15


class Refused(Exception):
    """Carries the verdict."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict


def redrawn(content: bytes) -> bytes:
    """The file drawn anew, by what it is and not by what it is called; raises Refused."""
    if len(content) > LARGEST:
        raise Refused(Verdict.TOO_LARGE)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _image(content)
    raise Refused(Verdict.NOT_A_PROOF)


def _image(content: bytes) -> bytes:
    try:
        image: Image.Image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        if image.width * image.height > MOST_PIXELS:
            raise Refused(Verdict.TOO_MANY_PIXELS)
        image = ImageOps.exif_transpose(image)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _saved([_flat(image)], "JPEG")
    except Image.DecompressionBombError as error:
        raise Refused(Verdict.TOO_MANY_PIXELS) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused(Verdict.BROKEN) from error


def _flat(image: Image.Image) -> Image.Image:
    """On white, without transparency; a new image has no metadata."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    flat = Image.new("RGB", image.size)
    flat.paste(image.convert("RGB"))
    return flat


def _pdf(content: bytes) -> bytes:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused(Verdict.ENCRYPTED if "assword" in str(error) else Verdict.BROKEN) from error
    if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document.raw) != -1:
        raise Refused(Verdict.ENCRYPTED)
    if not 0 < len(document) <= MOST_PAGES:
        raise Refused(Verdict.TOO_MANY_PAGES if len(document) else Verdict.BROKEN)
    try:
        return _saved([_page(document[number]) for number in range(len(document))], "PDF")
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise Refused(Verdict.BROKEN) from error


def _page(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    longest = max(width, height)
    if not 1 <= min(width, height) <= longest <= 200 * POINTS_PER_INCH:
        raise Refused(Verdict.TOO_MANY_PIXELS)
    drawn = page.render(scale=min(LONGEST_SIDE / longest, 4), may_draw_forms=False)
    return _flat(drawn.to_pil())


def _saved(pages: list[Image.Image], kind: str) -> bytes:
    written = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:], "resolution": 150} if kind == "PDF" else {}
    pages[0].save(written, kind, quality=80, **more)
    if written.tell() > LARGEST:
        raise Refused(Verdict.TOO_LARGE)
    return written.getvalue()


def main() -> int:
    """One file, under limits of time, memory and files that the system itself keeps."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    try:
        drawn = redrawn(sys.stdin.buffer.read(LARGEST + 1))
    except Refused as refused:
        return refused.verdict
    sys.stdout.buffer.write(drawn)
    return Verdict.GOOD


if __name__ == "__main__":
    sys.exit(main())
