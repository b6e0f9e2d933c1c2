"""Between the dataclasses that flow and the rows that are kept. Each pair of functions is exact: what is written comes back equal."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Literal

from ..extract.model import Coverage, Cue, Evidence, JudgedDocument, Letterhead, Quantity, Rejected
from ..ingest.model import Issue, Locator, Passage, Properties, Report, Row, Signature
from .fold import folded
from .sql import ALIVE, Record, rows

Stage = Literal["read", "judge"]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LETTERHEAD = (
    "agency", "agency_name", "number", "date", "place", "type", "title", "year", "signer", "signed_as", "basis",
)  # fmt: skip
_KEY = 12  # hexadecimal digits: two of a million claims share a key once in five hundred stores
_LETTERHEAD_LISTS = ("replaces", "candidates")


def dumped(value: object) -> str:
    """JSON with Vietnamese letters as they are and no blanks."""
    return _encode(value)


def _flat(value: Any) -> Record:
    """A dataclass of plain values as a dict; `asdict` would copy each value, which is most of the time that saving takes."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def storable(record: Record) -> Record:
    """A record without half surrogates, which a broken font map or file name can bring and SQLite refuses; lengths stay as they are."""
    return {key: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value for key, value in record.items()}


def passage_record(sha256: str, passage: Passage) -> Record:
    """A row of `passages`."""
    return {
        "sha256": sha256,
        "ordinal": passage.ordinal,
        "kind": passage.kind,
        "text": passage.text,
        "folded": folded(passage.text),
        "headings": dumped(passage.headings),
        "page": passage.locator.page,
        "block": passage.locator.block,
        "bbox": dumped(passage.locator.bbox) if passage.locator.bbox else None,
        "table_row": dumped(_flat(passage.row)) if passage.row else None,
        "bold": int(passage.bold),
        "centered": int(passage.centered),
    }


def _row(text: str | None) -> Row | None:
    if text is None:
        return None
    value = json.loads(text)
    return Row(value["table"], value["row"], value["column"], tuple(value["heads"]), tuple(value["cells"]))


