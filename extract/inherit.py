"""Items for a sentence or table cell whose own words name none: from its row, the sentence before, or the heading."""

from __future__ import annotations

from collections.abc import Sequence

from .analysis import Sentence, analyse_one
from .components import component
from .facts import coverage
from .fold import fold
from .items import DOCUMENT_ITEMS, TELLING, at_large, other_regulation
from .patterns import pattern
from .reading import Around, Choice, Reading, reason_begins

_OTHER_REVIEW = pattern("review/of-other-things")
_ATTENDANCE = pattern("actor/attendance-told")
_CLASS_ON = pattern("actor/class-on")
_ISSUED_LIST = pattern("table/issued-documents")
_ITS_FINDINGS = pattern("oversight/its-findings")
_ANSWER = pattern("sentence/answer")
_IS_A_TEXT = pattern("sentence/is-a-text")
_OTHER_RESOLUTION = pattern("resolution/on-another-matter")
_COUNTED = pattern("resolution/counted")
_FINISHED = pattern("status/finished-document")
_ABOUT = pattern("object/about")
_STILL_OF_IT = pattern("sentence/still-of-it")
_BESIDES_THE_LAW = pattern("shift/besides-the-law")
NEVER_INHERITED = ("III.kp", "III.kk")  # money and difficulties are one sentence each


@component("tables", off=lambda *_: [])
def from_row(reading: Reading, around: Around) -> list[Choice]:
    """A table cell answers for the item of its row label and column head; its own words choose among several."""
    context = around.context
    items = [i for i in context.items if i in reading.named] or list(context.items)
    if len(items) > 1 and context.label:
        label = analyse_one(context.label)
        items = [i for i in items if _fits(label, i)] or items
    if not items:
        issued = bool(_ISSUED_LIST.search(fold(context.heading)))
        items = [i for i in reading.named if reading.law_in_main or (issued and i == "II.2" and reading.sentence.has("item.II.2.named"))]
    return [Choice(i, "row", i not in reading.named) for i in items] if around.about_law or reading.law_in_main else []


@component("inherit", off=lambda *_: [])
def inherit(reading: Reading, around: Around, named: bool) -> list[Choice]:
    """What the sentence before was about, else what the heading is about; `named` when the sentence names items that were refused."""
    told = bool(_ATTENDANCE.search(reading.sentence.folded))
    told_who_came = told and not named and not _of_another_class(reading)  # whom it lists ("hòa giải viên …") are no matters
    findings = "II.5" in around.thread.items and bool(_ITS_FINDINGS.search(reading.sentence.folded))
    goes_on = told_who_came or findings or (reading.sentence.has("goes_on") and bool(reading.said.democracy))
    if (reading.other or named) and not goes_on and not reading.law_in_main and not reading.conveys(around):
        return []
    shifted = reading.sentence.has("shift") and not reading.law_in_main
    documents = {*around.thread.items, *around.context.items} & DOCUMENT_ITEMS
    if _IS_A_TEXT.search(reading.sentence.folded) and not reading.law_in_main and not documents:
        return []  # the next line of a list of documents
    if _OTHER_REVIEW.search(reading.sentence.folded[: reason_begins(reading.sentence)]) and not reading.law_in_main:
        return []
    refused = (*NEVER_INHERITED, *reading.named)  # what the sentence names itself and was not let through is not let in by the back door
    return _from_thread(reading, around, refused, shifted) or _from_heading(reading, around, refused, shifted)


def _of_another_class(reading: Reading) -> bool:
    """Whether those who came went to a class or conference on another matter: "dự lớp quản lý nhà nước"."""
    return any(_CLASS_ON.search(reading.sentence.folded[: h.start]) for h in reading.other)


def _from_thread(reading: Reading, around: Around, refused: tuple[str, ...], shifted: bool) -> list[Choice]:
    carried = [i for i in around.thread.items if around.thread.near and i not in refused]
    if _OTHER_RESOLUTION.search(reading.sentence.folded):
        carried = [i for i in carried if i != "II.4"]
    if not carried or shifted or (around.thread.off and not reading.law_in_main):
        return []
    if _BESIDES_THE_LAW.search(reading.sentence.folded):
        return []
    fitting = [i for i in _fitting(reading.sentence, carried) if not _strays(reading, i)]
    if around.section == "plan" and not any(_fits(reading.sentence, i) for i in fitting):
        return []  # promises stand each for itself
    return [Choice("II.1.b" if i == "II.1.a" and _spreads(reading.sentence) else i, "thread", True) for i in fitting]


