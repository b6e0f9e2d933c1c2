"""How claims and cells compare with a gold file's: what was hit, what is false, what was missed, which statuses and states were confused.

A claim hits when it has the gold's item and their words overlap by at least 60 % of the shorter text, tone marks aside, so that an OCR slip
or a sentence cut elsewhere still aligns. Items that gold files label only here and there are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from ..plan.names import fold_ascii

CLAIMS = ("done", "ongoing", "planned", "not_done")
OPTIONAL = frozenset({"III.kk", "III.kp", "III.bc"})
ENOUGH = 0.6

Fault = Literal["false", "missed", "status", "state", "field"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong: a false or missed claim, a wrong status, cell state or letterhead field; `words` the sentence, if any."""

    file: str
    fault: Fault
    item: str
    want: str
    got: str
    words: str = ""


def bag(text: str) -> Counter[str]:
    """Words and figures of a text without marks, counted."""
    return Counter(fold_ascii(text).split())


def alike(a: Counter[str], b: Counter[str]) -> float:
    """Shared words over the length of the shorter text, 0 to 1."""
    return (a & b).total() / max(1, min(a.total(), b.total()))


@dataclass(slots=True)
class Tally:
    """The counts over many reports; `statuses` and `states` are (want, got) pairs counted, `mistakes` the list behind the figures."""

    hits: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    fields: Counter[tuple[str, bool]] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)

    def add_claims(self, gold: dict[str, Any], found: Iterable[tuple[str, str, str]]) -> None:
        """Compare one report's claims (item, status, quote) with its gold ({file, evidence: [{text, items: [{item, status}]}]})."""
        want = [
            (i["item"], i["status"], bag(m["text"]), m["text"]) for m in gold["evidence"] for i in m["items"] if i["item"] not in OPTIONAL
        ]
        claims = [(item, status, quote) for item, status, quote in found if status in CLAIMS and item not in OPTIONAL]
        pairs = _pairs([(item, bag(quote)) for item, _, quote in claims], [(item, words) for item, _, words, _ in want])
        matched = _matched(pairs)
        for k, (item, status, quote) in enumerate(claims):
            if k in matched and want[matched[k]][1] in CLAIMS:
                self._hit(gold["file"], item, want[matched[k]][1], status, quote)
            elif k in matched or not any(mine == k and want[at][1] in CLAIMS for mine, at in pairs):
                self.false[item] += 1
                label = want[matched[k]][1] if k in matched else "mention" if any(mine == k for mine, _ in pairs) else ""
                self.mistakes.append(Mistake(gold["file"], "false", item, label, status, quote))
        used = set(matched.values())
        for k, (item, status, _, text) in enumerate(want):
            if status in CLAIMS and k not in used:
                self.missed[item] += 1
                self.mistakes.append(Mistake(gold["file"], "missed", item, status, "", text))

    def _hit(self, file: str, item: str, want: str, got: str, quote: str) -> None:
        self.hits[item] += 1
        self.statuses[want, got] += 1
        if want != got:
            self.mistakes.append(Mistake(file, "status", item, want, got, quote))

    def add_cell(self, file: str, item: str, want: str, got: str) -> None:
        """Compare the state of one cell."""
        self.states[want, got] += 1
        if want != got:
            self.mistakes.append(Mistake(file, "state", item, want, got))

    def add_field(self, file: str, name: str, want: object, got: object) -> None:
        """Compare one field of a letterhead."""
        self.fields[name, want == got] += 1
        if want != got:
            self.mistakes.append(Mistake(file, "field", name, str(want), str(got)))

    def figures(self, item: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 of the claims on one item, or on all."""
        hits, false, missed = (c.total() if item is None else c[item] for c in (self.hits, self.false, self.missed))
        precision, recall = hits / max(1, hits + false), hits / max(1, hits + missed)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

    def right_statuses(self) -> float:
        """Share of the hits with the right status."""
        return _share_equal(self.statuses)

    def right_cells(self) -> float:
        """Share of the cells with the right state."""
        return _share_equal(self.states)

    def missing_f1(self) -> float:
        """F1 of "not evidenced" over the cells: how well what is missing is found."""
        gone = {(w != "evidenced", g != "evidenced"): 0 for w, g in self.states}
        for (want, got), n in self.states.items():
            gone[want != "evidenced", got != "evidenced"] += n
        hit, false, lost = gone.get((True, True), 0), gone.get((False, True), 0), gone.get((True, False), 0)
        return 2 * hit / max(1, 2 * hit + false + lost)


def _pairs(claims: list[tuple[str, Counter[str]]], want: list[tuple[str, Counter[str]]]) -> list[tuple[int, int]]:
    """(claim, label) of one item and alike enough, the most alike first: by the shorter text, by the longer, then in order."""
    found = []
    for k, (item, said) in enumerate(claims):
        for at, (wanted, words) in enumerate(want):
            if item == wanted and (share := alike(said, words)) >= ENOUGH:
                whole = (said & words).total() / max(1, said.total(), words.total())
                found.append((-share, -whole, at, k))
    return [(k, at) for *_, at, k in sorted(found)]


def _matched(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """Which label each claim hits. A label is hit once: of ten rows that say "Đã ban hành" each has its own. As many claims as can be
    have one (augmenting paths), the most alike first."""
    labels: dict[int, list[int]] = {}
    for k, at in pairs:
        labels.setdefault(k, []).append(at)
    holder: dict[int, int] = {}
    held: dict[int, int] = {}
    for k in labels:
        reached, free = _free_label(k, labels, holder)
        while free is not None:  # each claim on the way hands its label on and takes the next
            claim = reached[free]
            holder[free], held[claim], free = claim, free, held.get(claim)
    return held


def _free_label(k: int, labels: dict[int, list[int]], holder: dict[int, int]) -> tuple[dict[int, int], int | None]:
    """Which claim reached each label on the way from claim `k`, and the label at its end that nobody holds, None without one."""
    reached: dict[int, int] = {}
    queue = [k]
    for claim in queue:
        for at in labels[claim]:
            if at not in reached:
                reached[at] = claim
                if at not in holder:
                    return reached, at
                queue.append(holder[at])
    return reached, None


def _share_equal(pairs: Counter[tuple[str, str]]) -> float:
    return sum(n for (want, got), n in pairs.items() if want == got) / max(1, pairs.total())
