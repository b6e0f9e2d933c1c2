"""How far the act of a sentence has come: done, ongoing, planned, not done, or only named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .analysis import Hit, Sentence, analyse_one
from .context import Context
from .facts import coverage, dates, first_day, last_day, quantities
from .items import DOCUMENT_ITEMS, INFORMING, named_in_heading
from .model import Status
from .patterns import pattern

_ISSUED = pattern("status/issued")
_DRAFT = pattern("status/draft")
_PASSED = pattern("status/resolution-passed")
_AFTER_COMMENTS = pattern("status/after-comments")
_EVENT_VERB = pattern("status/event-verb")
_NIL_CELL = pattern("status/nil-cell")
_MUST_YET = pattern("status/must-yet")
_FINDING = pattern("status/finding")
_LONG_AGO = pattern("status/long-ago")
_CLAUSE = re.compile(r"[;:]\s|,\s|\.\s|\s(?:nhưng|song|còn|tuy nhiên|đồng thời|trong đó|trong khi)\s|\s\(")
_YEAR = re.compile(r"\b(?:năm|từ năm|/)\s?(20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole sentence: the part of the report, the year reported on, the report's ISO date, and the reporter's level
    (`high` for a city body, `middle` for a district, `low` for a commune or a unit)."""

    section: str
    year: int | None
    written: str | None
    level: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, whether only a part was done, and the rule ids or words of ours that decided."""

    status: Status
    partial: bool
    why: tuple[str, ...]
    hits: tuple[Hit, ...] = ()


def status_of(sentence: Sentence, item: str, at: list[Hit], context: Context, setting: Setting) -> Verdict:
    """The status of one item in one sentence. `at` are the hits that name the item ([] where it is inherited)."""
    section, year, written = setting.section, setting.year, setting.written
    said = _not_a_claim(sentence, item, at, setting)
    if said:
        return said
    if item == "III.kk":
        return Verdict("done", False, ("told",))  # a difficulty told is the whole of it
    done, planned, ongoing, undone = (sentence.of(f"status.{k}") for k in ("done", "planned", "ongoing", "not_done"))
    undone = [h for h in undone if _bears_on(sentence, item, at, h)]
    if item == "III.kp" and undone and " mà " in sentence.folded[undone[0].end :]:
        undone = []  # "không bố trí thành khoản riêng mà lồng ghép trong …": the money was found
    if context.column == "value" and _NIL_CELL.fullmatch(sentence.folded.strip(" .")):
        named = item in named_in_heading(analyse_one(context.label))  # nil beside a channel or a unit is a gap in a list, not a verdict
        return Verdict("not_done" if named else "mention", False, ("nil-cell",))
    if section == "plan":
        return Verdict("planned", False, ("section/plan",), tuple(planned))
    when = dates(sentence.folded, year)
    part = _partial(sentence)
    if undone and _MUST_YET.search(sentence.folded[undone[0].end :]):
        return Verdict("planned", False, _rules(undone), tuple(undone))  # "các xã chưa làm phải hoàn thành trước …"
    if (
        undone
        and item in DOCUMENT_ITEMS
        and all(h.rule == "status/not-started" for h in undone)
        and re.search(r"ý kiến|dự thảo|soạn", sentence.folded)
    ):
        return Verdict("ongoing", part, _rules(undone), tuple(undone))  # "mới dừng ở bước lấy ý kiến"
    if undone and item in DOCUMENT_ITEMS and ongoing and _DRAFT.search(sentence.folded):
        return Verdict("ongoing", part, _rules(ongoing), tuple(ongoing))
    if undone and not _done_elsewhere(sentence, undone, done):
        return Verdict("not_done", False, tuple(h.rule for h in undone), tuple(undone))
    if undone:
        return Verdict("done", True, (*_rules(done), *_rules(undone)), (*done, *undone))
    if _is_ongoing(sentence, item, ongoing):
        return Verdict("ongoing", part, _rules(ongoing), tuple(ongoing))
    put_off = any(h.rule == "status/promised" or sentence.folded[h.start : h.end].startswith("lùi") for h in planned)
    if planned and (put_off or not _claims_before(sentence, planned, done)):
        return Verdict("planned", False, _rules(planned), tuple(planned))
    if sentence.has("status.review_clean") and item == "II.3":
        return Verdict("done", False, ("status/review-clean",), tuple(sentence.of("status.review_clean")))
    if _only_old(sentence, when, year):
        return Verdict("mention", False, ("earlier-year",))
    later = bool(when and written) and all(first_day(d) > (written or "") for d in when)
    if later and not done and not _FINDING.search(sentence.folded):
        return Verdict("planned", False, ("future-date",))
    if sentence.has("status.weakness") and not done and not coverage(sentence.folded):
        return Verdict("mention", False, _rules(sentence.of("status.weakness")), tuple(sentence.of("status.weakness")))
    return _claimed(sentence, item, context, when, done, part)


def _claimed(sentence: Sentence, item: str, context: Context, when: tuple[str, ...], done: list[Hit], part: bool) -> Verdict:
    """What is left: done when an aspect word, a date, a figure, or an event verb in a results part says so; else only a mention."""
    counted = bool(quantities(sentence.folded)) or coverage(sentence.folded) is not None
    if done or when or counted or context.column == "value":
        why = [*_rules(done), *(["dated"] if when else []), *(["counted"] if counted else [])] or ["result-cell"]
        return Verdict("done", part, tuple(why), tuple(done))
    if _EVENT_VERB.search(sentence.folded) and context.section in ("results", "none", "limits"):
        return Verdict("done", part, ("event-verb",))
    return Verdict("mention", False, ("no-claim",))


def _not_a_claim(sentence: Sentence, item: str, at: list[Hit], setting: Setting) -> Verdict | None:
    """Proposals, duties, purposes, nil returns, other bodies' acts and attendance at a superior's event name the item and claim nothing."""
    section = setting.section
    if item == "III.kk" and section == "limits":
        return None
    if sentence.has("opens.proposals") or section == "basis" or section == "proposals" and not sentence.has("status.planned"):
        return Verdict("mention", False, ("section/proposals",))
    if sentence.has("status.nil") and not sentence.has("status.review_clean"):
        return Verdict("mention", False, _rules(sentence.of("status.nil")), tuple(sentence.of("status.nil")))
    if attends(sentence, setting.level):
        return Verdict("mention", False, ("actor/attends",), tuple(sentence.of("actor.attends")))
    if sentence.has("actor.other") and not sentence.has("actor.own") and not _helped_spread(sentence, item):
        return Verdict("mention", False, ("actor/other-body-first",), tuple(sentence.of("actor.other")))
    if "trách nhiệm" in "".join(sentence.folded[h.start : h.end] for h in sentence.of("status.duty")) and not sentence.has("status.done"):
        return Verdict("mention", False, ("status/duty",), tuple(sentence.of("status.duty")))
    if sentence.has("actor.by_other"):
        return Verdict("mention", False, ("actor/done-by-another",), tuple(sentence.of("actor.by_other")))
    if sentence.has("opens.purpose") and not sentence.has("status.done") and not quantities(sentence.folded):
        return Verdict("mention", False, ("section/opens-purpose",))
    if (
        section != "plan"
        and sentence.has("status.duty")
        and not sentence.has("status.done", "status.planned", "status.not_done")
        and not quantities(sentence.folded)
    ):
        return Verdict("mention", False, _rules(sentence.of("status.duty")), tuple(sentence.of("status.duty")))
    handed = _handed_over(sentence, item, at)
    if handed and section != "plan" and not sentence.has("status.planned"):
        return Verdict("mention", False, _rules(handed), tuple(handed))
    return None


def _helped_spread(sentence: Sentence, item: str) -> bool:
    """A mass organisation's own campaign for this Law, told with figures, is part of how the place spread it."""
    return (
        item in INFORMING
        and sentence.has("law.explicit", "item.II.1.b.strong")
        and bool(quantities(sentence.folded))
        and "luật" in sentence.folded
    )