def _strays(reading: Reading, item: str) -> bool:
    """Whether a sentence with no word of the item, of the Law or of going on tells something else ("Chủ tịch xã gặp 130 hộ"). Who
    has not done it yet is told in such sentences; what was sent over media is not."""
    sentence = reading.sentence
    if item not in ("II.1.b", "II.1.c", "II.5") or reading.law_in_main or sentence.has("goes_on"):
        return False
    if _fits(sentence, item):  # "Đài cũng phát 40 tin về nước sạch"
        return item == "II.1.c" and any(_ABOUT.search(sentence.text[h.end :]) for h in sentence.of("item.II.1.c.weak"))
    if item == "II.1.c":
        return True
    left = sentence.has("status.not_done", "status.planned", "status.ongoing")
    return not left and not _STILL_OF_IT.search(sentence.folded)


def _from_heading(reading: Reading, around: Around, refused: tuple[str, ...], shifted: bool) -> list[Choice]:
    context, sentence = around.context, reading.sentence
    if not context.items or context.shared or shifted or not around.about_law:
        return []
    headed = [i for i in context.items if i not in refused]
    if _COUNTED.search(sentence.folded) or _OTHER_RESOLUTION.search(sentence.folded):
        headed = [i for i in headed if i != "II.4"]
    fitting = _fitting(sentence, headed) if _claims(sentence) or reading.law_in_main else []
    if fitting == ["II.1.b"] and sentence.has("item.II.1.a.leaders") and "sinh hoạt" not in sentence.folded:
        fitting = ["II.1.a"]  # a conference of leading officials under a heading on dissemination is the conveying conference
    if fitting == ["II.1.a"] and _spreads(sentence):
        fitting = ["II.1.b"]
    return [Choice(i, "heading", True) for i in fitting]


def _spreads(sentence: Sentence) -> bool:
    """Whether a sentence behind the conveying conference tells how its matter went on to staff or residents at large."""
    return at_large(sentence) and not sentence.has("goes_on", "item.II.1.a.strong")


def _fitting(sentence: Sentence, items: Sequence[str]) -> list[str]:
    """Of the items that may be inherited, the one whose vocabulary the sentence uses most; an only item also for a bare claim, unless its
    product is a document, for then the sentence must speak of making one."""
    fitting = [i for i in items if _fits(sentence, i)]
    if len(fitting) > 1:
        return _best_fit(sentence, fitting)
    answers = items[:1] and (items[0] not in DOCUMENT_ITEMS - {"II.3"} or bool(_ANSWER.search(sentence.folded)))
    told = any(h.rule in TELLING for h in sentence.of("item.II.1.b.strong"))
    speaks = items[:1] == ["II.1.a"] and told  # "Chánh Văn phòng giới thiệu những điểm mới của Luật"
    if not fitting and len(items) == 1 and answers and (_claims(sentence) or speaks or sentence.has("goes_on")):
        return list(items)
    if "II.2" in fitting and other_regulation(sentence):
        return []
    return fitting


def _fits(sentence: Sentence, item: str) -> bool:
    """Whether a sentence without the item's name goes with it: by its vocabulary; for a document, also by saying who has it or not."""
    if sentence.has(f"item.{item}.weak", f"item.{item}.strong"):
        return True
    if item not in ("II.2", "III.kh"):
        return False
    if coverage(sentence.folded) is not None:
        return True
    if sentence.has("status.ongoing", "status.planned") or (sentence.has("status.not_done") and sentence.has("actor.subordinates")):
        return True
    return bool(_FINISHED.search(sentence.folded)) and sentence.has("status.not_done", "actor.subordinates")


def _best_fit(sentence: Sentence, items: list[str]) -> list[str]:
    score = {i: len(sentence.of(f"item.{i}.weak", f"item.{i}.strong")) for i in items}
    top = max(score.values())
    return [i for i in items if score[i] == top][:1]


def _claims(sentence: Sentence) -> bool:
    """Whether the sentence says that something happened, is, or did not happen."""
    told = sentence.has("status.done", "status.ongoing", "status.planned", "status.not_done", "actor.subordinates")
    return told or any(c.isdecimal() for c in sentence.text)
