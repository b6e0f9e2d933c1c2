"""Which blocks are headings, and under which headings each passage stands.

Looks differ from office to office (Word styles, bold, capitals, bare numbers), so the signs are weighed together: label, capitals, weight,
length, final full stop, what follows. Letterhead, title and signature look like headings too: they are set apart by place first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .blocks import Block
from .labels import BULLETS, Label, LabelKind, are_siblings, parse_label
from .model import Locator, Passage, PassageKind
from .regions import regions_of

_FLOW: frozenset[PassageKind] = frozenset({"paragraph", "list_item", "heading"})
_TOP_KINDS: tuple[LabelKind, ...] = ("part", "chapter", "section", "upper", "roman")
_LOW_RANK: dict[LabelKind, float] = {
    "article": 20, "arabic": 21, "decimal": 22, "lower": 30, "lower_roman": 31, "arabic_bracket": 32, "paren": 33,
    "star": 41, "dash": 42, "bullet": 42, "plus": 43,
}  # fmt: skip
_BOLD_RANK = 40.0
_STYLE_RANK = {1: 9.5, 2: 19.5, 3: 25.0}
_Key = tuple[LabelKind, int] | None
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,})\s*\d+$")  # a line of a table of contents
_STOPS = (".", ";", ",")


@dataclass(slots=True)
class Mark:
    """What the text of a block alone tells."""

    label: Label | None
    words: int
    upper: bool
    end: str


def with_outline(blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """Passages in the blocks' order, each with its chain of headings; headings and list items get their kind here."""
    marks = [_mark(block) for block in blocks]
    regions = regions_of(blocks, [m.label for m in marks])
    ranks = _ranks(blocks, marks, _headings(blocks, marks, regions))
    passages: list[Passage] = []
    stack: list[tuple[float, str]] = []
    for ordinal, block in enumerate(blocks):
        rank = ranks.get(ordinal)
        if rank is not None:
            while stack and stack[-1][0] >= rank:
                stack.pop()
        elif regions[ordinal] == "back":
            stack.clear()
        passages.append(_passage(ordinal, block, marks[ordinal], rank is not None, tuple(text for _, text in stack)))
        if rank is not None:
            stack.append((rank, block.text))
    return tuple(passages)


def _passage(ordinal: int, block: Block, mark: Mark, is_heading: bool, chain: tuple[str, ...]) -> Passage:
    kind = block.kind
    if is_heading:
        kind = "heading"
    elif kind == "paragraph" and mark.label and mark.label.kind not in ("appendix", "part", "chapter", "section", "article"):
        kind = "list_item"
    locator = Locator(block.page, block.place, block.bbox)
    return Passage(ordinal, kind, block.text, chain, locator, block.row, block.bold, block.centered)


def _mark(block: Block) -> Mark:
    if block.kind not in _FLOW:
        return Mark(None, 0, False, "")
    text = block.text
    label = parse_label(text)
    if label and block.level and label.kind in BULLETS:
        label = None
    rest = text[label.end :] if label else text
    letters = sum(map(str.isalpha, rest))
    return Mark(label, len(text.split()), letters > 2 and rest.isupper(), text[-1:])


def _headings(blocks: Sequence[Block], marks: Sequence[Mark], regions: Sequence[str]) -> set[int]:
    """Ordinals of the headings."""
    content = [i for i, b in enumerate(blocks) if b.kind in _FLOW or b.kind == "cell"]
    flow = [i for i in content if blocks[i].kind in _FLOW]
    before = {two: one for one, two in pairwise(flow)}
    after = dict(pairwise(content))
    marked = (m for b, m, region in zip(blocks, marks, regions, strict=True) if region == "body" and (b.bold or m.upper) and m.words <= 30)
    strong = Counter(_key(m.label) for m in marked)
    found: set[int] = set()
    for i in flow:
        if regions[i] != "body" or blocks[i].plain or not marks[i].words or i not in after or _CONTENTS.search(blocks[i].text):
            continue
        previous = marks[before[i]] if i in before and before[i] == i - 1 else None
        following = after[i]
        if _is_heading(blocks[i], marks[i], previous, blocks[following], marks[following], strong, before.get(i, -1) in found):
            found.add(i)
    return found


