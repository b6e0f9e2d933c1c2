from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minhchung.cli import cli
from minhchung.errors import InputError, UsageError
from minhchung.ingest import convert
from minhchung.present.reports.gathering import Gathered
from minhchung.present.reports.snippet import picture, snippet
from minhchung.store.claims import Place, place
from minhchung.store.connection import reading

MARKER = (255, 225, 60)


def place_of(store: Path, gathered: Gathered, file: str) -> Place:
    found = next(claim for claim in gathered.claims if claim.file == file and len(claim.quote) > 80)
    with reading(store) as conn:
        return place(conn, found.id)


def marked(png: bytes) -> tuple[Any, tuple[int, int, int, int] | None]:
    """The picture, and the box around what the marker went over: the pixels that are paper under the marker."""
    import numpy as np
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    is_marker = (np.asarray(image) == MARKER).all(axis=2)
    rows, columns = is_marker.any(axis=1).nonzero()[0], is_marker.any(axis=0).nonzero()[0]
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1) if rows.size else None
    return image, box


def sealed(path: Path, base: Place) -> Place:
    """The same quote, in another file."""
    return replace(base, path=str(path), sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def test_the_words_of_a_pdf_are_marked_on_their_page(store: Path, gathered: Gathered) -> None:
    where = place_of(store, gathered, "04-le-chan-thay-the.pdf")
    made = snippet(where, dpi=72)
    image, box = marked(made.png)
    assert (made.found, made.page, image.size) == (True, where.page, (596, 842))
    assert box and where.bbox
    assert where.bbox[1] - 6 <= box[1] and box[3] <= where.bbox[3] + 6, "marked outside its passage"


def test_cut_keeps_what_is_around_the_quote(store: Path, gathered: Gathered) -> None:
    where = place_of(store, gathered, "09-so-ldtbxh.pdf")
    whole = picture(where, 72, False, (), Path(where.path))
    image, box = marked(picture(where, 72, True, (), Path(where.path)).png)
    assert box and image.height < 300 < marked(whole.png)[0].height


def test_a_scan_has_its_passage_boxed(store: Path, gathered: Gathered, tmp_path: Path) -> None:
    import pypdfium2

    where = place_of(store, gathered, "04-le-chan-thay-the.pdf")
    page = pypdfium2.PdfDocument(where.path)[(where.page or 1) - 1]
    scan = tmp_path / "scan.pdf"
    page.render(scale=100 / 72).to_pil().convert("L").save(scan, "PDF", resolution=100)
    made = picture(replace(where, page=1), 72, False, (), scan)
    box = marked(made.png)[1]
    assert (made.found, made.boxed) == (False, True)
    assert box and where.bbox and abs(box[1] - where.bbox[1]) < 6 and abs(box[3] - where.bbox[3]) < 6


def test_a_page_that_is_turned_is_marked_where_its_words_are(store: Path, gathered: Gathered, tmp_path: Path) -> None:
    import pypdfium2

    where = place_of(store, gathered, "04-le-chan-thay-the.pdf")
    upright = marked(picture(where, 72, False, (), Path(where.path)).png)[1]
    document = pypdfium2.PdfDocument(where.path)
    document[(where.page or 1) - 1].set_rotation(90)
    turned = tmp_path / "turned.pdf"
    document.save(turned)
    image, box = marked(picture(where, 72, False, (), turned).png)
    assert image.size == (842, 596) and box and upright
    assert abs(box[0] - (842 - upright[3])) < 4 and abs(box[1] - upright[0]) < 4


def test_a_word_file_is_drawn_by_libreoffice(store: Path, gathered: Gathered) -> None:
    if not convert.soffice():
        pytest.skip("LibreOffice is not installed here")
    made = snippet(place_of(store, gathered, "01-hong-bang.docx"), dpi=72)
    assert made.found and marked(made.png)[1]


def test_without_libreoffice_it_says_how_to_install_it(store: Path, gathered: Gathered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "soffice", lambda: "")
    with pytest.raises(InputError, match="LibreOffice is needed") as fault:
        snippet(place_of(store, gathered, "01-hong-bang.docx"))
    assert "apt-get install" in fault.value.next_step


def test_a_file_out_of_an_archive_is_taken_out_again(store: Path, gathered: Gathered, tmp_path: Path) -> None:
    where = place_of(store, gathered, "04-le-chan-thay-the.pdf")
    archive = tmp_path / "thu.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(where.path, "bao cao/04.pdf")
    assert snippet(replace(where, path=str(archive / "bao cao" / "04.pdf")), dpi=40).found


def test_a_file_that_is_gone_or_has_changed_is_not_shown(store: Path, gathered: Gathered, tmp_path: Path) -> None:
    where = place_of(store, gathered, "04-le-chan-thay-the.pdf")
    with pytest.raises(InputError, match="is gone"):
        snippet(replace(where, path=str(tmp_path / "gone.pdf")))
    other = tmp_path / "other.pdf"
    shutil.copyfile(gathered.claims[0].path, other)
    with pytest.raises(InputError, match="has changed"):
        snippet(replace(where, path=str(other)))


def test_a_broken_pdf_costs_its_own_process_only(store: Path, gathered: Gathered, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 and nothing else")
    with pytest.raises(InputError, match="cannot be drawn"):
        snippet(sealed(broken, place_of(store, gathered, "04-le-chan-thay-the.pdf")))


def test_an_id_is_enough_as_far_as_it_is_the_only_one(store: Path, gathered: Gathered) -> None:
    with reading(store) as conn:
        assert place(conn, gathered.claims[0].id[:10].upper()).id == gathered.claims[0].id
        with pytest.raises(UsageError, match="No evidence"):
            place(conn, "zzz")
        with pytest.raises(UsageError, match="Several"):
            place(conn, gathered.claims[0].id[0])


def test_the_command_writes_a_picture(store: Path, gathered: Gathered, tmp_path: Path) -> None:
    key = place_of(store, gathered, "04-le-chan-thay-the.pdf").id
    target = tmp_path / "a.png"
    run = CliRunner().invoke(cli, ["snippet", key, "--db", str(store), "--dpi", "40", "-o", str(target)])
    assert run.exit_code == 0, run.output
    assert target.read_bytes().startswith(b"\x89PNG")