def attends(sentence: Sentence, level: str) -> bool:
    """Whether the reporter only took part in somebody else's event; for a commune or a unit a district's event is a superior's too."""
    hits = sentence.of("actor.attends")
    if not hits:
        return False
    if sentence.has("actor.superior") or level == "low" and sentence.has("actor.district"):
        return True
    opened = re.search(r"\b(?:tổ chức|mở|khai giảng|chủ trì)\b", sentence.folded[: hits[0].start])
    return opened is None and not quantities(sentence.folded[hits[0].end :])


def _handed_over(sentence: Sentence, item: str, at: list[Hit]) -> list[Hit]:
    """Directive words before every naming hit, in one clause chain, with no result told afterwards."""
    if not at:
        return []
    first = min(h.start for h in at)
    asked = [h for h in sentence.of("directive") if h.start < first and not any(a.start <= h.start < a.end for a in at)]
    if not asked or sentence.has("status.not_done", "status.ongoing"):
        return []
    after = sentence.folded[first:]
    if re.search(r"\b(?:đã|kết quả|đến nay|hoàn thành)\b", after) or (
        item == "II.5" and any(sentence.folded[a.start : a.end] in ("đôn đốc",) for a in at)
    ):
        return []
    before = sentence.folded[asked[0].end : first]
    return [] if re.search(r"[;.]\s", before) else asked