def _is_heading(
    block: Block, mark: Mark, previous: Mark | None, after: Block, following: Mark, strong: Counter[_Key], below_heading: bool
) -> bool:
    if block.level:
        return mark.words <= 60
    if mark.label and mark.label.kind == "appendix":
        return mark.words <= 60 and (mark.upper or mark.end not in _STOPS)
    if block.right or mark.words > 50:
        return False
    if mark.label is None:
        return _is_unlabelled_heading(block, mark, after, following, below_heading)
    if block.bold or mark.upper or mark.label.kind in ("part", "chapter", "section"):
        return _is_marked_heading(block, mark)
    return not strong.get(_key(mark.label), 0) >= 2 and _is_bare_heading(block, mark, mark.label, previous, after, following)


def _is_marked_heading(block: Block, mark: Mark) -> bool:
    """A labelled block in bold or capitals, or one that says it is a part or a chapter."""
    assert mark.label is not None
    if mark.label.kind in BULLETS:
        return block.bold and mark.words <= 25 and mark.end not in _STOPS
    if mark.upper:
        return mark.words <= 40 and mark.end not in (";", ",")
    return mark.words <= 30 and mark.end not in (";", ",") if block.bold else mark.words <= 30 and mark.end not in _STOPS


def _is_bare_heading(block: Block, mark: Mark, label: Label, previous: Mark | None, after: Block, following: Mark) -> bool:
    """A labelled block without any mark, as drafts have them: short, no full stop, no neighbour in a list, something under it."""
    if label.kind in BULLETS:
        under = following.label is not None and following.label.kind != "star"
        return label.kind == "star" and mark.end == ":" and mark.words <= 12 and under
    if label.kind == "article" or mark.words > 22 or mark.end in (";", ",") or (mark.end == "." and mark.words > 6):
        return False
    if are_siblings(label, following.label) or (previous and are_siblings(previous.label, label)):
        return False
    return after.kind == "cell" or following.words >= 8 or (following.label is not None and following.label.kind != label.kind)


def _is_unlabelled_heading(block: Block, mark: Mark, after: Block, following: Mark, below_heading: bool) -> bool:
    if mark.words > 30 or mark.end in (";", ",") or not (mark.upper or block.bold):
        return False
    stands_over = after.kind == "cell" or following.words >= 8 or following.label is not None or (below_heading and following.upper)
    if not stands_over:
        return False
    if mark.upper:
        return len(block.text) >= 6
    return block.bold and mark.words <= 20 and mark.end != "." and not block.text.startswith(("(", "["))


def _key(label: Label | None) -> _Key:
    return (label.kind, label.parts) if label else None


def _ranks(blocks: Sequence[Block], marks: Sequence[Mark], headings: set[int]) -> dict[int, float]:
    """A number for each heading, smaller is further out.

    Parts, capital letters and roman numbers stand in the order in which the document first uses them (A over I in one office, I over A in
    another), always over arabic numbers, which stand over letters. Capitals without a number rank with the first numbered kind in capitals.
    """
    top: dict[LabelKind, float] = {}
    upper_rank: float | None = None
    ranks: dict[int, float] = {}
    unnumbered: list[int] = []
    for i in sorted(headings):
        label = marks[i].label
        if label is None:
            unnumbered.append(i)
        elif label.kind == "appendix":
            top.clear()
            ranks[i] = 0.0
        elif label.kind in _TOP_KINDS:
            ranks[i] = top.setdefault(label.kind, 10.0 + len(top))
        else:
            ranks[i] = _LOW_RANK[label.kind] + (label.parts - 2) * 0.5 * (label.kind == "decimal")
        if label and marks[i].upper and label.kind != "appendix":
            upper_rank = ranks[i] if upper_rank is None else upper_rank
    for i in unnumbered:
        ranks[i] = _unnumbered_rank(i, blocks[i], marks, ranks, upper_rank)
    return ranks


def _unnumbered_rank(i: int, block: Block, marks: Sequence[Mark], ranks: dict[int, float], upper_rank: float | None) -> float:
    if block.level:
        return _STYLE_RANK.get(block.level, 30.0 + block.level)
    above = marks[i - 1].label if i else None
    if i - 1 in ranks and above and _is_label_only(marks[i - 1], above):
        return ranks[i - 1] + 0.1  # "PHẦN THỨ NHẤT" and, on the next line, what it is about
    if marks[i].upper:
        return upper_rank if upper_rank is not None else 9.0
    return _BOLD_RANK


def _is_label_only(mark: Mark, label: Label) -> bool:
    return label.kind in ("part", "chapter", "section", "appendix") and mark.words <= 3
