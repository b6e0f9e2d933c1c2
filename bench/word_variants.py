"""One Word file in the many ways in which programs write the same words: each variant shows what the original shows, and nothing else."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BODY: Final = "word/document.xml"
_NOT_SHOWN: Final = "KHÔNG HIỆN"  # what a variant puts where nobody sees it
_STRICT: Final = (  # ISO/IEC 29500, strict: the same names under other addresses
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/main", b"http://purl.oclc.org/ooxml/drawingml/main"),
)


def w(name: str) -> str:
    return f"{{{_W}}}{name}"


def made(tag: str, *children: Any, **attributes: str) -> Any:
    """A `w:` element; attributes are `w:` too."""
    element = etree.Element(w(tag), {w(key): value for key, value in attributes.items()}, nsmap={"w": _W})
    element.extend(children)
    return element


def text_run(text: str, tag: str = "t", *properties: Any) -> Any:
    """A run of one text."""
    run, shown = made("r"), made(tag)
    if properties:
        run.append(made("rPr", *properties))
    shown.text = text
    shown.set(_SPACE, "preserve")
    run.append(shown)
    return run


def variants(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, file) of every variant of a Word file that python-docx wrote."""
    for name, change in _BODIES.items():
        yield name, _with_body(data, change)
    yield "strict", _with_parts(data, _strict)
    yield "UTF-16", _with_parts(data, lambda name, part: _utf16(part) if name == _BODY else part)
    yield "other part names", _renamed(data)
    yield "dangling part", _with_parts(data, lambda name, part: _dangling(part) if name.endswith("document.xml.rels") else part)


def _with_body(data: bytes, change: Callable[[Any], None]) -> bytes:
    def changed(name: str, part: bytes) -> bytes:
        if name != _BODY:
            return part
        root = etree.fromstring(part)
        change(root.find(w("body")))
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    return _with_parts(data, changed)


def _with_parts(data: bytes, change: Callable[[str, bytes], bytes], name_of: Callable[[str], str] = str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name_of(name), change(name, old.read(name)))
    return out.getvalue()


def _strict(name: str, part: bytes) -> bytes:
    if name.endswith((".xml", ".rels")):
        for usual, strict in _STRICT:
            part = part.replace(usual, strict)
    return part


def _utf16(part: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(part), xml_declaration=True, encoding="UTF-16"))


def _renamed(data: bytes) -> bytes:
    """The main part under a name of its own, as files from other offices' programs have it."""

    def pointed(name: str, part: bytes) -> bytes:
        if name in ("[Content_Types].xml", "_rels/.rels"):
            return part.replace(b"word/document.xml", b"word/vanban2.xml")
        return part

    return _with_parts(data, pointed, lambda name: name.replace("word/document.xml", "word/vanban2.xml").replace(
        "word/_rels/document.xml", "word/_rels/vanban2.xml"))  # fmt: skip


def _dangling(part: bytes) -> bytes:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    return part.replace(
        b"</Relationships>", b'<Relationship Id="rId9876" Type="' + kind + b'" Target="media/khong-co.png"/></Relationships>'
    )


def _paragraphs(body: Any) -> list[Any]:
    return list(body.iterchildren(w("p")))


def _runs(body: Any) -> list[Any]:
    """The runs of text, text boxes left alone."""
    return [
        run for run in body.iter(w("r")) if run.find(w("t")) is not None and not any(a.tag == w("txbxContent") for a in run.iterancestors())
    ]


def _wrapped(element: Any, outer: Any, inner: Any = None) -> None:
    """Puts `outer` in the element's place, and the element into `inner` (or `outer`)."""
    element.addprevious(outer)
    (outer if inner is None else inner).append(element)


def _controls(body: Any) -> None:
    """Every paragraph in a content control, every second one in a control in a control."""
    for at, paragraph in enumerate(_paragraphs(body)):
        for _ in range(1 + at % 2):
            content = made("sdtContent")
            _wrapped(paragraph, made("sdt", made("sdtPr", made("alias", val="Nội dung")), content), content)


def _controls_in_line(body: Any) -> None:
    for run in _runs(body):
        content = made("sdtContent")
        _wrapped(run, made("sdt", made("sdtPr", made("showingPlcHdr")), content), content)


def _split(body: Any) -> None:
    """A run for every three letters, with the marks of the spelling checker, bookmarks and page breaks of the last print between."""
    for run in _runs(body):
        if {child.tag for child in run} - {w("rPr"), w("t")}:
            continue
        for text in list(run.iterchildren(w("t"))):
            words = text.text or ""
            for at in range(0, len(words), 3):
                piece = copy.deepcopy(run)
                for other in list(piece):
                    if other.tag != w("rPr"):
                        piece.remove(other)
                part = made("t")
                part.text = words[at : at + 3]
                part.set(_SPACE, "preserve")
                piece.append(part)
                run.addprevious(piece)
                if at % 9 == 0:
                    run.addprevious(made("proofErr", type="spellStart"))
                    run.addprevious(made("bookmarkStart", id=str(at), name="_GoBack"))
                    piece.insert(len(piece) - 1, made("lastRenderedPageBreak"))
            run.remove(text)


