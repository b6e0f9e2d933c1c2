"""How far the act of a sentence has come: done, ongoing, planned, not done, or only named.

The steps are asked in order, and the first that knows an answer gives it: what claims nothing, what the cell or the part of the report
says, what was left undone, what is under way, what is promised, what lies in another year, and at last what was done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .analysis import Hit, Sentence, analyse_one
from .clauses import own_clause
from .components import component
from .context import Context
from .facts import coverage, dates, first_day, numbers, quantities, years_named
from .fold import fold
from .items import DOCUMENT_ITEMS, named_in_heading
from .mentions import not_a_claim
from .patterns import pattern
from .sentences import run_in_head
from .verdict import Setting, Verdict, by_hits, rules_of

_ISSUED = pattern("status/issued")
_DRAFT = pattern("status/draft")
_PASSED = pattern("status/resolution-passed")
_ON_THE_WAY = pattern("status/resolution-on-the-way")
_AFTER_COMMENTS = pattern("status/after-comments")
_EVENT_VERB = pattern("status/event-verb")
_BARE_VERB = pattern("status/bare-verb")
_UNDONE_HEAD = pattern("column/undone")
_HEADS_UNDONE = pattern("heading/undone")
_NIL_CELL = pattern("status/nil-cell")
_LABEL_ATTENDS = pattern("row/attends")
_MUST_YET = pattern("status/must-yet")
_FINDING = pattern("status/finding")
_HAVING_DONE = pattern("status/having-done")
_TO_FINISH = pattern("status/to-finish")
_YET_TO_DRAFT = pattern("status/yet-to-draft")
_LONG_AGO = pattern("status/long-ago")
_COUNT_BEHIND = pattern("status/count-behind-colon")
_COMMENTING = pattern("status/commenting")
_BEING = pattern("status/being")
_BEING_FIRST = pattern("status/being-first")
_BUT_INSTEAD = pattern("status/but-instead")
_PUT_OFF = pattern("status/put-off-till")
_ASSIGNED = pattern("status/assigned")
_TOLD_AFTERWARDS = pattern("status/told-afterwards")
_SINCE_THEN = pattern("status/since-then")
_CAUSE = pattern("status/cause-then-what")
_LEFT = pattern("status/ratio-left")
_NOT_RECEIVED = pattern("resolution/not-received")
_APPLIED = pattern("regulation/applied")
_UNSIGNED = pattern("status/drafted-unsigned")
_BARE_RATIO = pattern("cell/bare-ratio")
_ONLY_SO_FAR = pattern("status/only-so-far")
_OF_OTHERS = pattern("table/of-other-agencies")
_OF_UNITS = pattern("table/of-units")
_CLAUSE = pattern("status/clause")
_BEFORE_SIGNING = pattern("status/before-signing")
_SAYS_UNDONE = pattern("cell/says-undone")
_NEW_ONE = pattern("status/new-one")
_ITS_FINDINGS = pattern("oversight/its-findings")
_CHECKED = pattern("oversight/ratio-checked")
_ASIDE = re.compile(r"\([^()]*\)")  # names listed in brackets are no clauses
_CLAUSES_APART = 2  # a negation further off than this many clause marks speaks of something else
_JUST_BEFORE = 4  # characters: in "đã lên lịch" the promise itself is what was done


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence about an item with the cues of each status in it; `when` are its dates, `part` whether it tells of a part only."""

    sentence: Sentence
    item: str
    at: list[Hit]
    context: Context
    setting: Setting
    done: list[Hit]
    planned: list[Hit]
    ongoing: list[Hit]
    undone: list[Hit]
    when: tuple[str, ...]
    part: bool

    @property
    def folded(self) -> str:
        return self.sentence.folded

    @property
    def document(self) -> bool:
        return self.item in DOCUMENT_ITEMS and self.item != "II.3"  # comments that reviewed texts ask for are no draft's


@component("status", off=lambda *_: Verdict("done", False, ("switched-off",)))
def status_of(sentence: Sentence, item: str, at: list[Hit], context: Context, setting: Setting) -> Verdict:
    """The status of one item in one sentence. `at` are the hits that name the item ([] where it is inherited)."""
    said = not_a_claim(sentence, item, at, setting)
    if said:
        return said
    if setting.section == "plan" and _of_the_year_before(_claim(sentence, item, at, context, setting)):
        return Verdict("mention", False, ("earlier-year",))
    sentence, at = own_clause(sentence, at)
    if item == "III.kk":
        return Verdict("done", False, ("told",))  # a difficulty told is the whole of it
    claim = _claim(sentence, item, at, context, setting)
    for step in (_by_place, _left_undone, _under_way, _promised, _other_year, _weakness):
        verdict = step(claim)
        if verdict:
            return verdict
    return _told(claim)


