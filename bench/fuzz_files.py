"""Reads mutated PDF and Word files, archives, letters and texts for as long as told, each in a worker as a run does; no fault may escape.

    python bench/fuzz_files.py [SECONDS [SEED [KIND]]]     default: 3600 0 all; KIND is all, pdf, or others

Ends with code 1, and keeps the file, at the first one that a worker died of, hung on, or that the reader called its own failure. A file
that asks for more memory than a worker may have is stopped by that limit, and counted.
"""

from __future__ import annotations

import email.message
import io
import os
import random
import re
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from minhchung.ingest.archives import unpack
from minhchung.ingest.isolation import Failure, run_isolated
from minhchung.ingest.limits import seconds_for
from minhchung.ingest.reader import read_file
from minhchung.ingest.reader_types import Unreadable

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "samples" / "reports", ROOT.parent / "shared" / "odd-files")
LARGEST = 100_000  # bytes of a seed: small files are mutated in more places that matter
LARGEST_PDF = 300_000
OBJECT = re.compile(rb"\d+ \d+ obj\b(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
NUMBER = re.compile(rb"(?<![\w.])\d+(?![\w.])")
NAME = re.compile(rb"/[A-Za-z]\w*")
NUMBERS = (b"0", b"-1", b"1", b"3", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"99999999999999999999", b"1e30")
Mutation = Callable[[bytes, random.Random], bytes]


def found(pattern: str, largest: int) -> list[bytes]:
    files = [path.read_bytes() for folder in FOLDERS if folder.is_dir() for path in sorted(folder.glob(pattern))]
    return [data for data in files if 0 < len(data) < largest]


def seeds(kind: str) -> list[bytes]:
    """Whole files of that kind."""
    pdf = found("*.pdf", LARGEST_PDF) if kind != "others" else []
    return pdf + (others() if kind != "pdf" else [])


def others() -> list[bytes]:
    """Word files that lie in the folders, and archives and a letter made of them."""
    files = found("*.do*", LARGEST)
    text = ("Số: 12/BC-UBND      Hải An, ngày 10 tháng 11 năm 2023\n" * 20).encode()
    letter = email.message.EmailMessage()
    letter["From"], letter["Subject"] = "a@b.example", "Gửi báo cáo"
    letter.set_content("Kính gửi")
    letter.add_attachment(files[0], maintype="application", subtype="msword", filename="bc.docx")
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", text)
        package.writestr("b/c.docx", files[0])
    with tarfile.open(fileobj=tarred, mode="w:gz") as tar:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    return [*files, text, letter.as_bytes(), zipped.getvalue(), tarred.getvalue()]


def mutated_inside(data: bytes, dice: random.Random) -> bytes:
    """A package of which one part is mutated and packed again, so that the XML is struck and not only the packing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        struck = dice.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))] or old.namelist())
        for name in dict.fromkeys(old.namelist()):
            content = old.read(name)
            new.writestr(name, mutated(content, dice) if name == struck else content)
    return out.getvalue()


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A few bytes changed, taken out, put in, repeated, or all after some place cut off."""
    out = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, kind = dice.randrange(len(out) + 1), dice.random()
        if kind < 0.5 and at < len(out):
            out[at] = dice.randrange(256)
        elif kind < 0.65:
            del out[at : at + dice.randint(1, 60)]
        elif kind < 0.8:
            out[at:at] = dice.randbytes(dice.randint(1, 20))
        elif kind < 0.95:
            start = dice.randrange(len(out) + 1)
            out[at:at] = out[start : start + dice.randint(1, 300)]
        else:
            del out[at:]
    return bytes(out)


def swapped(data: bytes, dice: random.Random) -> bytes:
    """A PDF in which one object has the content of another, or none."""
    spans = [match.span(1) for match in OBJECT.finditer(data)]
    if not spans:
        return mutated(data, dice)
    (start, end), (other, other_end) = dice.choice(spans), dice.choice(spans)
    return data[:start] + (b" " if dice.random() < 0.2 else data[other:other_end]) + data[end:]


def struck_streams(data: bytes, dice: random.Random) -> bytes:
    """A PDF of which one stream is unpacked, mutated and packed again: drawings, fonts, tables of letters and of objects are struck."""
    spans = [match.span(1) for match in STREAM.finditer(data)]
    if not spans:
        return mutated(data, dice)
    start, end = dice.choice(spans)
    content = data[start:end]
    try:
        content = zlib.compress(mutated(zlib.decompress(content), dice))
    except zlib.error:  # not packed so: struck as it is
        content = mutated(content, dice)
    return data[:start] + content + data[end:]


def renumbered(data: bytes, dice: random.Random) -> bytes:
    """A PDF in which a few numbers outside of streams (references, lengths, sizes, places of objects) are others, or a name is."""
    dull = bytearray(data)
    for match in STREAM.finditer(data):
        dull[match.start(1) : match.end(1)] = b"x" * (match.end(1) - match.start(1))
    names = NAME.findall(dull)
    pattern, values = (NAME, names) if names and dice.random() < 0.2 else (NUMBER, [*NUMBERS, *NUMBER.findall(dull)[:200]])
    spans = [match.span() for match in pattern.finditer(dull)]
    chosen = dice.sample(spans, min(len(spans), dice.randint(1, 4)))
    for start, end in sorted(chosen, reverse=True):
        data = data[:start] + dice.choice(values) + data[end:]
    return data


def shuffled(data: bytes, dice: random.Random) -> bytes:
    """A file in which a stretch, up to a quarter of it, stands elsewhere, or of which only the front is left."""
    start, to = dice.randrange(len(data)), dice.randrange(len(data))
    end = start + dice.randint(1, max(1, len(data) // 4))
    if dice.random() < 0.4:
        return data[: max(1, start)]
    rest = data[:start] + data[end:]
    return rest[:to] + data[start:end] + rest[to:]


PDF_MUTATIONS: tuple[Mutation, ...] = (mutated, swapped, struck_streams, struck_streams, renumbered, renumbered, shuffled)


def mutant(seed: bytes, dice: random.Random) -> bytes:
    """As fits what the file is; one in three PDF is struck twice."""
    if seed.startswith(b"%PDF"):
        out = dice.choice(PDF_MUTATIONS)(seed, dice)
        return dice.choice(PDF_MUTATIONS)(out, dice) if out and dice.random() < 0.33 else out
    inside = zipfile.is_zipfile(io.BytesIO(seed)) and dice.random() < 0.6
    return mutated_inside(seed, dice) if inside else mutated(seed, dice)


def read(folder: Path, path: Path) -> str:
    """What a run makes of one file: its outcome, archives unpacked and their members read."""
    report = read_file(path, ("mật khẩu",))
    if report.outcome == "failed":
        return "out-of-memory" if "memory" in report.reason else f"failed: {report.reason}"
    if report.issues and report.issues[-1].code == "archive":
        try:
            members = unpack(path, folder)
        except Unreadable:
            return "refused"
        for member in members:
            if member.path and (inner := read_file(member.path)).outcome == "failed":
                return f"failed: {inner.reason}"
        return "unpacked"
    return report.outcome


def cases(folder: Path, dice: random.Random, seconds: float, kind: str) -> Iterator[Path]:
    """New files until the time is over."""
    whole, end, number = seeds(kind), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        path = folder / f"{number}.bin"
        path.write_bytes(mutant(dice.choice(whole), dice))
        yield path
        number += 1


def escaped(result: str | Failure) -> bool:
    return result.code != "out-of-memory" if isinstance(result, Failure) else result.startswith("failed")


def main(seconds: float, seed: int, kind: str) -> int:
    """Runs, and tells how many files came out how."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="minhchung-") as name:
        folder = Path(name)
        os.environ["MINHCHUNG_CACHE"] = str(folder / "cache")  # what OCR sees in such files is not kept for later runs
        given = cases(folder, random.Random(seed), seconds, kind)
        for path, result in run_isolated(given, partial(read, folder), 2, lambda p: seconds_for(p.stat().st_size)):
            if escaped(result):
                kept = Path(f"fuzz-{seed}-{path.name}")
                kept.write_bytes(path.read_bytes())
                print(f"{kept}: {result}")
                return 1
            outcomes[result.code if isinstance(result, Failure) else result] += 1
            path.unlink()
    print(f"{outcomes.total()} files in {seconds:g} s, none escaped: {dict(outcomes)}")
    return 0


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(float(words[0]) if words else 3600, int(words[1]) if words[1:] else 0, words[2] if words[2:] else "all"))
