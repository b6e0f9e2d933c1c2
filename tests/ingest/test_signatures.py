"""A signature says who, for whom and when, and whether the file is still what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from reportlab.pdfgen.canvas import Canvas

from minhchung.ingest.reader import read_file
from minhchung.ingest.signatures import _text

SIGNER, UNIT, OFFICE = "Nguyễn Thí Dụ", "Phòng Thí Dụ", "Ủy ban nhân dân quận Thí Dụ"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("signed")
    key = rsa.generate_private_key(65537, 2048)
    told = ((NameOID.ORGANIZATION_NAME, OFFICE), (NameOID.ORGANIZATIONAL_UNIT_NAME, UNIT), (NameOID.COMMON_NAME, SIGNER))
    name = x509.Name([x509.NameAttribute(*one) for one in told])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(5)
    builder = builder.not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(30))
    uses = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = builder.add_extension(uses, True).sign(key, hashes.SHA256())
    store = folder / "key.p12"
    store.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, serialization.BestAvailableEncryption(b"x")))
    canvas = Canvas(str(folder / "plain.pdf"))
    canvas.drawString(72, 700, "Bao cao ket qua nam 2023")
    canvas.save()
    signer = signers.SimpleSigner.load_pkcs12(store, passphrase=b"x")
    with (folder / "plain.pdf").open("rb") as file:
        out = signers.sign_pdf(IncrementalPdfFileWriter(file), signers.PdfSignatureMetadata(field_name="S1"), signer=signer)
        (folder / "signed.pdf").write_bytes(out.getbuffer())
    yield folder / "signed.pdf"


def test_who_signed_for_whom_and_when_is_told(signed: Path) -> None:
    report = read_file(signed)
    assert report.outcome == "read" and report.issues == ()
    (signature,) = report.signatures
    assert (signature.signer, signature.unit, signature.organisation, signature.changed) == (SIGNER, UNIT, OFFICE, False)
    assert abs(datetime.fromisoformat(signature.signed) - datetime.now(UTC)) < timedelta(hours=1)


def test_units_of_a_certificate_that_has_several_stay_apart() -> None:
    assert _text(["Phòng Hành chính, Quản trị", "Sở Thí Dụ"], "; ") == "Phòng Hành chính, Quản trị; Sở Thí Dụ"


def test_a_page_changed_after_signing_shows(signed: Path) -> None:
    with signed.open("rb") as file:
        writer = IncrementalPdfFileWriter(file)
        stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 650 Td (them vao sau) Tj ET")
        writer.add_stream_to_page(0, writer.add_object(stream))
        with signed.with_name("changed.pdf").open("wb") as out:
            writer.write(out)
    report = read_file(signed.with_name("changed.pdf"))
    assert [s.changed for s in report.signatures] == [True]
    assert [i.code for i in report.issues] == ["changed-after-signing"] and SIGNER in report.issues[0].message


def test_signed_bytes_that_are_not_the_same_any_more_show(signed: Path) -> None:
    data = bytearray(signed.read_bytes())
    at = data.index(b"/MediaBox")
    at = next(i for i in range(at, at + 60) if data[i : i + 1] == b"8")
    data[at : at + 1] = b"7"
    spoilt = signed.with_name("spoilt.pdf")
    spoilt.write_bytes(data)
    assert [s.changed for s in read_file(spoilt).signatures] == [True]


def test_a_signature_that_cannot_be_checked_does_not_cost_the_text(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from minhchung.ingest import signatures

    def fail(embedded: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(signatures, "_checked", fail)
    report = read_file(signed)
    assert report.outcome == "read" and report.signatures == ()
    assert [i.code for i in report.issues] == ["signature-unchecked"]


def test_a_file_without_signature_has_none(signed: Path) -> None:
    assert read_file(signed.with_name("plain.pdf")).signatures == ()