def _claim(sentence: Sentence, item: str, at: list[Hit], context: Context, setting: Setting) -> _Claim:
    done, planned, ongoing, undone = (sentence.of(f"status.{k}") for k in ("done", "planned", "ongoing", "not_done"))
    if cause := _CAUSE.search(sentence.folded):
        done = [h for h in done if not cause.start() <= h.start < cause.end()]
    undone = [h for h in undone if _bears_on(sentence, item, at, h)]
    if item == "II.3" and sentence.has("status.review_clean"):
        undone = []  # "chưa có văn bản nào phải sửa đổi" is what the review found
    if item == "III.kp" and undone and _BUT_INSTEAD.search(sentence.folded[undone[0].end :]):
        undone = []  # "không bố trí thành khoản riêng mà lồng ghép trong …": the money was found
    when = dates(sentence.folded, setting.year)
    told_of_it = item != "II.5" or bool(_CHECKED.search(sentence.folded))
    part = (_partial(sentence) and told_of_it) or (context.column == "value" and _bare_part(sentence.folded))
    return _Claim(sentence, item, at, context, setting, done, planned, ongoing, undone, when, part)


def _is_of_a_unit(context: Context) -> bool:
    """Whether a row of a table over units tells of one of them: its label is a name, and not the item itself ("Ban hành kế hoạch")."""
    named = "III.kh" in named_in_heading(analyse_one(context.label)) if context.label else True
    return not named and bool(_OF_UNITS.search(fold(context.heading)))


def _of_the_year_before(claim: _Claim) -> bool:
    """Whether a plan tells in passing what was done before ("Năm 2022, huyện đã mở 04 lớp")."""
    return bool(claim.done) and not claim.planned and _only_old(claim)


def _by_place(claim: _Claim) -> Verdict | None:
    """A nil cell, and what stands in the plan part."""
    if claim.context.column == "value" and _NIL_CELL.search(claim.folded.strip(" .")):
        ratio = "/" in claim.folded  # "0/46 người" says of whom
        said = bool(_SAYS_UNDONE.search(claim.folded))  # "Chưa soạn thảo" speaks of what is owed
        named = ratio or said or claim.item in named_in_heading(analyse_one(claim.context.label))
        # nil beside a channel or a unit is a gap in a list, not a verdict
        return Verdict("not_done" if named else "mention", False, ("nil-cell",))
    in_row = claim.context.column is not None
    if in_row and _LABEL_ATTENDS.search(fold(claim.context.label)):
        return Verdict("mention", False, ("actor/attends",))
    if in_row and claim.setting.level == "high" and _OF_OTHERS.search(fold(claim.context.heading)):
        return Verdict("mention", False, ("row-of-another-agency",))
    if claim.item == "III.kh" and in_row and _is_of_a_unit(claim.context):
        return Verdict("mention", False, ("plans-of-units",))  # each row is a unit with a plan of its own
    if claim.context.column == "value" and any(_UNDONE_HEAD.search(fold(t)) for t in (claim.context.head, claim.context.label)):
        return Verdict("not_done", False, ("column/undone",))
    bare = bool(run_in_head(claim.sentence.text)) and not (claim.done or claim.ongoing)
    if bare and _HEADS_UNDONE.search(fold(claim.context.heading)):
        return Verdict("not_done", False, ("heading/undone",))
    if claim.setting.section == "plan":
        return Verdict("planned", False, ("section/plan",), tuple(claim.planned))
    return None


def _left_undone(claim: _Claim) -> Verdict | None:
    undone = claim.undone
    if claim.item == "II.4" and _NOT_RECEIVED.search(claim.folded):
        return Verdict("mention", False, ("not-received",), tuple(undone))  # the draft is somebody else's
    if not undone:
        return None
    if _MUST_YET.search(claim.folded[undone[0].end :]):
        return by_hits("planned", undone)  # "các xã chưa làm phải hoàn thành trước …"
    if claim.item == "II.2" and claim.ongoing and _done_before(claim, [*claim.ongoing, *undone]):
        return Verdict("done", True, rules_of(claim.done), tuple(claim.done))  # "19/28 đã ban hành, 06 đang soạn, 03 chưa làm"
    if claim.document and all(h.rule == "status/not-started" for h in undone) and _COMMENTING.search(claim.folded):
        return by_hits("ongoing", undone, claim.part)  # "mới dừng ở bước lấy ý kiến"
    if claim.document and _UNSIGNED.search(claim.folded):
        return Verdict("ongoing", claim.part, ("drafted-unsigned",), tuple(undone))
    if claim.document and claim.ongoing and _DRAFT.search(claim.folded):
        return by_hits("ongoing", claim.ongoing, claim.part)
    if not _done_elsewhere(claim):
        return Verdict("not_done", False, tuple(h.rule for h in undone), tuple(undone))
    return Verdict("done", True, (*rules_of(claim.done), *rules_of(undone)), (*claim.done, *undone))


