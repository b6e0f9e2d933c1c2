"""The parts of a Word file that python-docx has no words for: spellings, numbering, footnotes, text boxes."""

import copy
import re
import unicodedata
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def old_tone(text: str) -> str:
    """Moves the tone mark of oa, oe, uy to the second vowel (hòa → hoà, ủy → uỷ), as older keyboards put it; 'quý' stays."""

    def move(found: re.Match[str]) -> str:
        first, second = found.group(1), found.group(2)
        base, tone = unicodedata.normalize("NFD", first)[0], unicodedata.normalize("NFD", first)[1]
        return base + unicodedata.normalize("NFC", second + tone)

    text = re.sub(r"([òóỏõọÒÓỎÕỌ])([aeAE])(?![a-zà-ỹA-ZÀ-Ỹ])", move, text)
    return re.sub(r"(?<![qQ])([ùúủũụÙÚỦŨỤ])([yY])(?![a-zà-ỹA-ZÀ-Ỹ])", move, text)


def cp1258(text: str) -> str:
    """Vowel with its hat precomposed, tone as a mark of its own: how old Vietnamese keyboards store a letter."""
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(c for c in parts if c in TONES)
        out.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES)) + tone)
    return "".join(out)


def define_numbering(docx: Any) -> None:
    """Two lists: I. 1. a) for headings, - + for bullets."""

    def level(number: int, kind: str, text: str) -> str:
        bold = "<w:rPr><w:b/></w:rPr>" if kind in ("upperRoman", "decimal") else ""
        return (
            f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{0 if number == 0 and kind == "upperRoman" else 567}" w:hanging="0"/></w:pPr>{bold}</w:lvl>'
        )

    lists = (
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)"),
        level(0, "bullet", "-") + level(1, "bullet", "+"),
    )
    root = docx.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for k, levels in enumerate(lists):
        root.append(
            parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{k}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>')
        )
    for k in range(len(lists)):
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{k + 1}"><w:abstractNumId w:val="{k}"/></w:num>'))


def footnotes_part(docx: Any, texts: list[str]) -> None:
    """Adds the footnotes part: ids 0 and 1 are Word's separators, the texts follow from 2."""
    notes = [
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
    ]
    small = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="20"/></w:rPr>'
    for number, text in enumerate(texts, start=2):
        notes.append(
            f'<w:footnote w:id="{number}"><w:p>'
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="20"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r>{small}<w:t xml:space="preserve"> {_escape(text)}</w:t></w:r></w:p></w:footnote>'
        )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{"".join(notes)}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, xml.encode("utf-8"), docx.part.package)
    docx.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_box(number: int, x: float, width: float, paragraphs: list[Any]) -> Any:
    """One anchored text box, x and width in cm; its words stand twice, in mc:Choice and in mc:Fallback (VML), as Word writes them."""
    content = OxmlElement("w:txbxContent")
    for paragraph in paragraphs:
        content.append(copy.deepcopy(paragraph))
    emu = 360000
    xml = (
        f'<mc:AlternateContent {MC} {nsdecls("w", "wp", "a")} {WPS} {VML}><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" '
        f'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>{int(x * emu)}'
        f'</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{int(width * emu)}" cy="{int(3.4 * emu)}"/><wp:wrapNone/><wp:docPr id="{number}" name="Text Box {number}"/>'
        f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{int(width * emu)}" cy="{int(3.4 * emu)}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></wps:spPr><wps:txbx/><wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/>'
        f"</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape id="tb{number}" type="#_x0000_t202" style="position:absolute;margin-left:{x}cm;width:{width}cm;height:3.4cm" '
        f'stroked="f"><v:textbox/></v:shape></w:pict></mc:Fallback></mc:AlternateContent>'
    )
    shape = parse_xml(xml)
    for holder in ("{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx", "{urn:schemas-microsoft-com:vml}textbox"):
        next(shape.iter(holder)).append(copy.deepcopy(content))
    return shape