def _inserted(body: Any) -> None:
    """Every run is a tracked insertion, and a deletion stands before it."""
    for at, run in enumerate(_runs(body)):
        mark = {"id": str(at), "author": "Phòng Nội vụ", "date": "2023-11-03T15:42:00Z"}
        _wrapped(run, outer := made("ins", **mark))
        outer.addprevious(made("del", text_run(_NOT_SHOWN, "delText"), **mark))


def _moved(body: Any) -> None:
    """Every run was moved here; where it came from it still stands, as `w:t` in `w:moveFrom`."""
    for at, run in enumerate(_runs(body)):
        mark = {"id": str(at), "author": "Phòng Nội vụ"}
        _wrapped(run, outer := made("moveTo", **mark))
        outer.addprevious(made("moveFrom", text_run(_NOT_SHOWN), **mark))


def _linked(body: Any) -> None:
    """Hyperlinks, simple fields, smart tags and custom XML in turns."""
    tags: tuple[tuple[str, dict[str, str]], ...] = (
        ("hyperlink", {"anchor": "_GoBack"}),
        ("fldSimple", {"instr": " TITLE "}),
        ("smartTag", {"element": "place"}),
        ("customXml", {}),
    )
    for at, run in enumerate(_runs(body)):
        name, attributes = tags[at % len(tags)]
        _wrapped(run, made(name, **attributes))


def _fields(body: Any) -> None:
    """Every run is a field's result; the instruction holds another field, whose result is not shown."""

    def mark(kind: str) -> Any:
        return made("r", made("fldChar", fldCharType=kind))

    for run in _runs(body):
        begin = (mark("begin"), text_run(" IF ", "instrText"), mark("begin"), text_run(" PAGE ", "instrText"), mark("separate"),
                 text_run(_NOT_SHOWN), mark("end"), text_run(' = 1 "a" ', "instrText"), mark("separate"))  # fmt: skip
        for one in begin:
            run.addprevious(one)
        run.addnext(mark("end"))


def _hidden(body: Any) -> None:
    """Hidden text and a comment's marks beside every run."""
    for at, run in enumerate(_runs(body)):
        run.addnext(text_run(_NOT_SHOWN, "t", made("vanish")))
        run.addprevious(made("commentRangeStart", id=str(at)))
        run.addnext(made("r", made("commentReference", id=str(at))))


def _boxed(body: Any) -> None:
    """Every paragraph in a text box, as DrawingML and again as VML for programs from before."""
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    for paragraph in _paragraphs(body):
        if any(r.find(f".//{w('txbxContent')}") is not None for r in paragraph.iterchildren()):
            continue
        frame = etree.fromstring(
            f'<w:p xmlns:w="{_W}" xmlns:mc="{mc}"><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            f'<a:graphic xmlns:a="{drawing}"><a:graphicData><wps:wsp xmlns:wps="{wps}"><wps:txbx><w:txbxContent/></wps:txbx></wps:wsp>'
            f'</a:graphicData></a:graphic></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
            f"<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )
        paragraph.addprevious(frame)
        first, second = frame.iter(w("txbxContent"))
        second.append(copy.deepcopy(paragraph))
        first.append(paragraph)


def _tabled(body: Any) -> None:
    """Every paragraph in a cell of a table inside a cell, beside a cell that is merged over two rows."""
    for paragraph in _paragraphs(body):
        if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            continue
        inner = made("tc", made("tcPr"))
        nested = made("tbl", made("tr", inner, made("tc", made("p"))), made("tr", made("tc", made("p")), made("tc", made("p"))))
        outer = made("tbl")
        for merge in ("restart", "continue"):
            beside = made("tc", made("tcPr", made("vMerge", val=merge)), made("p"))
            outer.append(made("tr", beside, made("tc", nested, made("p")) if merge == "restart" else made("tc", made("p"))))
        _wrapped(paragraph, outer, inner)


_BODIES: Final[dict[str, Callable[[Any], None]]] = {
    "content controls": _controls,
    "content controls in lines": _controls_in_line,
    "runs of three letters": _split,
    "insertions and deletions": _inserted,
    "moved text": _moved,
    "links, simple fields, tags": _linked,
    "fields in fields": _fields,
    "hidden text, comments": _hidden,
    "text boxes, twice each": _boxed,
    "nested and merged tables": _tabled,
}
