"""Pages printed in the fonts from before Unicode are read as what they show, told by the font or, where it is lost, by statistics."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics

from minhchung.ingest import pdf_pdfium, pdf_plumber
from minhchung.ingest.legacy import Coding, with_horns
from minhchung.ingest.legacy_tables import tcvn3, vni
from minhchung.ingest.pdf_page import PageText, decoded
from minhchung.ingest.pdf_words import Word
from minhchung.ingest.reader import read_file

ROWS = (
    "Ủy ban nhân dân phường đã hướng dẫn nhân dân thực",
    "hiện quy chế dân chủ; ưu tiên công khai các khoản thu và thư",
    "trả lời của 12 tổ dân phố, theo Công văn số 15/CV-UBND về",
    "việc sử dụng kinh phí (đợt 1-2) trước ngày 30 tháng 6.",
)
TEXT = " ".join(ROWS)
TCVN3 = {letter: chr(code) for code, letter in reversed(tcvn3().items())}
VNI = {letter: code for code, letter in reversed(vni().items())}


def coded(row: str, codes: Mapping[str, str]) -> str:
    return "".join(codes.get(letter, codes.get(letter.lower(), letter)) for letter in row)


def _stream(rows: tuple[str, ...]) -> bytes:
    lines = [row.encode("latin-1").replace(b"(", b"\\(").replace(b")", b"\\)") for row in rows]
    return b"\n".join(b"BT /F1 12 Tf 1 0 0 1 85 %d Tm (%s) Tj ET" % (760 - 18 * at, line) for at, line in enumerate(lines))


def printed(path: Path, rows: tuple[str, ...], font: str, *, mapped: bool = False) -> Path:
    """A page in a font of that name that is not embedded; `mapped`: with a table that gives each code as the character of its number."""
    content = _stream(rows)
    pairs = "".join(f"<{code:02x}> <{code:04x}>\n" for code in range(0xA1, 0x100))
    table = f"/CIDInit /ProcSet findresource begin begincmap\n95 beginbfchar\n{pairs}endbfchar endcmap"
    widths = " ".join(map(str, pdfmetrics.getFont("Times-Roman").widths))
    look = f"/Encoding/WinAnsiEncoding/FirstChar 0/LastChar 255/Widths[{widths}]"
    described = f"/Type/FontDescriptor/FontName/{font}/Flags 32/FontBBox[-168 -218 1000 898]/ItalicAngle 0/Ascent 683/Descent -217"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
        f"<</Type/Font/Subtype/Type1/BaseFont/{font}{look}/FontDescriptor<<{described}>>{'/ToUnicode 6 0 R' if mapped else ''}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        f"<</Length {len(table)}>>stream\n{table}\nendstream".encode(),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(bytes(out + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start))
    return path


def read(path: Path) -> str:
    report = read_file(path)
    assert report.outcome == "read", report.reason
    return " ".join(passage.text for passage in report.passages)


@pytest.mark.parametrize("mapped", [False, True])
@pytest.mark.parametrize("font", [".VnTime", "ABCDEF+.VnArial", "#2EVnTime,Bold", "CIDFont+F1"])
def test_tcvn3_comes_out_whole_by_the_font_and_without_it(tmp_path: Path, font: str, mapped: bool) -> None:
    rows = tuple(coded(row, TCVN3) for row in ROWS)
    assert read(printed(tmp_path / "a.pdf", rows, font, mapped=mapped)) == TEXT.replace("Ủ", "ủ")  # the coding has no capitals with tones


@pytest.mark.parametrize("font", [".VnTimeH", "ABCDEF+.VnArialH-Bold"])
def test_fonts_of_capitals_give_capitals(tmp_path: Path, font: str) -> None:
    rows = tuple(coded(row.lower(), TCVN3) for row in ROWS)
    assert read(printed(tmp_path / "a.pdf", rows, font)) == TEXT.upper()


@pytest.mark.parametrize("font", ["VNI-Times", "ABCDEF+VNI-Helve-Bold", "CIDFont+F1"])
def test_vni_comes_out_whole_by_the_font_and_without_it(tmp_path: Path, font: str) -> None:
    rows = tuple("".join(VNI.get(letter, letter) for letter in row) for row in ROWS)
    assert read(printed(tmp_path / "a.pdf", rows, font)) == TEXT


def test_a_modern_line_on_an_old_page_does_not_hide_the_coding() -> None:
    signed = "Ký bởi: Ủy ban nhân dân phường"
    rows = (*(coded(row, TCVN3).replace("\u00ad", "-") for row in ROWS), signed)
    page = decoded(PageText(1, 595, 842, [Word(row, 85, 500, 20 * at, 20 * at + 12, 12, False, False) for at, row in enumerate(rows)]))
    assert [word.text for word in page.words] == [ROWS[0].replace("Ủ", "ủ"), *ROWS[1:], signed]


def test_modern_text_in_an_old_font_stays(tmp_path: Path) -> None:
    assert read(printed(tmp_path / "a.pdf", ("ông cà hôm nào và là",), ".VnTime")) == "ông cà hôm nào và là"


def test_other_languages_stay(tmp_path: Path) -> None:
    rows = ("Le café a été fermé à cause de la fête; ça ira, dit-elle,", "où êtes-vous? Voilà l'été déjà, où est-il passé, là-bas?")
    assert read(printed(tmp_path / "a.pdf", rows, "Times-Roman")) == " ".join(rows)


def test_the_careful_route_goes_by_the_font_too(tmp_path: Path) -> None:
    path = printed(tmp_path / "a.pdf", (coded("cán bộ đã tổ chức phổ biến", TCVN3),), ".VnTime")
    document = pypdfium2.PdfDocument(path)
    fast = pdf_pdfium.read_page(document[0], 1)
    with pdf_plumber.open_file(path) as file:
        careful = pdf_plumber.read_page(file.pages[0], 1)
    wanted = ["cán", "bộ", "đã", "tổ", "chức", "phổ", "biến"]
    assert " ".join(w.text for w in fast.words).split() == [w.text for w in careful.words] == wanted


@pytest.mark.parametrize(
    ("seen", "coding", "meant"),
    [("n-íc", "tcvn3", "n\u00adíc"), ("Th-", "tcvn3", "Th\u00ad"), ("-u ®·i", "tcvn3", "\u00adu ®·i"), ("Q§-UBND", "tcvn3", "Q§-UBND"),
     ("T-U", "tcvn3", "T-U"), ("- thu", "tcvn3", "- thu"), ("-", "tcvn3", "-"), ("1-2", "tcvn3", "1-2"),
     ("c¸n bé-nh©n d©n", "tcvn3", "c¸n bé-nh©n d©n"),
     ("h-íng-dÉn", "tcvn3", "h\u00adíng-dÉn"), ("n-íc", "vni", "n-íc"), ("n-íc", "", "n-íc")],
)  # fmt: skip
def test_a_hyphen_is_a_letter_only_where_that_makes_a_syllable(seen: str, coding: Coding, meant: str) -> None:
    assert with_horns(seen, coding) == meant
