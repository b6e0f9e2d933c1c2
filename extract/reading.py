"""What the law gate looks at: a sentence with its opener and vehicles set aside, what came before it, and what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .analysis import Hit, Sentence
from .context import Context, Focus
from .items import named_in_sentence
from .law import LawSpoken, law_of, without_bare
from .patterns import pattern
from .sentences import run_in_head

TOO_FAR = 3  # sentences that a topic carries on over, within one paragraph
_CAUSE = pattern("opener/cause")
_CAUSE_ENDS = pattern("opener/cause-ends")
_MAIN_CLAUSE = pattern("opener/main-clause")
_BECAUSE = pattern("cause/behind")
_CLAUSE_MARK = re.compile(r"[,;]\s")
_VEHICLE_ENDS = pattern("vehicle/ends")


@dataclass(slots=True)
class Thread:
    """What the sentences before have set in this paragraph or list: the items last claimed, how far back, whether the Law was named,
    with what status, whether the talk has turned to another matter, and all items claimed anywhere in the report."""

    items: tuple[str, ...] = ()
    statuses: dict[str, str] = field(default_factory=dict)
    distance: int = 0
    law: bool = False
    off: bool = False
    claimed: frozenset[str] = frozenset()

    @property
    def near(self) -> bool:
        """Whether the topic last set still carries."""
        return self.distance < TOO_FAR


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a sentence: headings and row, the thread, the document's subject, the part of the report that holds here."""

    context: Context
    thread: Thread
    focus: Focus
    section: str

    @property
    def of_law(self) -> bool:
        """Whether the document as a whole is about this Law, by its title or by naming it again and again."""
        return self.focus in ("law", "often")

    @property
    def about_law(self) -> bool:
        """Whether the headings or the document as a whole are about this Law."""
        return self.context.subject == "law" or self.focus != "none"


REFUSED = "no/"  # how the name of a gate begins that did not let a sentence through


def passes(gate: str) -> bool:
    """Whether what a gate answered lets the sentence through."""
    return not gate.startswith(REFUSED)


@dataclass(frozen=True, slots=True)
class Choice:
    """An item that passed, and by what: the gate's name and whether the item itself is inherited."""

    item: str
    gate: str
    inherited: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the gate sees it: what its main part (without a basis opener or a vehicle) says of laws."""

    sentence: Sentence
    said: LawSpoken
    named: dict[str, list[Hit]]
    law_in_main: bool
    law_in_opener: bool
    other: tuple[Hit, ...]

    def conveys(self, around: Around) -> bool:
        """Whether only weak words of dissemination stand under a heading on the conveying conference."""
        return not self.other and set(self.named) == {"II.1.b"} and "II.1.a" in around.context.items


def read_sentence(sentence: Sentence, named_before: bool = True) -> Reading:
    """The sentence with its opener and vehicles set aside; `named_before` False where the whole document never gives the Law its name, so
    that a bare "Luật" is not it."""
    said = law_of(sentence) if named_before else without_bare(law_of(sentence), sentence)
    opener = opener_end(sentence)
    vehicles = [(h.start, _vehicle_end(sentence.folded, h.end)) for h in sentence.of("vehicle")]
    end = reason_begins(sentence)
    other = tuple(h for h in said.other if opener <= h.start < end and not any(a <= h.start < b for a, b in vehicles))
    named = {item: kept for item, hits in named_in_sentence(sentence).items() if (kept := [h for h in hits if opener <= h.start < end])}
    named = _beyond_head(sentence, named)
    main = any(start >= opener for start, _ in said.explicit)
    return Reading(sentence, said, named, main, bool(said.explicit) and not main, other)


def _beyond_head(sentence: Sentence, named: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    """A run-in head lists what is to come ("Quán triệt, tuyên truyền: Huyện dự kiến tổ chức hội nghị quán triệt"): where the words behind
    it name one of its items again, the others are not told."""
    head = len(run_in_head(sentence.text))
    told = {item for item, hits in named.items() if any(h.start > head for h in hits)}
    headed = {item for item, hits in named.items() if any(h.start <= head for h in hits)}
    return {item: hits for item, hits in named.items() if item in told} if head and len(headed) > 1 and told & headed else named


def opener_end(sentence: Sentence) -> int:
    """Where the main clause begins: after the first comma of "Căn cứ …, " or "Thực hiện Kế hoạch số …, ", 0 without an opener."""
    folded = sentence.folded
    if _CAUSE.search(folded):
        cause = _CAUSE_ENDS.search(folded[:120])
        return cause.end() if cause else 0  # a cause, told first
    if not sentence.has("opens.basis"):
        return 0
    return next((m.end() for m in _CLAUSE_MARK.finditer(folded) if _MAIN_CLAUSE.search(folded[m.end() :])), 0)


def reason_begins(sentence: Sentence) -> int:
    """Where the reason of what was not done begins ("chưa họp được do tập trung rà soát hộ nghèo"); the sentence's end without one."""
    because = _BECAUSE.search(sentence.folded)
    return (because.start("why") if because["why"] else because.start()) if because else len(sentence.folded)


def _vehicle_end(folded: str, start: int) -> int:
    stop = _VEHICLE_ENDS.search(folded[start:])
    return start + (stop.start() if stop else len(folded))
