"""Documents that are themselves the act: the decision that issues a Quy chế, the agency's own plan, a resolution.

Their articles list duties in the words of evidence; the act is read from the title, and a decision's or regulation's articles are not read
as claims.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..ingest.model import Passage, Report
from .analysis import analyse_one
from .components import component
from .facts import dates, numbers
from .fold import fold
from .law import law_of
from .letterhead import LetterheadReading
from .model import Cue, Evidence
from .patterns import pattern

_ISSUES_REGULATION = pattern("act/issues-regulation")
_PLAN_OF_ACT = pattern("act/plan-of-an-act")
_ISSUED_HEREWITH = pattern("act/issued-herewith")
_ACTS = ("QUYẾT ĐỊNH", "QUY CHẾ", "NGHỊ QUYẾT", "CHỈ THỊ", "GIẤY MỜI", "TỜ TRÌNH")  # nothing in their articles is told as done


@dataclass(frozen=True, slots=True)
class Acts:
    """What the document as a whole evidences; `whole` when nothing else in it may be read as a claim."""

    evidence: tuple[Evidence, ...] = ()
    whole: bool = False


@component("documents", off=lambda *_: Acts())
def judge_act(report: Report, head: LetterheadReading) -> Acts:
    """The act that a decision, regulation, plan or resolution is, resting on the words of its title; nothing for a report."""
    letterhead = head.letterhead
    kind, title = letterhead.type or "", letterhead.title or ""
    said = law_of(analyse_one(f"{kind.capitalize()} {title}"))
    about = bool(said.explicit or said.democracy)
    if kind in _ACTS:
        item = _item_of(kind, fold(title), about)
        return Acts(_act(report, head, item) if item else (), True)
    if kind == "KẾ HOẠCH" and said.explicit and not _PLAN_OF_ACT.search(fold(title)):
        return Acts(_act(report, head, "III.kh"))
    return Acts()


def plan_act(report: Report, head: LetterheadReading, item: str) -> tuple[Evidence, ...]:
    """The act that an agency's own plan is, for that item; nothing where the document is no plan."""
    return _act(report, head, item) if head.letterhead.type == "KẾ HOẠCH" else ()


def _item_of(kind: str, title: str, about: bool) -> str | None:
    if not about:
        return None
    if kind in ("QUYẾT ĐỊNH", "QUY CHẾ") and (_ISSUES_REGULATION.search(title) or "quy chế" in title):
        return "II.2"
    if kind == "QUYẾT ĐỊNH" and "kế hoạch" in title:
        return "III.kh"
    if kind == "NGHỊ QUYẾT":
        return "II.4"
    return None  # a submission ("TỜ TRÌNH") is on the way, an instruction or an invitation makes nothing


def _act(report: Report, head: LetterheadReading, item: str) -> tuple[Evidence, ...]:
    """Evidence on the sentence that issues ("Ban hành kèm theo Quyết định này …"), else on the title."""
    passage = _issuing(report.passages[head.body_starts :]) or _titled(report.passages[: head.body_starts], head.letterhead.title or "")
    if passage is None:
        return ()
    text = passage.text.strip()
    start = passage.text.index(text)
    year = head.letterhead.year
    blank = not head.letterhead.number
    return (
        Evidence(
            passage.ordinal, item, "done", start, start + len(text), text, head.letterhead.title or "", 0.7 if blank else 0.95,
            cues=(Cue("gate/document", head.letterhead.type or ""),),
            dates=(head.letterhead.date,) if head.letterhead.date else dates(fold(text), year),
            numbers=(head.letterhead.number,) if head.letterhead.number else numbers(text),
            strength="assertion" if blank else "verifiable",
        ),
    )  # fmt: skip


def _issuing(passages: tuple[Passage, ...]) -> Passage | None:
    return next((p for p in passages if _ISSUED_HEREWITH.search(fold(p.text))), None)


def _titled(passages: tuple[Passage, ...], title: str) -> Passage | None:
    words = fold(title)[:30]
    return next((p for p in passages if words and words[:20] in fold(p.text)), None)
