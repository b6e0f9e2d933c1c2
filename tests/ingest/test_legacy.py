"""Text in the codings from before Unicode comes out as Unicode, told by its font or by what it looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from minhchung.ingest.legacy import Coding, coding_of_font, decode, decode_by_font, decode_bytes, guess, lost_coding, mend
from minhchung.ingest.legacy_tables import tcvn3, viqr, vni
from minhchung.ingest.reader import read_file

TEXT = (
    "ủy ban nhân dân quận đã tổ chức hội nghị quán triệt, phổ biến luật thực hiện dân chủ ở cơ sở cho cán bộ, ý kiến kỹ lưỡng; "
    "rà soát quy chế."
)
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def spelled(text: str, table: Mapping[str, str]) -> str:
    """`text` in a coding, by its table from code to letter."""
    codes: dict[str, str] = {}
    for code, letter in table.items():
        codes.setdefault(letter, code)
    return "".join(codes.get(letter, letter) for letter in text)


TCVN3 = {chr(code): letter for code, letter in tcvn3().items()}


def test_the_tables_are_those_of_the_standards() -> None:
    assert spelled("Chào các bạn, đất nước, người Việt", TCVN3) == "Chµo c¸c b¹n, ®Êt n­íc, ng­êi ViÖt"
    assert decode("Chaøo caùc baïn, ñaát nöôùc, ngöôøi Vieät", "vni") == "Chào các bạn, đất nước, người Việt"
    assert decode("Cha`o ca'c ba.n, dda^'t nu+o+'c, ngu+o+`i Vie^.t", "viqr") == "Chào các bạn, đất nước, người Việt"


def test_the_table_of_one_code_a_letter_agrees_with_the_systems_own() -> None:
    """glibc knows TCVN 5712-1, of which the fonts use the small letters: compared as facts that were written down twice."""
    letters = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    codes = bytes.fromhex(
        "b5b6b7b8b9 bbbcbdbec6 c7c8c9cacb cccecfd0d1 d2d3d4d5d6 d7d8dcdddedfe1e2e3e4 e5e6e7e8e9 eaebecedee eff1f2f3f4 f5f6f7f8f9 fafbfcfdfe"
    )
    assert dict(zip(codes, letters, strict=True)).items() <= tcvn3().items()


@pytest.mark.parametrize(
    ("font", "coding"),
    [(".VnTime", "tcvn3"), (".VnTimeH", "tcvn3-capitals"), (".VnArial NarrowH", "tcvn3-capitals"), (".vnTime", "tcvn3"),
     ("VNI-Times", "vni"), ("VNI Helve", "vni"), ("Times New Roman", ""), ("Vnew", ""), ("", "")],
)  # fmt: skip
def test_fonts_tell_the_coding(font: str, coding: str) -> None:
    assert coding_of_font(font) == coding


@given(st.text(alphabet=LETTERS + " .,;-0123456789"))
def test_what_is_coded_comes_back(text: str) -> None:
    assert decode(spelled(text, TCVN3), "tcvn3") == text
    assert decode(spelled(text, TCVN3), "tcvn3-capitals") == text.upper()


@given(st.lists(st.sampled_from(TEXT.replace(",", "").replace(";", "").replace(".", "").split()), min_size=1, max_size=12))
def test_words_in_vni_and_viqr_come_back(words: list[str]) -> None:
    for text in (" ".join(words), " ".join(words).upper(), " ".join(words).capitalize()):
        assert decode(spelled(text, vni()), "vni") == text
    text = " ".join(words)
    assert decode(spelled(text, viqr()) + " x", "viqr") == text + " x"


@given(st.text(), st.sampled_from(["", "tcvn3", "tcvn3-capitals", "vni", "viqr"]))
def test_decoding_takes_any_text(text: str, coding: Coding) -> None:
    assert isinstance(decode(text, coding), str)
    assert mend(text, "") == text
    assert mend(text, coding) in (text, decode(text, coding))
    assert guess(text) in ("", "tcvn3", "vni", "viqr")


@given(st.binary())
def test_bytes_of_any_kind_become_text(data: bytes) -> None:
    text, name = decode_bytes(data)
    assert isinstance(text, str) and name


def test_unicode_in_an_old_font_is_left_alone() -> None:
    assert decode("Đã tổ chức", "tcvn3") == "Đã tổ chức"
    assert decode("Đã tổ chức", "tcvn3-capitals") == "ĐÃ TỔ CHỨC"
    assert decode("Đã tổ chức", "vni") == "Đã tổ chức"
    for text in ("ông cà", "hôm nào", "và"):  # with letters that codes look like, and none that only Unicode has
        assert decode_by_font(text, "tcvn3") == decode_by_font(text, "vni") == text
    assert decode_by_font("hôm nào", "tcvn3-capitals") == "HÔM NÀO"


@pytest.mark.parametrize("text", ["số", "12/qđ-ubnd", "ấp", "ố", "(đ)", "tp. hải phòng", "ký"])
def test_short_pieces_in_an_old_font_are_decoded(text: str) -> None:
    assert decode_by_font(spelled(text, TCVN3), "tcvn3") == text
    assert decode_by_font(spelled(text, vni()), "vni") == text


@pytest.mark.parametrize(("table", "coding"), [(TCVN3, "tcvn3"), (vni(), "vni"), (viqr(), "viqr")])
def test_a_lost_font_is_told_by_the_syllables(table: Mapping[str, str], coding: str) -> None:
    assert guess(spelled(TEXT, table)) == coding


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Le café a été fermé à cause de la fête; ça ira, dit-elle, où êtes-vous? Voilà l'été déjà.",
        "Fünf Männer hören schöne Lieder über große Bäume und süße Äpfel.",
        "Plain words (a^2 + b^2 = c^2), what? Yes. It isn't so.",
        "5 µm ± 3 °C, § 12, © 2023, « ABC », 20 m²",
        "",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert guess(text) == ""
    assert lost_coding([text]) == ""


def test_a_lone_sign_that_codes_share_says_nothing_of_a_page() -> None:
    assert lost_coding(["represented", "by a \u00bc\u201d valve"]) == ""
    assert guess("by a \u00bc\u201d valve") == "tcvn3", "more of them would"


def test_only_the_coded_texts_of_a_mixed_document_are_mended() -> None:
    coded, plain = spelled(TEXT, TCVN3), "Đã tổ chức hội nghị."
    assert lost_coding([plain, coded]) == "tcvn3"
    assert [mend(text, "tcvn3") for text in (plain, coded, "Voilà", "abc")] == [plain, TEXT, "Voilà", "abc"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (spelled(TEXT, TCVN3).encode("latin-1"), "tcvn3"),
        (spelled(TEXT, vni()).encode("cp1252"), "vni"),
        (spelled(TEXT, viqr()).encode("ascii"), "viqr"),
        (spelled(TEXT, TCVN3).encode("utf-8"), "tcvn3"),
    ],
)
def test_text_files_are_decoded_whatever_they_are_in(data: bytes, name: str) -> None:
    assert decode_bytes(data) == (TEXT, name)


def test_windows_1258_is_told_from_the_rest() -> None:
    import unicodedata

    marks = {"\u0300": "\u0300", "\u0301": "\u0301", "\u0303": "\u0303", "\u0309": "\u0309", "\u0323": "\u0323"}
    spelt = ""
    for letter in TEXT:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in apart if c in marks)
        spelt += unicodedata.normalize("NFC", "".join(c for c in apart if c not in marks)) + tone
    text, name = decode_bytes(spelt.encode("cp1258"))
    assert (unicodedata.normalize("NFC", text), name) == (TEXT, "cp1258")


NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str, font: str = "", props: str = "") -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    shown = '</w:t><w:softHyphen/><w:t xml:space="preserve">'.join(text.split("\xad"))
    return f'<w:r><w:rPr>{fonts}{props}</w:rPr><w:t xml:space="preserve">{shown}</w:t></w:r>'


def texts_of(tmp_path: Path, *paragraphs: str, style_font: str = "") -> list[str]:
    document = docx.Document()
    if style_font:
        document.styles["Normal"].font.name = style_font
    for paragraph in paragraphs:
        document.element.body[-1].addprevious(parse_xml(f"<w:p {NS}>{paragraph}</w:p>"))
    document.save(str(tmp_path / "a.docx"))
    report = read_file(tmp_path / "a.docx")
    assert report.outcome == "read", report.reason
    return [p.text for p in report.passages]


def test_runs_are_decoded_by_their_own_font(tmp_path: Path) -> None:
    heading = spelled("ủy ban nhân dân", TCVN3)
    split = spelled("hội nghiệm", vni())  # the second run begins with the mark of the last letter of the first
    assert split[9:11] == "eä"
    assert texts_of(
        tmp_path,
        run(heading, ".VnTimeH") + run(" quận đã", "Times New Roman") + run(spelled(" người tốt", TCVN3), ".VnTime"),
        run(split[:10], "VNI-Times") + run(split[10:], "VNI-Times"),
        run("Đã có " + "Unicode", ".VnTime"),
        run(heading, ".VnTime", "<w:caps/>"),
        f'<w:r><w:sym w:font=".VnTime" w:char="F0AE"/></w:r>{run(spelled("ã đủ", TCVN3), ".VnTime")}',
    ) == ["ỦY BAN NHÂN DÂN quận đã người tốt", "hội nghiệm", "Đã có Unicode", "ỦY BAN NHÂN DÂN", "đã đủ"]


def test_fonts_of_styles_and_themes_count(tmp_path: Path) -> None:
    coded = spelled("tổ chức hội nghị", TCVN3)
    assert texts_of(tmp_path, run(coded), run("ban hành", "Arial"), style_font=".VnTime") == ["tổ chức hội nghị", "ban hành"]
    document = docx.Document()
    document.element.body[-1].addprevious(parse_xml(f"<w:p {NS}>{run(coded)}</w:p>"))
    theme = next(p for p in document.part.package.iter_parts() if "theme" in str(p.partname))
    theme._blob, changed = re.subn(rb'(<a:minorFont>\s*<a:latin typeface=")[^"]*', rb"\1.VnTime", theme.blob)
    assert changed == 1
    document.save(str(tmp_path / "t.docx"))
    assert [p.text for p in read_file(tmp_path / "t.docx").passages] == ["tổ chức hội nghị"]


def test_a_word_file_whose_fonts_are_lost_is_mended(tmp_path: Path) -> None:
    coded = [run(spelled(TEXT, TCVN3), "Times New Roman"), run(spelled("kết quả đạt được, người dự", TCVN3))]
    assert texts_of(tmp_path, run("Đã tổ chức 02 hội nghị."), *coded) == ["Đã tổ chức 02 hội nghị.", TEXT, "kết quả đạt được, người dự"]


def test_automatic_numbers_in_old_fonts_are_decoded(tmp_path: Path) -> None:
    from minhchung.ingest.docx_numbering import Numbering
    from minhchung.ingest.docx_styles import Styles

    level = f'<w:lvl w:ilvl="0"><w:lvlText w:val="{spelled("điều %1.", TCVN3)}"/><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:lvl>'
    num = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    root = parse_xml(f'<w:numbering {NS}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{num}</w:numbering>')
    assert Numbering(root, Styles(None)).label("1", 0) == "điều 1. "
