"""The package of a Word file (ECMA-376 part 2): a zip of XML parts that point to each other. python-docx opens it; what python-docx refuses
is opened tolerantly, part by part as needed."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from urllib.parse import unquote

from docx.opc.pkgreader import PackageReader
from lxml.etree import XMLSyntaxError

from .detect import ZIP_FAULTS
from .docx_xml import Element
from .limits import OPENED_PARTS, PACKAGE_BYTES, PACKAGE_PARTS, PART_BYTES
from .mending import parsed
from .model import Issue
from .reader_types import Unreadable

_REPAIR: Final = "open it in Word, let it be repaired, save it anew"
_TYPES: Final = "[content_types].xml"
# Characters, in UTF-8, that text in an old Vietnamese coding is full of and Vietnamese text never has.
_CODES: Final = re.compile(rb"\xc2[\xa8-\xbe]|\xc3[\x84-\x86\x8b\x8e\x8f\x91\x96\x98\x9b\x9c\xa4-\xa6\xab\xae\xaf\xb1\xb6\xb8\xbb\xbc]")
_FEW_CODES: Final = 8
_LARGE_STYLES: Final = 1 << 15
# Parts that python-docx has classes for which are used here.
_OBJECTS: Final = ("styles", "numbering", "core-properties")


@dataclass(frozen=True, slots=True)
class Relation:
    """How one part points to another: `kind` is the last word of the type's address ("styles"), `target` the other part's name."""

    id: str
    kind: str
    target: str


class Package:
    """Parts by name, without regard to case, leading slash or kind of slash, as Word takes them too."""

    def __init__(self, source: Path | IO[bytes]) -> None:
        """Raises Unreadable for what is no zip, is locked, or has more parts than any document."""
        try:
            self._zip = zipfile.ZipFile(source)
        except ZIP_FAULTS as fault:
            raise damaged(fault) from fault
        self._names = {_key(info.filename): info for info in self._zip.infolist() if not info.is_dir()}
        self._parts: dict[str, Element | None] = {}
        self._relations: dict[str, list[Relation]] = {}
        self.main = ""
        self._opened: dict[str, bytes] = {}
        self.may_be_coded = False
        self.issues: list[Issue] = []
        if len(self._names) > PACKAGE_PARTS:
            raise Unreadable("limit", f"it has {len(self._names)} parts", "open it in Word and save it anew")
        if any(info.flag_bits & 1 for info in self._names.values()):
            raise Unreadable("encrypted", "the file is locked with a password", "save a copy without the password")
        if len(self._names) <= OPENED_PARTS and sum(info.file_size for info in self._names.values()) <= PACKAGE_BYTES:
            self._open(source)
        self.main = self._main_part()

    def _open(self, source: Path | IO[bytes]) -> None:
        """Takes the parts and their relations from python-docx's package reader. It refuses what is not quite a package (a dangling part, a
        part of no type, damaged relations): from such a file each part is taken by itself, tolerantly."""
        try:
            reader = PackageReader.from_file(str(source) if isinstance(source, Path) else source)
        except Exception:  # it raises whatever its lookups raise: KeyError, ValueError, XMLSyntaxError, PackageNotFoundError, zlib.error
            return
        self._opened = {_key(name): blob for name, _, _, blob in reader.iter_sparts()}
        for name, relation in reader.iter_srels():
            if not relation.is_external:
                kind = (relation.reltype or "").rpartition("/")[2]  # a relation may lack its name or its type
                one = Relation(relation.rId or "", kind, relation.target_partname.lstrip("/"))
                self._relations.setdefault(name.lstrip("/"), []).append(one)

    def close(self) -> None:
        """Closes the zip."""
        self._zip.close()

    def document(self) -> Element:
        """The root of the main part. Raises Unreadable where it is missing or damaged."""
        try:
            root = self._load(self.main)
        except (XMLSyntaxError, *ZIP_FAULTS) as fault:
            raise damaged(fault) from fault
        if root is None:
            raise damaged(f"no part {self.main}")
        return root

    def part(self, name: str, kind: str = "") -> Element | None:
        """The root of a part; None where it is missing or damaged, which is told as an issue. With a `kind` that python-docx has classes
        for it is made of those."""
        if name not in self._parts:
            try:
                self._parts[name] = self._load(name, kind)
                if self._parts[name] is None:
                    self._tell("missing-part", f"the part {name} is missing from the Word file")
            except (XMLSyntaxError, *ZIP_FAULTS) as fault:
                self._parts[name] = None
                self._tell("damaged-part", f"the part {name} of the Word file is damaged ({type(fault).__name__}: {fault})")
        return self._parts[name]

    def related(self, name: str, kind: str) -> Element | None:
        """The root of the part that `name` points to as `kind` ("styles"); None where there is none."""
        target = next((r.target for r in self.relations(name) if r.kind == kind), None)
        return None if target is None else self.part(target, kind)

    def relations(self, name: str) -> list[Relation]:
        """Where a part points to, inside the package only."""
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def _read_relations(self, name: str) -> list[Relation]:
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        if _key(place) not in self._names:
            return []
        root = self.part(place)
        found = []
        for element in root if root is not None else ():
            if element.get("TargetMode") != "External" and (target := element.get("Target")):
                path = posixpath.normpath(posixpath.join("/" + folder, unquote(target).replace("\\", "/"))).lstrip("/")
                found.append(Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], path))
        return found

    def _main_part(self) -> str:
        """By the package's relations, else by its list of content types, else by the usual name; some programs get the first two wrong."""
        candidates = [r.target for r in self.relations("") if r.kind == "officeDocument"]
        types = self.part(_TYPES) if _TYPES in self._names else None
        for element in types if types is not None else ():
            if element.get("ContentType", "").endswith(("document.main+xml", "template.main+xml", "Template.main+xml")):
                candidates.append(element.get("PartName", "").lstrip("/"))
        candidates.append("word/document.xml")
        return next((name for name in candidates if _key(name) in self._names), "word/document.xml")

    def content(self, name: str) -> bytes:
        """A part that is no XML, such as a picture; b'' where it is missing, damaged or too large, which is told as an issue."""
        try:
            data = self._bytes(name)
        except (Unreadable, *ZIP_FAULTS) as fault:
            self._tell("damaged-part", f"the part {name} of the Word file cannot be read ({fault})")
            return b""
        if data is None:
            self._tell("missing-part", f"the part {name} is missing from the Word file")
        return data or b""

    def _bytes(self, name: str) -> bytes | None:
        info = self._names.get(_key(name))
        if info is None:
            return None
        if info.file_size > PART_BYTES:
            raise Unreadable("limit", f"its part {name} unpacks to {info.file_size >> 20} MiB", "open it in Word and save a simpler copy")
        if (opened := self._opened.get(_key(name))) is not None:
            return opened
        with self._zip.open(info) as file:
            return file.read()

    def _load(self, name: str, kind: str = "") -> Element | None:
        data = self._bytes(name)
        if data is None:
            return None
        if name == self.main:
            self.may_be_coded = len(_CODES.findall(data)) >= _FEW_CODES
        if len(data) > _LARGE_STYLES and kind == "styles":
            data = _without_table_styles(data)
        root, mended = parsed(data, objects=kind in _OBJECTS)
        if mended:
            self._tell("mended", f"the part {name} of the Word file is not well-formed and was read all the same")
        return root

    def _tell(self, code: str, message: str) -> None:
        self.issues.append(Issue(code, message, _REPAIR))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _without_table_styles(data: bytes) -> bytes:
    """Table styles only colour and rule, yet they can be nine tenths of the styles: 10 ms to parse in files made from Word's template."""
    kept = []
    for piece in data.split(_STYLE_END):
        start = piece.rfind(b"<w:style ")
        is_table = start >= 0 and b' w:type="table"' in piece[start : piece.find(b">", start)]
        kept.append(piece[:start] if is_table else piece + _STYLE_END)
    return b"".join(kept)[: -len(_STYLE_END)]


_STYLE_END: Final = b"</w:style>"


def damaged(fault: Exception | str) -> Unreadable:
    """A Word file that cannot be read, and what to do."""
    why = fault if isinstance(fault, str) else f"{type(fault).__name__}: {fault}"
    return Unreadable("damaged", f"the Word file is damaged ({why})", _REPAIR)
