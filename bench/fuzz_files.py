"""Reads mutated Word files, archives, letters and texts for as long as told, each in a worker as a run does; no fault may escape.

    python bench/fuzz_files.py [SECONDS [SEED]]     default: 3600 0

Ends with code 1, and keeps the file, at the first one that a worker died of, hung on, or that the reader called its own failure.
"""

from __future__ import annotations

import email.message
import io
import random
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
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


def seeds() -> list[bytes]:
    """Whole files of every kind: what lies in the folders, and archives and a letter made of them."""
    found = [path.read_bytes() for folder in FOLDERS if folder.is_dir() for path in sorted(folder.glob("*.do*"))]
    files = [data for data in found if 0 < len(data) < LARGEST]
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


def read(folder: Path, path: Path) -> str:
    """What a run makes of one file: its outcome, archives unpacked and their members read."""
    report = read_file(path, ("mật khẩu",))
    if report.outcome == "failed":
        return f"failed: {report.reason}"
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


def cases(folder: Path, dice: random.Random, seconds: float) -> Iterator[Path]:
    """New files until the time is over."""
    whole, end, number = seeds(), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        path = folder / f"{number}.bin"
        seed = dice.choice(whole)
        inside = zipfile.is_zipfile(io.BytesIO(seed)) and dice.random() < 0.6
        path.write_bytes(mutated_inside(seed, dice) if inside else mutated(seed, dice))
        yield path
        number += 1


def main(seconds: float, seed: int) -> int:
    """Runs, and tells how many files came out how."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="minhchung-") as name:
        folder = Path(name)
        work = partial(read, folder)
        for path, result in run_isolated(cases(folder, random.Random(seed), seconds), work, 2, lambda p: seconds_for(p.stat().st_size)):
            if isinstance(result, Failure) or result.startswith("failed"):
                kept = Path(f"fuzz-{seed}-{path.name}")
                kept.write_bytes(path.read_bytes())
                print(f"{kept}: {result}")
                return 1
            outcomes[result] += 1
            path.unlink()
    print(f"{outcomes.total()} files in {seconds:g} s, none escaped: {dict(outcomes)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 3600, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
