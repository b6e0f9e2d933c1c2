"""What the importer works on: lines and table rows as plain values, and the duties that it makes of them, before they become TOML."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..model import DueRule, DutyKind, ItemKind


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or one row of a table: `cells` holds its texts by column and `heads` the column heads (() in a paragraph); `table` is
    the table's number, 0 in a paragraph. `heading` is True where the document sets it as a heading."""

    text: str
    heading: bool = False
    table: int = 0
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


@dataclass(slots=True)
class Node:
    """A line with its label ("II", "1.1", "a", "-", "+"; "" without one), its own words behind the label, and what stands under it.
    `ref` is where it stands ("II.1.b"), "" for a bullet, an unlabelled paragraph or a row."""

    kind: str
    label: str
    text: str
    ref: str = ""
    line: Line | None = None
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a piece of text names: codes and groups in its order; those to be read as inferred only; names that the registry lacks; what a
    person should look at. `asked` where a heading asks them ("Đề nghị …:")."""

    codes: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    asked: bool = False

    def __bool__(self) -> bool:
        """Whether anybody is named."""
        return bool(self.codes or self.inferred or self.unlisted)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody named from `start` to `end` in a text; `codes` are agency codes and groups, those with "?" in front by inference only, ()
    for a name that the registry lacks. `portal` where it is not the bodies that are named but their portals, `other` where they are an open
    class beside those named before."""

    start: int
    end: int
    text: str
    codes: tuple[str, ...]
    checks: tuple[str, ...] = ()
    portal: bool = False
    other: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A deadline read off a text: the rule, where its words stand in the text, and what a person should look at."""

    due: DueRule
    start: int
    end: int
    checks: tuple[str, ...] = ()


@dataclass(slots=True)
class DraftItem:
    """An item as proposed; `short` is "" until it is named; `about` what is to be done, where a line below its title tells it."""

    id: str
    title: str
    kind: ItemKind = "duty"
    continuous: bool = False
    short: str = ""
    about: str = ""


@dataclass(slots=True)
class DraftDuty:
    """A duty as proposed, with `checks`: what the text leaves open, one line each."""

    item: str
    clause: str
    quote: str
    kind: DutyKind
    due: DueRule
    actors: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    advise: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    scope: str = ""
    form: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What the top of the document says. `issuer` is an agency code and `body` its name; `place` the issuer's territory as its agencies
    write it ("tỉnh Lào Cai"); `day` the day of the plan, or the middle of its year where the copy has none."""

    title: str
    issuer: str
    place: str
    year: int
    day: date
    law_name: str
    law_number: str
    law_effective: date
    checks: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole plan as proposed. `triggers` are (id, what) in the order in which the text names them; `lacking` the names that the registry
    does not have, with the clause of each; `unread` clauses in which no duty was found, with their words."""

    head: Head
    items: tuple[DraftItem, ...]
    duties: tuple[DraftDuty, ...]
    triggers: tuple[tuple[str, str], ...]
    lacking: tuple[tuple[str, str], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
