"""Rooms for testing the store alone: reports are small text files, judged by what they say of themselves.

Run as a program it ingests a folder: FOLDER STORE SECONDS-A-FILE. A report:

agency: QH-304
number: 487/BC-UBND
date: 2023-11-10
year: 2023
---
II.1.a done Quận đã tổ chức hội nghị quán triệt Luật.
plain text that carries no claim
refused: II.1.d no/other-object 9 Quận tập huấn bơi cho học sinh.
signed: UBND quận Thí Dụ
issue: changed-after-signing
"""

import hashlib
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from minhchung.extract.model import CellVerdict, Coverage, Cue, Evidence, JudgedDocument, Judgement, Letterhead, Quantity, Rejected
from minhchung.ingest.model import Issue, Locator, Passage, Report, Row, Signature
from minhchung.plan.cells import expand
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.store.rooms import Bench, Hands, Rooms

STATES = {"done": "evidenced", "ongoing": "evidenced", "planned": "planned", "not_done": "not_done"}
ORDER = ("evidenced", "partial", "planned", "not_done")
reads: list[str] = []
versions = {"reader": "r1", "rules": "j1"}


@dataclass(frozen=True)
class Found:
    path: Path
    ignored: str = ""
    place: Path | None = None


class Workroom:
    """Nothing to make ready."""

    prepared = None

    def __enter__(self) -> "Workroom":
        return self

    def __exit__(self, *_: object) -> None:
        self.done = True

    def unpack(self, found: list[Found]) -> list[Found]:
        return found

    def convert(self, paths: Sequence[Path]) -> None:
        self.asked = list(paths)


@dataclass(frozen=True)
class Failure:
    code: str
    message: str
    next_step: str


def discover(paths: Sequence[Path]) -> list[Found]:
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*"))) if file.is_file()]
    return [Found(file, "" if file.suffix in (".docx", ".pdf") else f"not a report: {file.suffix}") for file in files]


def read(path: Path, passwords: Sequence[str] = (), prepared: Path | None = None) -> Report:
    reads.append(path.name)
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    text = data.decode()
    if text.startswith("unreadable"):
        issue = Issue("damaged", "cannot be read", "ask for it again")
        return Report(sha256, str(path), "docx", "unreadable", "it is damaged; ask for it again", issues=(issue,))
    lines = [line for line in text.splitlines() if line]
    passages = tuple(
        Passage(n, "cell", line, ("I. KẾT QUẢ",), Locator(1, f"p{n}", (0.0, 1.5, 2.0, 3.0)), Row(1, 2, 3, ("a", ""), (line, "")))
        for n, line in enumerate(lines)
    )
    issues = [
        Issue("page-failed", "page 2"),
        *(Issue(code, f"{code} is said", "look", 1) for code in re.findall(r"(?m)^issue: (.+)$", text)),
    ]
    signed = tuple(
        Signature("Nguyễn Thí Dụ", name, "2023-11-10T08:00:00+07:00", "changed-after-signing" in text)
        for name in re.findall(r"(?m)^signed: (.+)$", text)
    )
    report = Report(sha256, str(path), "pdf", "read", pages=2, unread_pages=(2,), passages=passages, issues=tuple(issues))
    return replace(report, signatures=signed)


def claim(passage: Passage) -> Evidence | None:
    match = re.match(r"(I+\.\S+) (done|ongoing|planned|not_done|mention) (.+)", passage.text)
    if not match:
        return None
    part = re.search(r"(\d+)/(\d+) (\w+)", match[3])
    return Evidence(
        passage=passage.ordinal,
        item=match[1],
        status=match[2],  # type: ignore[arg-type]
        start=match.start(3),
        end=match.end(3),
        quote=match[3],
        heading=passage.headings[-1],
        confidence=0.9,
        cues=(Cue(f"fake-{versions['rules']}", match[2], match.start(2), match.end(2)),),
        dates=("2023-08",),
        quantities=(Quantity(12.0, "phường"),),
        coverage=Coverage(int(part[1]), int(part[2]), part[3]) if part else None,
    )


