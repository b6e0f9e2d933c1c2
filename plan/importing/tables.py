"""The tasks in the rows of tables: what each column holds, rows that are headings, cells that are merged down."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .fields import LABEL, NEXT, Task, lead_and_help
from .model import Line, Node
from .words import clean, cue, first_of, folded

_COUNT = re.compile(r"[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*|[a-zđ]")
_COUNTED = re.compile(r"([IVX]{1,5}|[A-ZĐ])\s*[.)/-]\s+(?=\S)")
_LEADS = {"lead", "advise", "lead-and-help"}
_ASKED = (*sorted(_LEADS), "coordinate", "due")


@dataclass(slots=True)
class Tables:
    """Reads the rows under one clause. `names_only` tells whether a text is nothing but names, `time_only` whether it is nothing
    but a time: a row of such a text says who has the tasks below it, or by when. `led` where a line above the table says who has them."""

    ref: str
    names_only: Callable[[str], bool]
    time_only: Callable[[str], bool]
    led: bool = False
    tasks: list[Task] = field(default_factory=list)
    _section: str = ""  # the label of the heading, where it is no number
    _group: str = ""  # the number of the heading below it
    _plain: bool = False  # whether the rows of the group count anew from 1
    _leader: str = ""
    _time: str = ""
    _number: int = 0
    _above: dict[str, str] = field(default_factory=dict)

    def read(self, rows: Sequence[Node]) -> list[Task]:
        """The tasks: rows with words under a head for tasks and somebody or some time beside them. A row without either is a heading, whose
        label the tasks below carry. What the row above says of who and when holds where cells are merged down."""
        for row in rows:
            if row.line is not None and (columns := _columns(row.line)):
                self._row(row.line, columns)
        return self.tasks

    def _row(self, line: Line, columns: list[str]) -> None:
        texts = _texts(line, columns)
        count, title = clean(texts.get("counter", "")), texts.get("task", "")
        across = {clean(cell) for cell in line.cells if cell.strip()}  # one cell across the row may be given once for each column
        beside = across - {count} if count and _COUNT.fullmatch(count) else across
        if len(beside) == 1 and len(line.cells) > 2 and (not title or len(across) == 1):
            self._opens(count, title or next(iter(beside)))
            return
        if not title or first_of("labels", title):
            return
        for name, words in texts.items():
            if cue("labels", "as-above").search(folded(words)):
                texts[name] = self._above.get(name, words)
        asked = {name: words for name, words in texts.items() if name in _ASKED}
        led = bool(self._leader or self.led or _LEADS & set(columns))
        opens = self.names_only(title) or self.time_only(title) or not count[:1].isdigit()
        if not asked and (opens or _LEADS & set(columns) or not (self._leader or self.led)):
            self._opens(count, title)
        elif led:
            self._task(count, title, texts, asked)

    def _opens(self, count: str, title: str) -> None:
        """A row that is the heading of those below it."""
        label = _COUNTED.match(title)
        own = count if _COUNT.fullmatch(count) else label[1] if label else ""
        self._group, self._plain = (own, False) if own[:1].isdigit() else ("", False)
        if not self._group:
            self._section = own
        words = title[label.end() :] if label else title
        self._leader = words if self.names_only(words) else ""
        self._time = words if self.time_only(words) else ""
        self._above = {}

    def _task(self, count: str, title: str, texts: dict[str, str], asked: dict[str, str]) -> None:
        self._number += 1
        task = Task(self._ref(count if _COUNT.fullmatch(count) else str(self._number)), clean(title))
        for name, words in texts.items():
            if name not in ("task", "counter", "note"):
                for part, said in _labelled(name, words):
                    task.add(part, said)
        if "lead" not in task.texts and "advise" not in task.texts and (lead := self._above.get("lead") or self._leader):
            task.add("lead", lead)
        if "due" not in task.texts:
            task.add("due", self._time)
        self._above = {**self._above, **asked}
        self.tasks.append(task)

    def _ref(self, label: str) -> str:
        """Where a row stands: a label that repeats the number of its clause or of its heading carries it once."""
        last = self.ref.rsplit(".", 1)[-1]
        if last and label.startswith(f"{last}.") and not (self._section or self._group):
            label = label[len(last) + 1 :]
        if self._group and label.isdigit() and not self._plain:
            self._plain = label == "1"
            self._group = self._group if self._plain else ""  # the next number, and not one below it
        above = [one for one in (self._section, self._group) if one and not label.startswith(f"{one}.")]
        return ".".join(filter(None, (self.ref, *above, label)))


def _columns(line: Line) -> list[str]:
    """What each column holds by its head; [] for a table that is not one of tasks."""
    names = []
    for head in line.heads:
        known = first_of("labels", clean(head))
        names.append(known.gives if known else "")
    return names if "task" in names and set(_ASKED) & set(names) else []


def _texts(line: Line, columns: Sequence[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, cell in zip(columns, line.cells, strict=False):
        pieces = (clean(re.sub(r"^[-+•]\s*", "", piece.strip())) for piece in cell.split("\n"))
        words = "; ".join(filter(None, pieces)) if name != "task" else cell
        if name and words.strip():
            joint = " đến " if name == "due" else "; "  # two columns of time are from when and until when
            texts[name] = f"{texts[name]}{joint}{words}" if name in texts else words.strip()
    return texts


def _labelled(name: str, words: str) -> list[tuple[str, str]]:
    """The words of a cell that holds several fields with labels ("Chủ trì: Sở A. Phối hợp: Sở B"), else all under its column's name."""
    if name == "lead-and-help":
        return lead_and_help(words)
    found: list[tuple[str, str]] = []
    for piece in NEXT.split(words):
        label = LABEL.match(piece)
        known = first_of("labels", label[1]) if label else None
        if label and known and known.gives in _ASKED:
            found.append((known.gives, piece[label.end() :]))
        else:
            found.append((found[-1][0] if found else name, piece))
    return found
