"""How claims and cells are scored against a gold file.

A claim hits when it has the gold's item and shares 60 % of the shorter one's words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CLAIMS = ("done", "ongoing", "planned", "not_done")
OPTIONAL = ("III.kk", "III.kp", "III.bc")  # labelled only here and there, so left out
ENOUGH = 0.6


def words(text: str) -> Counter[str]:
    """Words and figures without marks, so that spelling and tone placement do not decide."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return Counter(re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c))))


def alike(a: Counter[str], b: Counter[str]) -> float:
    """Shared words over the length of the shorter text."""
    return (a & b).total() / max(1, min(a.total(), b.total()))


@dataclass(slots=True)
class Tally:
    """Hits, false claims and misses by item, right statuses, right cells, and the confusion of statuses."""

    hits: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    status: int = 0
    cells: Counter[bool] = field(default_factory=Counter)
    gone: Counter[tuple[bool, bool]] = field(default_factory=Counter)

    def add_claims(self, gold: dict[str, Any], found: Iterable[tuple[str, str, str]]) -> None:
        """Compare one report's claims (item, status, quote) with its gold."""
        want = [(i["item"], i["status"], words(m["text"])) for m in gold["evidence"] for i in m["items"]]
        used: set[int] = set()
        for item, status, quote in found:
            if status not in CLAIMS or item in OPTIONAL:
                continue
            said = words(quote)
            best, at = max(((alike(said, w), k) for k, (i, _, w) in enumerate(want) if i == item), default=(0.0, -1))
            if best < ENOUGH or want[at][1] not in CLAIMS:
                self.false[item] += 1
            elif at not in used:
                used.add(at)
                self.hits[item] += 1
                self.status += want[at][1] == status
        for k, (item, status, _) in enumerate(want):
            if status in CLAIMS and item not in OPTIONAL and k not in used:
                self.missed[item] += 1

    def add_cell(self, want: str, got: str) -> None:
        """Compare one cell's state; `gone` counts the cells that are (by gold, by us) not evidenced."""
        self.cells[want == got] += 1
        self.gone[want != "evidenced", got != "evidenced"] += 1

    def figures(self, item: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1, of one item or of all."""
        hits, false, missed = (c.total() if item is None else c[item] for c in (self.hits, self.false, self.missed))
        p, r = hits / max(1, hits + false), hits / max(1, hits + missed)
        return p, r, 2 * p * r / max(1e-9, p + r)

    def missing_f1(self) -> float:
        """F1 of "not evidenced" over the cells."""
        hit, false, lost = self.gone[True, True], self.gone[False, True], self.gone[True, False]
        return 2 * hit / max(1, 2 * hit + false + lost)