def refused(passage: Passage) -> Rejected | None:
    match = re.match(r"refused: (\S+) (\S+) (\d+) (.+)", passage.text)
    if not match:
        return None
    words = match[4].split()[1]
    cue = Cue("fake-item", words, passage.text.index(words), passage.text.index(words) + len(words))
    return Rejected(passage.ordinal, match[1], match[2], int(match[3]), match.start(4), match.end(4), match[4], "I. KẾT QUẢ", (cue, cue))


def judge(report: Report, plan: object, registry: object) -> Judgement:
    if any("crash" in passage.text for passage in report.passages):
        raise RuntimeError("the fake judge fell over")
    said = dict(re.findall(r"(?m)^(\w+): (.+)$", "\n".join(passage.text for passage in report.passages)))
    by_name = re.search(r"(QH-\d+)(?:-(\d{4}))?", Path(report.path).name)
    agency = said.get("agency") or (by_name[1] if by_name else None)
    year = said.get("year") or (by_name[2] if by_name else None)
    letterhead = Letterhead(
        agency=agency,
        agency_name=agency and f"Agency {agency}",
        number=said.get("number"),
        date=said.get("date"),
        type="BÁO CÁO",
        title=said.get("title"),
        year=int(year) if year else None,
        replaces=tuple(said["replaces"].split(", ")) if "replaces" in said else (),
    )
    evidence = tuple(found for passage in report.passages if (found := claim(passage)))
    rejected = tuple(one for passage in report.passages if (one := refused(passage)))
    return Judgement(letterhead, evidence, (Issue("odd", "an odd thing", "look at it"),), rejected)


def judge_item(item: object, documents: Sequence[JudgedDocument]) -> CellVerdict:
    name = item.id  # type: ignore[attr-defined]
    if name == "III.bc" and any(document.outcome == "read" for document in documents):
        return CellVerdict("evidenced", tuple((document.sha256, -1) for document in documents if document.outcome == "read"))
    claims = []
    for document in documents:
        for number, found in enumerate(document.evidence):
            if found.item == name and found.status in STATES:
                partial = found.coverage is not None and found.coverage.done < found.coverage.total
                claims.append((ORDER.index("partial" if partial else STATES[found.status]), document.sha256, number))
    if not claims:
        return CellVerdict("silent" if documents else "no_report")
    return CellVerdict(ORDER[min(claims)[0]], tuple((sha256, number) for _, sha256, number in sorted(claims)))  # type: ignore[arg-type]


def judge_duty(duty: object, item: object, documents: Sequence[JudgedDocument]) -> CellVerdict:
    return judge_item(item, documents)


def run(paths: Sequence[Path], work: object, jobs: int, seconds: object, initializer: object = None) -> Iterator[tuple[Path, object]]:
    initializer()  # type: ignore[operator]
    for path in paths:
        if SLOW:
            time.sleep(SLOW)
        try:
            yield path, work(path)  # type: ignore[operator]
        except RuntimeError as error:
            yield path, Failure("crashed", str(error), "send us the file")


def hands() -> Hands:
    return Hands(read, judge, load_plan, load_registry)


def rooms() -> Rooms:
    bench = Bench(judge_item, judge_duty, expand)
    reader, rules = (lambda: versions["reader"]), (lambda: versions["rules"])
    workroom, tools = (lambda passwords: Workroom()), (lambda: frozenset(TOOLS))
    return Rooms(discover, run, hands, bench, load_plan, load_registry, reader, rules, workroom, tools)


SLOW = 0.0
TOOLS: set[str] = set()

if __name__ == "__main__":
    from minhchung.store.intake import intake

    SLOW = float(sys.argv[3])
    balance = intake([Path(sys.argv[1])], Path(sys.argv[2]), rooms=rooms())
    print(balance)
