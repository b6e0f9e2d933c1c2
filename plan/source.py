"""Which line of a TOML file a table or a key stands on: tomllib gives values without places, and a fault without one is hard to mend."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*(\[{1,2})\s*([\w.\-]+)\s*\]{1,2}")
_KEY = re.compile(r"\s*(?:\"([^\"]+)\"|'([^']+)'|([\w\-]+))\s*(?:\.[\w.\-\s]+)?=")


class SourceMap:
    """Lines, from 1, of the tables and keys of one TOML text. Tables are named as they are written ("duty", "duty.due") and counted from 0;
    a sub-table "duty.due" carries the number of the duty above it. Keys before the first table belong to ("", 0)."""

    def __init__(self, text: str) -> None:
        """Read the places off the text, which is known to be TOML."""
        self._tables: dict[tuple[str, int], int] = {}
        self._keys: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        table, index = "", 0
        for number, line in _lines_outside_long_strings(text):
            if header := _HEADER.match(line):
                table = header[2]
                parent = table.partition(".")[0]
                if header[1] == "[[" and table == parent:
                    counts[table] = counts.get(table, -1) + 1
                index = counts.get(parent, 0)
                self._tables.setdefault((table, index), number)
            elif key := _KEY.match(line):
                self._keys.setdefault((table, index, key[1] or key[2] or key[3]), number)

    def line(self, table: str, index: int = 0, key: str = "") -> int:
        """The line of the key (or of the sub-table of that name), else of its table, else of the table above, else 1."""
        inner = self._tables.get((f"{table}.{key}", index))
        own = self._keys.get((table, index, key)) or inner or self._tables.get((table, index))
        parent, _, name = table.rpartition(".")
        above = self._keys.get((parent, index, name)) or self._tables.get((parent, index)) if parent else None
        return own or above or self._keys.get(("", 0, table)) or self._keys.get(("", 0, key)) or 1


def _lines_outside_long_strings(text: str) -> list[tuple[int, str]]:
    """Numbered lines, but not those that begin inside a triple-quoted string, where '[[' and '=' mean nothing."""
    lines, inside = [], ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside:
            lines.append((number, line))
        for mark in re.findall(r'"""|\'\'\'', line):
            inside = "" if inside == mark else inside or mark
    return lines
