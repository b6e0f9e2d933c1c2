"""JSON Schema (draft 2020-12) of every answer, made from the row types themselves: a field that is added there is in the schema too."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, Final, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from ..ingest.tools import Tool
from ..plan.agency_check import AgencyDoubt
from ..store.evaluating import ConfusionRow, FigureRow, MistakeRow
from ..store.explaining import ExplainRow
from ..store.model import DocumentRow, EvidenceRow, Hit, MissingRow, StatusRow
from ..store.persons import ReviewRow, TriggerRow
from ..store.planning import ChangeRow, PlanRow, RequestRow
from ..store.problems import ProblemRow
from ..store.senders import SenderRow
from .events import BalanceEvent, FileEvent, StartEvent
from .formats import names_of
from .plans import AgencyRow, DutyRow
from .shapes import INNER

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
PLAIN: Final[dict[Any, str]] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command prints: `rows` are the types of its rows; a `stream` is printed a row a line and never as a list."""

    command: str
    rows: tuple[type, ...]
    stream: bool = False


# By the name that `minhchung schema` takes: the command's words with hyphens.
ANSWERS: Final[dict[str, Answer]] = {
    "documents": Answer("documents", (DocumentRow,)),
    "evidence": Answer("evidence", (EvidenceRow,)),
    "status": Answer("status", (StatusRow,)),
    "missing": Answer("missing", (MissingRow,)),
    "search": Answer("search", (Hit,)),
    "problems": Answer("problems", (ProblemRow,)),
    "senders": Answer("senders", (SenderRow,)),
    "agencies": Answer("agencies", (AgencyRow,)),
    "agencies-check": Answer("agencies check", (AgencyDoubt,)),
    "plan-show": Answer("plan show", (DutyRow,)),
    "plan-list": Answer("plan list", (PlanRow,)),
    "plan-diff": Answer("plan diff", (ChangeRow,)),
    "plan-trigger-list": Answer("plan trigger list", (TriggerRow,)),
    "plan-request-list": Answer("plan request list", (RequestRow,)),
    "review-list": Answer("review list", (ReviewRow,)),
    "extract": Answer("extract", (EvidenceRow,)),
    "explain": Answer("explain", (ExplainRow,)),
    "evaluate": Answer("evaluate", (FigureRow,)),
    "evaluate-confusion": Answer("evaluate --show confusion", (ConfusionRow,)),
    "evaluate-errors": Answer("evaluate --show errors", (MistakeRow,)),
    "doctor": Answer("doctor", (Tool,)),
    "events": Answer("ingest --events", (StartEvent, FileEvent, BalanceEvent), stream=True),
}


def schema_of(name: str, line: bool = False) -> dict[str, Any]:
    """The schema of an answer by its name in ANSWERS: of the whole list, or with `line` of one object as JSON lines have it."""
    answer = ANSWERS[name]
    known: dict[str, Any] = {}
    kinds = [_object(kind, known) for kind in answer.rows]
    row = kinds[0] if len(kinds) == 1 else {"oneOf": kinds}
    whole = row if line or answer.stream else {"type": "array", "items": row}
    return {"$schema": DRAFT, "title": f"minhchung {answer.command}", **whole, "$defs": known}


def _object(kind: type, known: dict[str, Any]) -> dict[str, Any]:
    """A reference to the schema of a dataclass or TypedDict, which is put into `known`."""
    if kind.__name__ not in known:
        known[kind.__name__] = {}  # so that a type that holds itself ends
        known[kind.__name__] = _described(kind, known)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _described(kind: type, known: dict[str, Any]) -> dict[str, Any]:
    hints = {**get_type_hints(kind, include_extras=True), **INNER.get(kind, {})}
    if is_dataclass(kind):
        # Every field is written, whatever its default; only objects kept by an older version may lack what has one.
        names = names_of(kind)
        needed = names if kind in _ROWS else [field.name for field in fields(kind) if field.default is MISSING]
    else:
        names = list(hints)
        needed = [name for name in names if get_origin(hints[name]) is not NotRequired]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {name: _value(hints[name], known) for name in names},
        "required": needed,
    }


_ROWS: Final = frozenset(kind for answer in ANSWERS.values() for kind in answer.rows)


def _value(hint: Any, known: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value of that type. Raises TypeError for a type that no answer may hold."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return _value(inner[0], known)
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin in (Union, UnionType):
        return _either([one for one in inner if one is not NoneType], known)
    if origin is list:
        return {"type": "array", "items": _value(inner[0], known)}
    if origin is tuple:
        return {"type": "array", "prefixItems": [_value(one, known) for one in inner], "items": False, "minItems": len(inner)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(inner[1], known)}
    if is_dataclass(hint) or is_typeddict(hint):
        return _object(hint, known)
    raise TypeError(f"no JSON Schema for {hint!r}")


def _either(kinds: list[Any], known: dict[str, Any]) -> dict[str, Any]:
    """One of the types, or null: the only union that answers hold."""
    made = _value(reduce(or_, kinds), known)
    if "enum" in made:
        return {"type": ["string", "null"], "enum": [*made["enum"], None]}
    if isinstance(made.get("type"), str) and made["type"] not in ("array", "object"):
        return {"type": [made["type"], "null"]}
    return {"anyOf": [made, {"type": "null"}]}
