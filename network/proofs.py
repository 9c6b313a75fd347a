"""Proof files: taken in only as they were drawn anew, kept encrypted, and gone with the decision."""

import base64
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from network import clock, reencoding
from network.models import Application, ProofFile
from network.reencoding import LARGEST, MOST_PAGES, Verdict

MOST_FILES = 5
# Longer than the process gives itself: a stalled machine, not a bad file.
PATIENCE = 30


class ProofRefused(ValueError):
    """The file cannot be taken; says why to whoever sent it."""


class Proof(NamedTuple):
    """A file as it may be kept."""

    kind: str
    content: bytes


def redraw(content: bytes) -> Proof:
    """The file drawn anew in a process of its own; raises ProofRefused. About half a second and up to 1 GB there."""
    if len(content) > LARGEST:
        raise ProofRefused(_sentence(Verdict.TOO_LARGE))
    program = [sys.executable, "-I", str(Path(reencoding.__file__))]
    try:
        # Our own program; what a stranger sent is its input only.
        done = subprocess.run(program, input=content, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ProofRefused(_sentence(Verdict.BROKEN)) from error
    if done.returncode != Verdict.GOOD:
        known = done.returncode in set(Verdict)
        raise ProofRefused(_sentence(Verdict(done.returncode) if known else Verdict.BROKEN))
    return Proof(ProofFile.Kind.PDF if done.stdout.startswith(b"%PDF-") else ProofFile.Kind.JPEG, done.stdout)


def keep(application: Application, proof: Proof) -> ProofFile:
    """Stores it, encrypted, beside the application."""
    return ProofFile.objects.create(
        application=application,
        kind=proof.kind,
        content=base64.b64encode(proof.content).decode(),
        size=len(proof.content),
        given_at=clock.now(),
    )


def content_of(proof: Any) -> bytes:
    """The bytes of a stored proof."""
    return base64.b64decode(proof.content)


def _sentence(verdict: Verdict) -> str:
    return {
        Verdict.NOT_A_PROOF: _("This is not a PDF, JPEG or PNG, whatever its name says. Send one of these."),
        Verdict.TOO_LARGE: _("The file is larger than 5 MB. Send a smaller scan, or fewer pages."),
        Verdict.ENCRYPTED: _("The PDF is protected by a password or by rights. Send it without protection."),
        Verdict.BROKEN: _("The file is damaged or too heavy to be opened. Save or scan it again."),
        Verdict.TOO_MANY_PAGES: _("The PDF has more than %(count)d pages. Send the pages that matter.")
        % {"count": MOST_PAGES},
        Verdict.TOO_MANY_PIXELS: _("The picture has too many pixels. Send it at a smaller size."),
    }[verdict]