def _under_way(claim: _Claim) -> Verdict | None:
    if claim.document and claim.planned and _YET_TO_DRAFT.search(claim.folded):
        return None  # "huyện sẽ thành lập tổ soạn thảo"
    return by_hits("ongoing", claim.ongoing, claim.part) if _is_ongoing(claim) else None


def _promised(claim: _Claim) -> Verdict | None:
    """A promise, unless it is an appendage to what was done ("đã mở 02 lớp, dự kiến mở thêm")."""
    planned = [h for h in claim.planned if not (_came_of_it(claim, h) or _goes_with_issue(claim, h))]
    put_off = any(h.rule == "status/promised" or _PUT_OFF.search(claim.folded[h.start : h.end]) for h in planned)
    return by_hits("planned", planned) if planned and (put_off or not _claims_before(planned, claim.done)) else None


def _goes_with_issue(claim: _Claim, promise: Hit) -> bool:
    """Whether the task is given by a document just told as issued ("ban hành Kế hoạch số 12, giao Văn phòng làm đầu mối")."""
    given = _ASSIGNED.search(claim.folded[promise.start : promise.end])
    before = claim.folded[: promise.start]
    return bool(given and claim.document and _ISSUED.search(before) and numbers(claim.sentence.text[: promise.start]))


def _came_of_it(claim: _Claim, promise: Hit) -> bool:
    """Whether the promise is a task given to somebody, and what came of it is told behind ("giao Phòng … rà soát, kết quả đã …"),
    or how far it has been kept ("dự kiến kiểm tra 10 xã, đến nay đã kiểm tra 06")."""
    given = _ASSIGNED.search(claim.folded[promise.start : promise.end])
    rest = claim.folded[promise.end :]
    issued = "ban hành" in rest and bool(numbers(claim.sentence.text[promise.end :]))  # "có chủ trương, Hiệu trưởng ban hành Kế hoạch số …"
    return bool(issued or _SINCE_THEN.search(rest) or (given and _TOLD_AFTERWARDS.search(rest)))


def _other_year(claim: _Claim) -> Verdict | None:
    """What lies before the year reported on is only a mention, what lies after the report's day a promise."""
    if claim.sentence.has("status.review_clean") and claim.item == "II.3":
        return Verdict("done", False, ("status/review-clean",), tuple(claim.sentence.of("status.review_clean")))
    of_texts = claim.item == "II.3" and bool(claim.done or claim.at or claim.sentence.has("item.II.3.act"))  # years of the texts reviewed
    if _only_old(claim) and not of_texts:
        return Verdict("mention", False, ("earlier-year",))
    written = claim.setting.written
    later = bool(claim.when and written) and any(first_day(d) > (written or "") for d in claim.when)
    next_year = _next_year(claim)
    told = [h for h in claim.done if not next_year or _HAVING_DONE.search(claim.folded[h.start : h.end])]
    if later and not claim.sentence.has("status.planned") and _TO_FINISH.search(claim.folded):
        return Verdict("planned", False, ("future-date",))
    if (later or next_year) and not told and not _FINDING.search(claim.folded):
        return Verdict("planned", False, ("future-date",))
    return None


def _next_year(claim: _Claim) -> bool:
    """Whether every year named lies behind the one reported on."""
    years = years_named(claim.folded)
    return bool(years) and claim.setting.year is not None and min(years) > claim.setting.year


def _weakness(claim: _Claim) -> Verdict | None:
    """That something is done badly ("tuyên truyền chưa sâu") says neither that it was done nor that it was not."""
    if claim.item == "II.5" and claim.sentence.has("inspected"):
        return None  # the weakness is what was found, or what the letter is about
    if claim.sentence.has("status.weakness") and not claim.done and not coverage(claim.folded):
        return by_hits("mention", claim.sentence.of("status.weakness"))
    return None


def _told(claim: _Claim) -> Verdict:
    """What is left: done when an aspect word, a date, a figure, or an event verb in a results part says so; else only a mention."""
    counted = bool(quantities(claim.folded)) or bool(_COUNT_BEHIND.search(claim.folded)) or coverage(claim.folded) is not None
    if claim.done or claim.when or counted or claim.context.column == "value":
        why = [*rules_of(claim.done), *(["dated"] if claim.when else []), *(["counted"] if counted else [])] or ["result-cell"]
        return Verdict("done", claim.part, tuple(why), tuple(claim.done))
    if _EVENT_VERB.search(claim.folded) and claim.setting.section in ("results", "none", "context") and not _bare_task(claim):
        return Verdict("done", claim.part, ("event-verb",))
    return Verdict("mention", False, ("no-claim",))


def _bare_task(claim: _Claim) -> bool:
    """A verb without a doer in a loose text under no heading ("(2) Ban hành Quy chế …") may as well be a task as a result."""
    return not claim.setting.headed and claim.context.section == "none" and bool(_BARE_VERB.search(claim.folded))


