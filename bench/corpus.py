"""A run over all sorts of files, watched: `python bench/corpus.py [--own] [--write]`, or `make corpus`.

Gathers Word files and PDF from the test data of a few public packages (kept in .cache/corpus, which is never committed; left out with
`--own` and where they cannot be had), makes others (`bench/corpus_files.py`), takes ../shared along where it is there, and ingests the lot
as an office would. Ends with code 1 unless the run ends as it should, every file and archive member is accounted for, none failed, and the
memory of the whole run stays under 1.5 GiB. `--write` puts the table into docs/reading.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from minhchung.bench.corpus_files import make_files
from minhchung.bench.reading import ROOT, written

# Packages whose source archives carry documents to test with, and the client that fetches each.
PYTHON_PACKAGES: Final = ("ocrmypdf", "pikepdf", "pypdf", "python-docx")
NODE_PACKAGES: Final = ("mammoth",)
KEPT: Final = ROOT / ".cache" / "corpus"
SHARED: Final = {name: ROOT.parent / "shared" / place for name, place in (("dev-reports", "dev-reports/docs"), ("odd-files", "odd-files"))}
ENDINGS: Final = (".docx", ".docm", ".dotx", ".pdf", ".doc", ".odt", ".rtf", ".eml")
OUTCOMES: Final = ("ingested", "duplicate", "superseded", "unreadable", "failed", "ignored")
MOST_MEMORY: Final = 1536.0  # MiB
MOST_SECONDS: Final = 3600.0
FETCH_SECONDS: Final = 300


def gathered() -> Path | None:
    """The documents of the public packages, fetched once; None where none can be had."""
    for package in (*PYTHON_PACKAGES, *NODE_PACKAGES):
        place = KEPT / package
        if not place.is_dir():
            with tempfile.TemporaryDirectory() as folder:
                archive = _fetched(package, Path(folder))
                if archive is None:
                    print(f"{package}: its source archive cannot be had; going on without its documents", file=sys.stderr)
                    continue
                _take_documents(archive, place)
    return KEPT if KEPT.is_dir() and any(KEPT.rglob("*.*")) else None


def _fetched(package: str, folder: Path) -> Path | None:
    if package in NODE_PACKAGES:
        command = ["npm", "pack", package]
    else:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", package, package]
    if shutil.which(command[0]) is None:
        return None
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=FETCH_SECONDS)
    except (subprocess.SubprocessError, OSError):
        return None
    return next((path for path in folder.iterdir() if path.name.endswith((".tar.gz", ".tgz"))), None)


def _take_documents(archive: Path, place: Path) -> None:
    """The documents of a source archive, their folders made part of their names."""
    place.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member) if member.isfile() and member.name.lower().endswith(ENDINGS) else None
            if content is not None:
                (place / "__".join(PurePosixPath(member.name).parts[1:])).write_bytes(content.read())


@dataclass(slots=True)
class Run:
    """How a command ended: exit code (None: it had to be stopped), seconds, most MiB of the whole process tree at a time, last words."""

    code: int | None = None
    seconds: float = 0.0
    peak: float = 0.0
    said: list[str] = field(default_factory=list)


def watched(command: Sequence[str]) -> Run:
    """Runs it, and looks four times a second at what it and its children hold (proportional set size, so that shared pages count once)."""
    run, started = Run(), time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        reader = threading.Thread(target=run.said.extend, args=(process.stdout,), daemon=True)
        reader.start()
        while process.poll() is None:
            run.peak = max(run.peak, sum(map(_held, _tree(process.pid))))
            run.seconds = time.monotonic() - started
            if run.seconds > MOST_SECONDS:
                process.kill()
                return run
            time.sleep(0.25)
        reader.join(5)
        run.code = process.returncode
    return run


def _tree(root: int) -> Iterator[int]:
    """The process and all that it started."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:  # it has ended meanwhile
                continue
            children.setdefault(parent, []).append(int(entry.name))
    todo = [root]
    while todo:
        one = todo.pop()
        yield one
        todo += children.get(one, [])


def _held(process: int) -> float:
    """MiB."""
    try:
        lines = Path("/proc", str(process), "smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def asked(db: Path, *words: str) -> Any:
    """What a command answers, from JSON."""
    command = [sys.executable, "-m", "minhchung", *words, "--db", str(db), "--format", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def faults_of(run: Run, lost: Sequence[str], rows: Sequence[dict[str, Any]]) -> list[str]:
    """What is not as it should be."""
    faults = [f"not accounted for: {name}" for name in lost]
    faults += [f"failed: {row['path']}: {row['reason']}" for row in rows if row["outcome"] == "failed"]
    if run.code not in (0, 3):
        faults.append(f"the run ended with {run.code}: {''.join(run.said[-5:])}")
    if run.peak > MOST_MEMORY:
        faults.append(f"the run held {run.peak:.0f} MiB")
    return faults


def table(rows: Sequence[dict[str, Any]], folder: Path, run: Run) -> list[str]:
    """Markdown: a line for each kind of source and ending, a column for each outcome."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        inside = Path(row["path"]).relative_to(folder)
        ending = Path(row["file"]).suffix.lower() or "none"
        counts.setdefault((inside.parts[0], ending), Counter())[row["outcome"]] += 1
    shown = [outcome for outcome in OUTCOMES if outcome == "failed" or any(count[outcome] for count in counts.values())]
    lines = ["| source | kind | " + " | ".join(shown) + " |", "|---|---|" + "---|" * len(shown)]
    lines += [f"| {source} | {kind} | " + " | ".join(str(n[o]) for o in shown) + " |" for (source, kind), n in sorted(counts.items())]
    total = sum((count for count in counts.values()), Counter())
    lines.append(f"| **all {sum(total.values())}** | | " + " | ".join(f"**{total[o]}**" for o in shown) + " |")
    return [*lines, "", f"{run.seconds:.0f} seconds, two workers, at most **{run.peak:.0f} MiB** at a time, exit code {run.code}."]


def main(arguments: Sequence[str]) -> int:
    if any(word not in ("--own", "--write") for word in arguments):
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as work:
        folder, db = Path(work).resolve() / "files", Path(work) / "run.db"
        public = None if "--own" in arguments else gathered()
        for source, name in (
            (public, "public packages"),
            *((place, name) for name, place in SHARED.items()),
        ):
            if source is not None and source.is_dir():
                shutil.copytree(source, folder / name)
        members = make_files(folder)
        os.environ["MINHCHUNG_CACHE"] = str(Path(work) / "cache")
        run = watched([sys.executable, "-m", "minhchung", "ingest", str(folder), "--db", str(db), "--jobs", "2"])
        rows = asked(db, "documents")
        known = {row["path"] for row in rows}
        lost = [str(p) for p in (*(p for p in folder.rglob("*") if p.is_file()), *members) if str(p) not in known]
        lines, faults = table(rows, folder, run), faults_of(run, lost, rows)
    print("\n".join([*lines, *faults]))
    if "--write" in arguments and not faults:
        written("corpus", lines)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
