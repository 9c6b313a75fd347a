"""Proof files: taken by what they are, kept as pixels and cipher text, shown to who vets, and gone."""

import base64
import io
import zlib
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image, PngImagePlugin

from network import clock, proofs
from network.models import AuditRow, ProofFile
from network.proofs import ProofRefused, redraw
from network.services.tidying import tidy_applications
from tests.network.factories import NetworkFactory
from tests.network.joining_world import (
    NO,
    a_network,
    application,
    at,
    coordinator,
    enter,
)

pytestmark = pytest.mark.django_db


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **options)
    return written.getvalue()


def pages(count: int) -> bytes:
    written = io.BytesIO()
    first, *others = [Image.new("RGB", (20, 20))] * count
    first.save(written, "PDF", save_all=True, append_images=others)
    return written.getvalue()


def pdf(*extra: bytes, trailer: bytes = b"") -> bytes:
    """A page with text, and whatever else is put in."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(canary\\))>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length 43>>stream\nBT /F 12 Tf 10 50 Td (canary text) Tj ET   \nendstream",
        *extra,
    ]
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_a_photograph_loses_what_it_told_beside_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = "canary description"
    taken = redraw(picture(exif=exif.tobytes(), comment=b"canary comment"))

    assert taken.kind == "jpg"
    assert b"canary" not in taken.content
    assert Image.open(io.BytesIO(taken.content)).size == (60, 40)


def test_a_png_becomes_a_jpeg_without_its_texts() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "canary")

    taken = redraw(picture("PNG", pnginfo=told))

    assert taken.kind == "jpg"
    assert b"canary" not in taken.content


def test_a_pdf_keeps_its_looks_and_none_of_its_acts() -> None:
    sent = pdf(b"<</Type/EmbeddedFile/Length 6>>stream\ncanary\nendstream")
    assert b"JavaScript" in sent

    taken = redraw(sent)

    assert taken.kind == "pdf"
    assert taken.content.startswith(b"%PDF-")
    for gone in (b"canary", b"JavaScript", b"OpenAction", b"EmbeddedFile", b"/Font"):
        assert gone not in taken.content
    document = pypdfium2.PdfDocument(taken.content)
    darkest = document[0].render(scale=1).to_pil().convert("L").getextrema()[0]
    assert len(document) == 1
    assert darkest < 128  # the text is still to be read


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00" + b"\x00" * 200, "not a PDF, JPEG or PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a PDF, JPEG or PNG"),
        (b"<html><script>alert(1)</script>", "not a PDF, JPEG or PNG"),
        (b"GIF89a" + b"\x00" * 50, "not a PDF, JPEG or PNG"),
        (b"", "not a PDF, JPEG or PNG"),
        (b"\x00%PDF-1.7", "not a PDF, JPEG or PNG"),
        (b"%PDF-1.7\nnonsense", "damaged"),
        (pages(3)[:400], "damaged"),
        (picture()[:100], "damaged"),
        (b"\xff\xd8\xff" + b"x" * 100, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "damaged"),
        (bomb(50_000, 50_000), "too many pixels"),
        (bomb(8_000, 8_000), "too many pixels"),
        (pages(11), "more than 10 pages"),
        (b"%PDF-1.7" + b"\x00" * (5 * 1024 * 1024), "larger than 5 MB"),
    ],
    ids=["exe", "svg", "html", "gif", "empty", "not at the start", "nonsense", "cut pdf", "cut jpeg", "fake jpeg",
         "fake png", "bomb", "smaller bomb", "eleven pages", "too large"],
)  # fmt: skip
def test_what_is_no_proof_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(ProofRefused, match=said):
        redraw(content)


def test_a_pdf_with_a_password_or_with_rights_is_refused() -> None:
    locked = pdf(trailer=b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -44"
                         b"/O<" + b"00" * 32 + b">/U<" + b"00" * 32 + b">>>")  # fmt: skip

    with pytest.raises(ProofRefused, match="protected"):
        redraw(locked)


def test_a_page_of_nonsense_size_is_refused() -> None:
    with pytest.raises(ProofRefused, match="too many pixels"):
        redraw(pdf().replace(b"[0 0 200 100]", b"[0 0 99999 1]"))


def test_what_hangs_behind_the_file_goes() -> None:
    polyglot = picture() + b"PK\x03\x04canary<?php system('id') ?><script>canary</script>"

    assert b"canary" not in redraw(polyglot).content
    assert b"canary" not in redraw(pdf() + b"PK\x03\x04canary").content


def test_a_decoder_that_swells_or_loops_ends_and_the_site_goes_on(monkeypatch: Any, tmp_path: Any) -> None:
    program = tmp_path / "swells.py"
    program.write_text("import resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28)); b'x' * 2**30")
    monkeypatch.setattr(proofs.reencoding, "__file__", str(program))

    with pytest.raises(ProofRefused, match="too heavy"):
        redraw(picture())


def send(row: Any, content: bytes, name: str = "letter.pdf", kind: str = "application/pdf") -> Any:
    file = SimpleUploadedFile(name, content, content_type=kind)
    return enter(row.practitioner).post("/account/application/more/", {"proof": file})


def test_a_proof_is_sent_kept_as_cipher_text_and_saved_by_who_vets() -> None:
    network, (one, _other) = a_network()
    row = application(network)
    assert send(row, pdf()).status_code == 302

    proof = ProofFile.objects.get()
    answer = enter(one).get(at(row, f"proof/{proof.pk}"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM network_prooffile")
        stored = cursor.fetchone()[0]
    assert base64.b64encode(b"%PDF-").decode()[:5] not in stored
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="proof-{proof.pk}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert AuditRow.objects.get(action="proof opened").actor == one.public_id


def test_name_and_type_of_a_file_say_nothing() -> None:
    row = application(a_network()[0])

    wrong = send(row, b"MZ" + b"\x00" * 200, "letter.pdf", "application/pdf")
    right = send(row, picture(), "letter.exe", "application/x-msdownload")

    assert "not a PDF, JPEG or PNG" in wrong.content.decode()
    assert right.status_code == 302
    assert ProofFile.objects.get().kind == "jpg"


def test_twenty_megabytes_are_refused_and_nothing_is_kept() -> None:
    row = application(a_network()[0])

    answer = send(row, b"%PDF-1.7" + b"\x00" * (20 * 1024 * 1024))

    assert "larger than 5 MB" in answer.content.decode()
    assert not ProofFile.objects.exists()


@pytest.mark.parametrize("who", ["applicant", "elsewhere", "own organisation", "nobody"])
def test_to_others_a_proof_does_not_exist(who: str) -> None:
    network, (one, _other) = a_network()
    row = application(network, organisation=one.organisation)
    send(row, picture())
    browsers = {
        "applicant": lambda: enter(row.practitioner),
        "elsewhere": lambda: enter(coordinator(NetworkFactory())),
        "own organisation": lambda: enter(one),
        "nobody": lambda: Client(),
    }

    answer = browsers[who]().get(at(row, f"proof/{ProofFile.objects.get().pk}"), follow=True)

    assert answer.get("Content-Disposition") is None
    assert not AuditRow.objects.filter(action="proof opened").exists()


def test_a_proof_of_another_application_is_not_reached_through_ones_own() -> None:
    network, (one, _other) = a_network()
    near, far = application(network), application(NetworkFactory())
    send(far, picture())

    assert enter(one).get(at(near, f"proof/{ProofFile.objects.get().pk}"), follow=True).status_code == 404


def test_proof_goes_with_the_decision() -> None:
    network, (one, other) = a_network()
    row = application(network, "evidence", recorded_by=one)
    send(row, picture())
    proof = ProofFile.objects.get().pk

    enter(other).post(at(row, "decision"), NO)

    assert not ProofFile.objects.exists()
    assert enter(one).get(at(row, f"proof/{proof}"), follow=True).status_code == 404


def test_proof_nobody_looks_at_for_three_months_goes_and_the_applicant_reads_why() -> None:
    row = application(a_network()[0])
    send(row, picture())

    with clock.standing_at(timezone.now() + timedelta(days=91)):
        assert tidy_applications()["proof dropped"] == 1

    assert "your proof was deleted" in enter(row.practitioner).get("/account/application/").content.decode()


def test_a_sixth_file_and_a_file_after_the_decision_are_refused() -> None:
    network, (one, other) = a_network()
    row = application(network, "evidence", recorded_by=one)
    for _ in range(5):
        row.proofs.create(kind="jpg", content="eA==", size=1, given_at=timezone.now())

    sixth = send(row, picture())
    enter(other).post(at(row, "decision"), NO)
    late = send(row, picture())

    assert "five files already" in sixth.content.decode()
    assert late.status_code == 302
    assert not ProofFile.objects.exists()


def test_sending_files_all_the_time_is_stopped() -> None:
    row = application(a_network()[0])
    browser = enter(row.practitioner)

    answers = [browser.post("/account/application/more/", {"words": "x"}).status_code for _ in range(21)]

    assert answers[-2:] == [302, 429]