def _bbox(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    left, top, right, bottom = json.loads(text)
    return left, top, right, bottom


def passage_from(row: Mapping[str, Any]) -> Passage:
    """The passage that a row of `passages` holds."""
    return Passage(
        ordinal=row["ordinal"],
        kind=row["kind"],
        text=row["text"],
        headings=tuple(json.loads(row["headings"])),
        locator=Locator(row["page"], row["block"], _bbox(row["bbox"])),
        row=_row(row["table_row"]),
        bold=bool(row["bold"]),
        centered=bool(row["centered"]),
    )


def evidence_keys(sha256: str, claims: Sequence[Evidence]) -> list[str]:
    """A key for each claim of a content, in their order: 12 hexadecimal digits over the content, the place of the words and the item, so
    that reading and judging the same file again gives the same keys as long as the same words count for the same item."""
    found: list[str] = []
    for claim in claims:
        place = f"{sha256}:{claim.passage}:{claim.start}:{claim.end}:{claim.item}"
        again = 0
        while (key := hashlib.sha256(f"{place}:{again}".encode()).hexdigest()[:_KEY]) in found:
            again += 1  # a row's label is quoted once for each bare figure that stands under it
        found.append(key)
    return found


def rejected_record(sha256: str, ordinal: int, rejected: Rejected, locator: Locator, plan: int = 1) -> Record:
    """A row of `rejected`; `plan` is the plan's number in the store."""
    record = {name: getattr(rejected, name) for name in ("passage", "item", "gate", "distance", "start", "end", "quote", "heading")}
    cues = dumped([_flat(cue) for cue in rejected.cues])
    return {"sha256": sha256, "ordinal": ordinal, "plan": plan, **record, "page": locator.page, "locator": locator.block, "cues": cues}


def evidence_record(sha256: str, ordinal: int, key: str, evidence: Evidence, locator: Locator, plan: int = 1) -> Record:
    """A row of `evidence`; page and locator are those of its passage, repeated so that a query needs no join."""
    return {
        "sha256": sha256,
        "ordinal": ordinal,
        "plan": plan,
        "key": key,
        "passage": evidence.passage,
        "item": evidence.item,
        "status": evidence.status,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "heading": evidence.heading,
        "page": locator.page,
        "locator": locator.block,
        "confidence": evidence.confidence,
        "actor": evidence.actor,
        "partial": int(evidence.partial),
        "strength": evidence.strength,
        "cues": dumped([_flat(cue) for cue in evidence.cues]),
        "dates": dumped(evidence.dates),
        "numbers": dumped(evidence.numbers),
        "quantities": dumped([_flat(quantity) for quantity in evidence.quantities]),
        "audience": dumped(evidence.audience),
        "coverage": dumped(_flat(evidence.coverage)) if evidence.coverage else None,
    }


def evidence_from(row: Mapping[str, Any]) -> Evidence:
    """The claim that a row of `evidence` holds."""
    return Evidence(
        passage=row["passage"],
        item=row["item"],
        status=row["status"],
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        heading=row["heading"],
        confidence=row["confidence"],
        cues=tuple(Cue(**cue) for cue in json.loads(row["cues"])),
        dates=tuple(json.loads(row["dates"])),
        numbers=tuple(json.loads(row["numbers"])),
        quantities=tuple(Quantity(**quantity) for quantity in json.loads(row["quantities"])),
        audience=tuple(json.loads(row["audience"])),
        actor=row["actor"],
        coverage=Coverage(**json.loads(row["coverage"])) if row["coverage"] else None,
        partial=bool(row["partial"]),
        strength=row["strength"],
    )


def letterhead_record(letterhead: Letterhead) -> Record:
    """The letterhead columns of a row of `contents`."""
    record: Record = {name: getattr(letterhead, name) for name in _LETTERHEAD}
    record.update({name: dumped(getattr(letterhead, name)) for name in _LETTERHEAD_LISTS})
    return record


def letterhead_from(row: Mapping[str, Any]) -> Letterhead:
    """The letterhead that a row of `contents` holds."""
    values = {name: row[name] for name in _LETTERHEAD}
    values.update({name: tuple(json.loads(row[name])) for name in _LETTERHEAD_LISTS})
    return Letterhead(**values)


def issue_record(sha256: str, stage: Stage, ordinal: int, issue: Issue) -> Record:
    """A row of `issues`; `stage` says whether the reader or the judge met it."""
    return {"sha256": sha256, "stage": stage, "ordinal": ordinal, **_flat(issue)}


def issue_from(row: Mapping[str, Any]) -> Issue:
    """The fault that a row of `issues` holds."""
    return Issue(row["code"], row["message"], row["next_step"], row["page"])


def report_record(report: Report) -> Record:
    """The reader's columns of a row of `contents`."""
    return {
        "outcome": report.outcome,
        "reason": report.reason,
        "kind": report.kind,
        "pages": report.pages,
        "unread_pages": dumped(report.unread_pages),
        "ocr": int(report.ocr),
        "waiting_for": dumped(report.waiting_for),
        "signatures": dumped([_flat(signature) for signature in report.signatures]),
        "properties": dumped({name: value for name, value in _flat(report.properties).items() if value}),
    }


def load_report(conn: sqlite3.Connection, sha256: str, path: str) -> Report:
    """The report as its reader made it, from what was kept; `path` is where its file lies now. Raises KeyError for an unknown sha256."""
    found = rows(conn, "SELECT * FROM contents WHERE sha256 = ?", (sha256,))
    if not found:
        raise KeyError(sha256)
    content = found[0]
    passages = rows(conn, "SELECT * FROM passages WHERE sha256 = ? ORDER BY ordinal", (sha256,))
    issues = rows(conn, "SELECT * FROM issues WHERE sha256 = ? AND stage = 'read' ORDER BY ordinal", (sha256,))
    return Report(
        sha256=sha256,
        path=path,
        kind=content["kind"],
        outcome=content["outcome"],
        reason=content["reason"],
        pages=content["pages"],
        unread_pages=tuple(json.loads(content["unread_pages"])),
        ocr=bool(content["ocr"]),
        waiting_for=tuple(json.loads(content["waiting_for"])),
        passages=tuple(passage_from(row) for row in passages),
        issues=tuple(issue_from(row) for row in issues),
        signatures=tuple(Signature(**signature) for signature in json.loads(content["signatures"])),
        properties=Properties(**json.loads(content["properties"])),
    )


def load_judged(conn: sqlite3.Connection, contents: Sequence[Mapping[str, Any]], plan: int = 1) -> list[JudgedDocument]:
    """The documents as the cells see them, the evidence of one plan in its own order, from rows of `contents`."""
    return [
        JudgedDocument(
            sha256=row["sha256"],
            outcome=row["outcome"],
            unread_pages=len(json.loads(row["unread_pages"])),
            letterhead=letterhead_from(row),
            evidence=tuple(
                evidence_from(claim)
                for claim in rows(conn, "SELECT * FROM evidence WHERE sha256 = ? AND plan = ? ORDER BY ordinal", (row["sha256"], plan))
            ),
        )
        for row in contents
    ]


def first_claims(conn: sqlite3.Connection, plan: int) -> Mapping[str, int]:
    """For each content the ordinal of its first claim under the plan, where that is not 0: those of other plans stand before it."""
    query = "SELECT sha256, min(ordinal) AS first FROM evidence WHERE plan = ? GROUP BY sha256 HAVING first > 0"
    return {row["sha256"]: row["first"] for row in rows(conn, query, (plan,))}


def numbered(claims: Sequence[tuple[str, int]], starts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """A verdict's claims by their ordinals in the store; a document that counts by itself (-1) stays so."""
    return tuple((sha256, place + starts.get(sha256, 0) if place >= 0 else place) for sha256, place in claims)


def judged_documents(conn: sqlite3.Connection, agency: str, plan: int = 1) -> list[JudgedDocument]:
    """The documents of an agency that count: those whose file is as it was read, and which nothing supersedes."""
    query = f"SELECT * FROM contents WHERE agency = ? AND outcome <> 'pending' AND superseded_by IS NULL AND {ALIVE}"
    return load_judged(conn, rows(conn, query, (agency,)), plan)
