"""What the objects and codes inside the answers hold, where the row types say only `Record` or `str`: what JSON Schema is made from."""

from __future__ import annotations

from typing import Any, Final, Literal, NotRequired, TypedDict

from ..extract.model import Coverage, Cue, Quantity, State, Status
from ..plan.model import CellRole, DutyKind
from ..store.evaluating import ConfusionRow, FigureRow, MistakeRow
from ..store.explaining import ExplainRow
from ..store.model import DocumentRow, EvidenceRow, MissingRow, StatusRow
from ..store.persons import ReviewRow, TriggerRow
from ..store.planning import ChangeRow
from ..store.problems import ProblemRow
from ..store.senders import SenderRow
from .plans import DutyRow

DocumentOutcome = Literal["ingested", "duplicate", "superseded", "unreadable", "failed", "ignored"]
Actor = Literal["self", "subordinate", "superior", "other"]


class Review(TypedDict):
    """A person's decision about a cell."""

    state: Literal["not_applicable"]
    reason: str
    who: str
    at: str


class Near(TypedDict):
    """A refused sentence that came near to filling a cell."""

    file: str
    page: int | None
    locator: str
    heading: str
    quote: str
    gate: str
    words: list[str]
    why: str


class Sent(TypedDict):
    """A report of an agency and year."""

    file: str
    number: str | None
    date: str | None
    received: str
    period: str | None


class Considered(TypedDict):
    """An item that was weighed for a sentence; `status` is null where `gate` refused it."""

    item: str
    gate: str
    status: Status | None
    decided_by: list[str]
    inherited: bool


class Claim(TypedDict):
    """A claim that a sentence makes."""

    item: str
    status: Status
    confidence: float
    strength: str
    actor: Actor
    gate: str
    id: str


class Signed(TypedDict):
    """A digital signature; `unit` is absent in what an older version read."""

    signer: str
    organisation: str
    signed: str
    changed: bool
    unit: NotRequired[str]


class Noted(TypedDict):
    """What the program that made a file noted in it, as far as it did: times are ISO 8601."""

    title: NotRequired[str]
    author: NotRequired[str]
    last_modified_by: NotRequired[str]
    created: NotRequired[str]
    modified: NotRequired[str]


_CELL: Final[dict[str, Any]] = {"state": State, "role": CellRole | None, "review": Review | None}
INNER: Final[dict[type, dict[str, Any]]] = {
    DocumentRow: {"outcome": DocumentOutcome, "signatures": list[Signed], "properties": Noted},
    EvidenceRow: {"status": Status, "cues": list[Cue], "quantities": list[Quantity], "actor": Actor, "coverage": Coverage | None},
    StatusRow: _CELL,
    MissingRow: {**_CELL, "near": list[Near] | None},
    ProblemRow: {"outcome": DocumentOutcome},
    SenderRow: {"documents": list[Sent]},
    ReviewRow: {"state": Literal["", "not_applicable"]},
    TriggerRow: {"source": Literal["plan", "entered", "waiting"]},
    ChangeRow: {"change": Literal["appears", "vanishes", "changes"], "state": State | None},
    ExplainRow: {"cues": list[Cue], "considered": list[Considered], "claims": list[Claim]},
    DutyRow: {"kind": DutyKind},
    FigureRow: {"measure": Literal["claims", "status", "cells", "missing", "field"]},
    ConfusionRow: {"kind": Literal["status", "state"]},
    MistakeRow: {"fault": Literal["false", "missed", "status", "state", "field"]},
}
