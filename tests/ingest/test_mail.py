"""A letter is read with what is attached to it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.ingest.archive_entries import Stop
from minhchung.ingest.archives import unpack
from minhchung.ingest.detect import detect
from minhchung.ingest.mail import BODY_NAME, mail_entries

TEXT = "Báo cáo kết quả thực hiện dân chủ ở cơ sở."


def letter(html: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "pnv@haian.example", "snv@hp.example", "Gửi báo cáo năm 2023"
    made.set_content("Kính gửi Sở Nội vụ.\n")
    if html:
        made.set_content(html, subtype="html")
    made.add_attachment(TEXT.encode(), maintype="application", subtype="octet-stream", filename="báo cáo Hải An.txt")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", cid="<logo>", disposition="inline")
    return made


def test_text_and_attachments_are_members(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(letter().as_bytes())
    assert detect(path) == "mail"
    members = {m.name: m.path.read_text(encoding="utf-8") for m in unpack(path, tmp_path) if m.path}
    assert members == {BODY_NAME: "Gửi báo cáo năm 2023\n\nKính gửi Sở Nội vụ.", "báo cáo Hải An.txt": TEXT}


def test_a_letter_in_html_gives_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(letter("<html><head><style>p{}</style></head><body><p>Kính gửi</p><p>Sở Nội vụ</p></body></html>").as_bytes())
    body = next(e for e in mail_entries(path) if e.name == BODY_NAME)
    assert b"".join(body.chunks()).decode().split("\n")[2:] == ["Kính gửi", "Sở Nội vụ"]


def test_a_letter_attached_to_a_letter_gives_its_attachments_too(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "a@b.example", "Chuyển tiếp"
    outer.set_content("Chuyển.")
    outer.add_attachment(letter())
    path = tmp_path / "a.eml"
    path.write_bytes(outer.as_bytes())
    assert "báo cáo Hải An.txt" in [e.name for e in mail_entries(path)]


def test_plain_text_that_talks_of_mail_is_no_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Subject: về việc báo cáo\nNội dung", encoding="utf-8")
    assert detect(path) == "text"


@given(st.binary(max_size=300))
def test_damaged_letters_are_told_not_raised(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    path = tmp_path_factory.mktemp("m") / "a.eml"
    good = letter().as_bytes()
    path.write_bytes(good[:200] + noise + good[200 + len(noise) :])
    try:
        for entry in mail_entries(path):
            b"".join(entry.chunks())
    except Stop as stop:
        assert stop.issue.message
