"""An answer as a Parquet file, for pandas, DuckDB and what else reads columns. It needs pyarrow, which only this format loads."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin

from ..errors import UsageError

if TYPE_CHECKING:
    from .formats import Grid

_PLAIN: Final = (bool, int, float, str)  # the order matters: a bool is an int


def parquet_bytes(grid: Grid) -> bytes:
    """The whole file. Columns are typed: text, whole numbers, floating-point numbers, truth values, lists of text; objects and lists of
    objects are JSON in text. Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as files
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed.",
            "Install it with: pip install 'minhchung[parquet]'   Or take --format csv or jsonl, which need nothing more.",
        ) from error
    names = {bool: arrow.bool_(), int: arrow.int64(), float: arrow.float64(), str: arrow.string(), list: arrow.list_(arrow.string())}
    columns = list(zip(*grid.rows, strict=True)) or [()] * len(grid.names)
    made = {}
    for name, values in zip(grid.names, columns, strict=True):
        kind = column_type(grid.types[name]) if name in grid.types else _seen_type(values)
        made[name] = arrow.array([_as(kind, value) for value in values], names[kind])
    out = io.BytesIO()
    files.write_table(arrow.table(made), out)
    return out.getvalue()


def column_type(hint: Any) -> type:
    """The column that a field's type is kept in: bool, int, float, str, or list for a list of texts; str for what becomes JSON."""
    origin, inner = get_origin(hint), [one for one in get_args(hint) if one is not NoneType]
    if origin in (Union, UnionType):
        return column_type(inner[0]) if len(inner) == 1 else str
    if origin is Literal:
        return str
    if origin is list and inner == [str]:
        return list
    return hint if hint in _PLAIN else str


def _seen_type(values: Sequence[Any]) -> type:
    """What a column of a free query holds: SQLite's columns have no type of their own."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        return float
    return kinds.pop() if len(kinds) == 1 and kinds <= set(_PLAIN) else str


def _as(kind: type, value: Any) -> Any:
    if value is None or kind is not str or isinstance(value, str):
        return float(value) if kind is float and value is not None else value
    return json.dumps(value, ensure_ascii=False)
