"""One file, read and judged without a store."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path

from ..errors import InputError, SomeFilesUnread
from .codec import evidence_keys
from .filters import Filters
from .model import EvidenceRow
from .rooms import Rooms, real_rooms
from .worker import Orders, Work, agencies_from, seconds_allowed, sit_down, work


def evidence_of_file(
    path: Path,
    plan: Path | None,
    filters: Filters,
    passwords: Sequence[str] = (),
    rooms: Rooms | None = None,
    agencies: tuple[str, str] = ("", ""),
) -> list[EvidenceRow]:
    """The claims of one file, in the order of its text. It is read in a process of its own, under the same limits as in an ingest.

    Raises InputError where there is no such file, SomeFilesUnread where it cannot be read.
    """
    result = read_one(path, plan, passwords, rooms, agencies)
    rooms = rooms or real_rooms()
    plan_id = rooms.load_plan(plan, agencies_from(agencies, rooms.load_registry)).id
    head = result.judgement.letterhead
    keys = evidence_keys(result.report.sha256, result.judgement.evidence)
    locators = {passage.ordinal: passage.locator for passage in result.report.passages}
    return [
        EvidenceRow(
            file=path.name,
            agency=head.agency,
            year=head.year,
            item=claim.item,
            status=claim.status,
            quote=claim.quote,
            heading=claim.heading,
            page=locators[claim.passage].page,
            locator=locators[claim.passage].block,
            confidence=claim.confidence,
            cues=[asdict(cue) for cue in claim.cues],
            dates=list(claim.dates),
            numbers=list(claim.numbers),
            quantities=[asdict(quantity) for quantity in claim.quantities],
            audience=list(claim.audience),
            actor=claim.actor,
            coverage=asdict(claim.coverage) if claim.coverage else None,
            id=key,
            plan=plan_id,
        )
        for key, claim in zip(keys, result.judgement.evidence, strict=True)
        if filters.takes(head.agency, claim.item, head.year)
    ]


def read_one(
    path: Path, plan: Path | None, passwords: Sequence[str] = (), rooms: Rooms | None = None, agencies: tuple[str, str] = ("", "")
) -> Work:
    """One file read and judged in a process of its own; `agencies` as in `Orders`. Raises as `evidence_of_file`."""
    if not path.is_file():
        raise InputError(f"There is no file {path}.", "Name one report; for a folder use: minhchung ingest FOLDER")
    rooms = rooms or real_rooms()
    start = partial(sit_down, rooms.hands, plan, Orders(path, {}, {}, tuple(passwords), agencies=agencies))
    with closing(rooms.run([path], work, 1, seconds_allowed, start)) as results:
        _, result = next(iter(results))
    if not isinstance(result, Work):
        raise SomeFilesUnread(f"{path.name} could not be read: {result.message}", result.next_step)
    if result.report.outcome != "read":
        raise SomeFilesUnread(f"{path.name} could not be read: {result.report.reason}")
    return result