def _bears_on(sentence: Sentence, item: str, at: list[Hit], undone: Hit) -> bool:
    """A negation bears on the item in its own clause, in the clause next to the naming words, or on an inherited item."""
    if item == "II.5" and _FINDING.search(sentence.folded[: undone.start]):
        return False  # a finding of the inspection, not the inspection itself
    if not at:
        return True
    clauses = [m.start() for m in _CLAUSE.finditer(sentence.folded)]

    def clause(pos: int) -> int:
        return sum(c < pos for c in clauses)

    return any(abs(clause(h.start) - clause(undone.start)) <= 2 for h in at)


def _done_elsewhere(sentence: Sentence, undone: list[Hit], done: list[Hit]) -> bool:
    """A done word in front of the negation, with a figure or document of its own ("10/12 phường đã ban hành, còn 02 phường chưa")."""
    first = min(h.start for h in undone)
    before = sentence.folded[:first]
    if any(h.end <= first for h in done) and (coverage(before) or quantities(before) or _ISSUED.search(before)):
        return True
    return coverage(before) is not None


def _is_ongoing(sentence: Sentence, item: str, ongoing: list[Hit]) -> bool:
    if item == "II.4" and not _PASSED.search(sentence.folded) and not sentence.has("status.planned"):
        return bool(ongoing) or bool(
            re.search(r"\b(?:trình|đề xuất|tham mưu|soạn thảo|xây dựng|lấy ý kiến|xin ý kiến|hồ sơ)\b", sentence.folded)
        )
    if not ongoing:
        return False
    if item not in DOCUMENT_ITEMS:
        return all(sentence.folded[h.start : h.end].startswith("đang") for h in ongoing) and not sentence.has("status.done")
    without_comments = _AFTER_COMMENTS.sub(" ", sentence.folded)
    if _DRAFT.search(without_comments) or re.search(r"\b(?:đang|còn chờ)\b", without_comments):
        rest = without_comments[without_comments.find("đang") :] if "đang" in without_comments.split() else without_comments
        return not (_ISSUED.search(sentence.folded) and not _DRAFT.search(rest) and "đang" not in without_comments.split())
    return not _ISSUED.search(sentence.folded)


def _claims_before(sentence: Sentence, planned: list[Hit], done: list[Hit]) -> bool:
    """A done word or a date-and-count before the first promise: the promise is an appendage ("đã mở 02 lớp, dự kiến mở thêm")."""
    first = min(h.start for h in planned)
    return any(h.start < first - 4 for h in done)  # "đã lên lịch", "đã đưa vào chương trình": the promise was made, not kept


def _only_old(sentence: Sentence, when: tuple[str, ...], year: int | None) -> bool:
    """Every date and year named lies before the year reported on, and nothing says "to this day"."""
    if _LONG_AGO.search(sentence.folded):
        return True
    if not year:
        return False
    years = {int(d[:4]) for d in when} | {int(m[1]) for m in _YEAR.finditer(sentence.folded)}
    return bool(years) and max(years) < year


def _partial(sentence: Sentence) -> bool:
    covered = coverage(sentence.folded)
    if covered:
        return covered.done < covered.total
    return any("mới" in sentence.folded[h.start : h.end] for h in sentence.of("status.partial"))


def _rules(hits: list[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(h.rule for h in hits))


def latest(when: tuple[str, ...]) -> str | None:
    """The last day that the words allow, for comparing with a due date."""
    return max((last_day(d) for d in when), default=None)
