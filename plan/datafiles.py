"""Where the shipped data lies, and how a data file is read: UTF-8 TOML, every failure naming the file and the line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from ..errors import InputError, PlanError

DATA = Path(__file__).parent / "data"
PLAN_FILE = DATA / "hai-phong-2023.toml"
AGENCIES_FILE = DATA / "agencies.csv"
GROUPS_FILE = DATA / "groups.toml"
NAMES_FILE = DATA / "names.toml"


def read_text(path: Path) -> str:
    """The file's text, without the mark that some editors put in front. Raises InputError when it cannot be opened, PlanError when it is
    not UTF-8."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise InputError(f"{path}: cannot be opened ({fault.strerror})", "Check the path and that the file may be read.") from fault
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise PlanError(f"{path}, line {line}: not UTF-8 text", "Save the file again with the encoding UTF-8.") from fault


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """The TOML document in `text`; PlanError with the line where it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise PlanError(f"{path}, line {_fault_line(str(fault), text)}: {fault}", _toml_hint(str(fault))) from fault


def read_toml(path: Path) -> dict[str, Any]:
    """`read_text` and `parse_toml` in one."""
    return parse_toml(read_text(path), path)


def _fault_line(message: str, text: str) -> int:
    """tomllib tells the place only in words, "(at line 3, column 7)" or "(at end of document)"."""
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else text.count("\n") + 1


def _toml_hint(message: str) -> str:
    """What most likely went wrong, by tomllib's own words."""
    if "overwrite" in message or "twice" in message:
        return "A key or table stands twice: keep one. Items, triggers and duties are written [[item]], [[trigger]], [[duty]]."
    if "Invalid date" in message or "Invalid value" in message:
        return 'Write text in "double quotes", days as 2023-09-30, yes and no as true and false.'
    return "Mend the line: one `key = value` a line, texts and lists closed."
