"""Which passages are the body, and which part of the report a sentence stands in by its own opening words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..ingest.model import Passage
from .analysis import Sentence, analyse_one
from .context import Context
from .fold import fold
from .sentences import run_in_head

_CLOSING = re.compile(r"^\s*(?:nơi nhận|tm\.|kt\.|tl\.|tuq\.|q\.)")
_OPENS: tuple[tuple[str, str], ...] = (("opens.proposals", "proposals"), ("opens.plan", "plan"), ("opens.limits", "limits"))
_HEADS: tuple[tuple[str, str], ...] = (
    ("section.proposals", "proposals"),
    ("section.plan", "plan"),
    ("section.limits", "limits"),
    ("section.results", "results"),
)


def body_of(passages: Sequence[Passage], starts: int) -> list[Passage]:
    """The passages that may carry claims: from the end of the letterhead, without headers, footers, recipients and signatures. An appendix after
    the signature belongs to the body again."""
    body: list[Passage] = []
    for passage in passages[starts:]:
        if passage.kind in ("header", "footer") or _CLOSING.match(fold(passage.text)):
            continue
        body.append(passage)
    return body


def section_here(sentence: Sentence, context: Context, carried: str) -> str:
    """`plan`, `proposals`, `limits` … for this sentence: by its own opening words or run-in head, else by the words that opened the paragraph, else by the
    headings. Headings of plans and proposals hold against anything inside them."""
    if context.section in ("plan", "proposals", "basis"):
        return "proposals" if sentence.has("opens.proposals") else context.section
    head = run_in_head(sentence.text)
    if head and len(head.split()) <= 8:
        spoken = analyse_one(head)
        for group, section in _HEADS:
            if spoken.has(group) and not re.search(r"kiểm tra|\d", spoken.folded):
                return section
    for group, section in _OPENS:
        if sentence.has(group):
            return section
    return carried if carried in ("plan", "proposals") else context.section