def _bears_on(sentence: Sentence, item: str, at: list[Hit], undone: Hit) -> bool:
    """A negation bears on the item in its own clause, in the clause next to the naming words, or on an inherited item."""
    if item == "II.5" and (_FINDING.search(sentence.folded[: undone.start]) or _ITS_FINDINGS.search(sentence.folded)):
        return False  # a finding of the inspection, not the inspection itself
    if not at:
        return True
    aside = [m.span() for m in _ASIDE.finditer(sentence.folded)]
    marks = [m.start() for m in _CLAUSE.finditer(sentence.folded) if not any(a < m.start() < b for a, b in aside)]

    def clause(place: int) -> int:
        return sum(mark < place for mark in marks)

    return any(abs(clause(h.start) - clause(undone.start)) <= _CLAUSES_APART for h in at)


def _done_elsewhere(claim: _Claim) -> bool:
    """A done word in front of the negation, with a figure or document of its own ("10/12 phường đã ban hành, còn 02 phường chưa")."""
    first = min(h.start for h in claim.undone)
    before = claim.folded[:first]
    told = any(h.end <= first for h in claim.done)
    if _LEFT.search(before):
        return told  # "còn 08/21 xã chưa": the ratio is of those left
    return coverage(before) is not None or (told and bool(quantities(before) or _ISSUED.search(before)))


def _is_ongoing(claim: _Claim) -> bool:
    """A draft, comments being asked, a resolution on its way to the council; for anything that is not a document only "đang"."""
    folded, ongoing = claim.folded, claim.ongoing
    if _BEFORE_SIGNING.search(folded):
        return False  # "Trước khi ký, dự thảo đã lấy ý kiến …" tells how a signed document came about
    if claim.item == "II.4" and (claim.planned or not claim.ongoing) and _next_year(claim):
        return False  # "Trình HĐND vào kỳ họp giữa năm sau"
    if claim.item == "II.4" and not _PASSED.search(folded) and not claim.sentence.has("status.planned"):
        return bool(ongoing) or bool(_ON_THE_WAY.search(folded))
    if not ongoing:
        return False
    if claim.item == "II.2" and _done_before(claim, ongoing):
        return False  # "11/18 xã đã ban hành; 07 xã đang lấy ý kiến": a part is done
    if claim.document and _APPLIED.search(folded):
        return False  # "vẫn đang thực hiện theo Quy chế năm 2016"
    if not claim.document:
        being = all(_BEING_FIRST.search(folded[h.start : h.end]) for h in ongoing)
        return being and (claim.item == "II.3" or not claim.done)  # "đang rà soát 15 văn bản, đã xong 09" is under way
    return _document_ongoing(folded)


def _done_before(claim: _Claim, ongoing: list[Hit]) -> bool:
    """A done word with a ratio, in front of what is still under way."""
    first = min(h.start for h in ongoing)
    told = any(h.start < first for h in claim.done) or bool(_ISSUED.search(claim.folded[:first]))
    return coverage(claim.folded[:first]) is not None and told


def _document_ongoing(folded: str) -> bool:
    """Whether the document is still a draft: comments that were asked for and heard ("sau khi lấy ý kiến … đã ban hành") do not count."""
    rest = _AFTER_COMMENTS.sub(" ", folded)
    return bool(_BEING.search(rest) or _DRAFT.search(rest)) or not _ISSUED.search(folded)


def _claims_before(planned: list[Hit], done: list[Hit]) -> bool:
    """A done word well before the first promise; in "đã lên lịch", "đã đưa vào chương trình" the promise was made, not kept."""
    first = min(h.start for h in planned)
    return any(h.start < first - _JUST_BEFORE for h in done)


def _only_old(claim: _Claim) -> bool:
    """Every date and year named lies before the year reported on, and nothing says "to this day"."""
    if _LONG_AGO.search(claim.folded):
        return True
    year = claim.setting.year
    if not year:
        return False
    years = {int(d[:4]) for d in claim.when} | years_named(claim.folded)
    return bool(years) and max(years) < year


def _bare_part(folded: str) -> bool:
    """Whether a cell is a bare ratio below one ("15/21"); its units stand in the row's label."""
    ratio = _BARE_RATIO.match(folded)
    return ratio is not None and int(ratio[1]) < int(ratio[2])


def _partial(sentence: Sentence) -> bool:
    covered = coverage(sentence.folded)
    if covered:
        return covered.done < covered.total
    so_far = [h for h in sentence.of("status.partial") if _ONLY_SO_FAR.search(sentence.folded[h.start : h.end])]
    return any(not _NEW_ONE.search(sentence.folded[: h.start]) for h in so_far)  # "Quy chế mới có 06 chương" is new
