"""From a report's passages to its letterhead and evidence; the order of decisions is the order of this file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..ingest.model import Passage, Report
from ..plan.model import Plan
from ..plan.registry import Registry
from .analysis import Hit, Sentence, analyse, analyse_one
from .by_plan import judge_by_plan
from .claims import claim_of
from .context import COUNTS_PEOPLE, Context, Focus, context_of, focus_of
from .fold import fold
from .gate import choose_items, refusals
from .gates_documents import speaks_of_regulation
from .items import DOCUMENT_ITEMS, named_in_heading
from .law import law_of
from .letterhead import read_letterhead
from .model import Evidence, Judgement, Letterhead
from .parts import body_of, is_headed, level_of, opening_head, says_nothing, section_here
from .patterns import pattern
from .performative import judge_act
from .reading import Around, Choice, Reading, Thread, read_sentence
from .rejected import nearest
from .status import status_of
from .verdict import Setting, Verdict
from .watching import Seen, seen_judged, seen_stopped

_ANNOUNCES = pattern("sentence/announces")
_EVIDENCE_HEAD = pattern("column/evidence")
_SINCE_THEN = pattern("status/since-then")
_CONTENTS = pattern("sentence/contents-of-a-document")
_EVENT_CONTENTS = pattern("sentence/contents-of-an-event")
_GRADE = pattern("cell/grade")
_STILL_DRAFTING = pattern("status/still-drafting")
_CITES = pattern("footnote/cites")
_LAST_YEAR = pattern("column/last-year")
_CAPTION = pattern("table/caption")
_LINE_HEADS = pattern("sentence/line-heads")
# The next number of a series ends what the one before headed.
_NUMBERED = re.compile(r"^\s*(?:(?P<figure>\d{1,2})|(?P<roman>[IVX]+)|(?P<letter>[a-zđ]))[.)/]\s")
_OFTEN = 5  # sentences that name the Law, by which a report on democracy is about the Law too
_YEAR = re.compile(r"\b20\d\d\b")
_HEAD_LINE = 60  # characters: a line that ends with a colon and is no longer only heads what follows


@dataclass(slots=True)
class Walk:
    """Where the reading of the body stands: the thread of topic, the part of the report that words have opened, the run of list items; in a
    table the row's label and the items it has answered; the question or caption that heads what follows; the thread of the paragraph
    before, which opening words may take up again; whether the document names the Law anywhere; whether the paragraph before ends with a
    colon; where somebody watches, what was seen."""

    focus: Focus
    letterhead: Letterhead
    thread: Thread = field(default_factory=Thread)
    section: str = "none"
    headings: tuple[str, ...] = ()
    in_list: bool = False
    row: tuple[int, int] = (0, 0)
    answered: set[str] = field(default_factory=set)
    label: tuple[Sentence, Passage] | None = None
    question: str = ""
    before: str = ""
    past: Thread | None = None
    by_name: bool = True
    opens: bool = False
    watched: list[Seen] | None = None


def judge(report: Report, plan: Plan, registry: Registry) -> Judgement:
    """The letterhead and all evidence of one report. Pure: the same report, plan, registry and rules give the same judgement."""
    head = read_letterhead(report, registry)
    known = {item.id for item in plan.items}
    watched: list[Seen] = []
    if plan.rules:  # a plan that brings its own cue words
        told = tuple(judge_by_plan(report, plan, head, watched))
        return Judgement(head.letterhead, told, head.issues, nearest(watched, told, known, head.letterhead.year))
    acts = judge_act(report, head)
    found = acts.evidence if acts.whole else (*acts.evidence, *walk_body(report, head.letterhead, head.body_starts, watched))
    claims = tuple(e for e in found if e.item in known)
    return Judgement(head.letterhead, claims, head.issues, nearest(watched, claims, known, head.letterhead.year))


def walk_body(report: Report, letterhead: Letterhead, body_starts: int, watched: list[Seen] | None = None) -> list[Evidence]:
    """The claims of the report's body, in order; into `watched`, where given, goes what was seen in each sentence."""
    passages = body_of(report.passages, body_starts)
    opening = " ".join(p.text for p in passages[:2])
    focus = focus_of(letterhead.title or "", opening)
    analysed = list(zip(passages, analyse(p.text for p in passages), strict=True))
    heads = {h for p in passages for h in p.headings}
    spoken = (*(s for _, sentences in analysed for s in sentences), *(analyse_one(h) for h in heads))
    explicit = sum(bool(law_of(s).explicit) for _, sentences in analysed for s in sentences)
    if focus == "democracy" and explicit >= _OFTEN:
        focus = "often"
    by_name = focus != "none" or any(s.has("law.explicit", "law.democracy") for s in spoken)
    told = frozenset(e.item for e in _walk(analysed, Walk(focus, letterhead, by_name=by_name)))
    return list(_walk(analysed, Walk(focus, letterhead, Thread(claimed=told), by_name=by_name, watched=watched)))


def _walk(analysed: Sequence[tuple[Passage, Sequence[Sentence]]], walk: Walk) -> Iterator[Evidence]:
    """One reading of the body. It is read twice: directions name in few words what is told at length elsewhere, often in an appendix behind
    them."""
    for passage, sentences in analysed:
        _enter(walk, passage)
        if passage.kind == "heading" or _heads_what_follows(walk, passage):
            continue
        head, alone = opening_head(sentences) if passage.row is None else ("", False)
        context = context_of(passage, walk.letterhead.year, _above(walk, passage), head, walk.letterhead.date)
        if alone and walk.watched is not None:
            walk.watched.append(seen_stopped(passage.ordinal, sentences[0], context, "no/heading"))
        for sentence in sentences[1:] if alone else sentences:
            yield from _judge_sentence(sentence, passage, context, walk)
        walk.opens = passage.text.rstrip().endswith(":")


def _heads_what_follows(walk: Walk, passage: Passage) -> bool:
    """Keeps a question ("Xã có được tập huấn không?") or a short line before a table as the head of what follows; a question itself claims
    nothing."""
    if passage.row is not None:
        return False
    text = passage.text.strip()
    walk.before = text if len(text) < 200 and text[-1:] not in ".;" else ""
    if text.endswith("?") or (text.endswith(":") and len(text) < _HEAD_LINE) or _LINE_HEADS.search(fold(text)):
        walk.question = text
        walk.thread = Thread(claimed=walk.thread.claimed)
        return True
    return bool(_CAPTION.search(text)) and len(text) < 160


def _same_series(one: str, two: str) -> bool:
    """Whether both begin with numbers of one kind: behind "6. …:" a "7. …" is the next, an "a) …" stands below it."""
    first, second = _NUMBERED.match(one), _NUMBERED.match(two)
    return bool(first and second and first.lastgroup == second.lastgroup)


def _above(walk: Walk, passage: Passage) -> tuple[str, ...]:
    lines = (walk.question, walk.before if passage.row is not None else "")
    return tuple(line for line in lines if line and line not in passage.headings)


def _enter(walk: Walk, passage: Passage) -> None:
    """A new paragraph ends what the last one carried on, but a list under one heading is one run of sentences."""
    bullet = passage.row is None and (passage.kind == "list_item" or passage.text[:1] in "-–+*•")
    if passage.headings != walk.headings or _same_series(walk.question, passage.text):
        walk.question = walk.before = ""
    if passage.headings != walk.headings or not (bullet and walk.in_list):
        told = walk.thread if walk.thread.items and walk.thread.near and not walk.thread.off else None
        walk.past = told if told and passage.headings == walk.headings and passage.row is None else None
        walk.thread = Thread(claimed=walk.thread.claimed)
        opened = walk.section if bullet and walk.opens and passage.headings == walk.headings else "none"  # "Nhiệm vụ chính:" over a list
        walk.section = "plan" if walk.letterhead.type == "KẾ HOẠCH" else opened
    else:
        walk.thread.off = False  # each bullet of a list starts afresh on the list's matter
        if walk.section == "plan" or context_of(passage, walk.letterhead.year).section == "plan":
            walk.thread.items = ()  # promises stand each for itself
    row = (passage.row.table, passage.row.row) if passage.row else (0, 0)
    if row != walk.row:
        walk.answered, walk.label = set(), None
    walk.headings, walk.in_list, walk.row = passage.headings, bullet, row


def _judge_sentence(sentence: Sentence, passage: Passage, context: Context, walk: Walk) -> Iterator[Evidence]:
    section = section_here(sentence, context, walk.section, walk.letterhead.year)
    walk.section = section if section in ("plan", "proposals") else "none"
    if context.column == "label":
        walk.label = (sentence, passage)
    cites = passage.kind == "footnote" and bool(_CITES.search(sentence.folded.strip()))
    if stopped := "no/footnote-cites" if cites else _not_asked(sentence, context, walk.letterhead.year):
        if stopped == "no/announces-items":
            walk.thread.items, walk.thread.off = tuple(named_in_heading(sentence)), False
        if walk.watched is not None:
            walk.watched.append(seen_stopped(passage.ordinal, sentence, context, stopped))
        return
    _take_up(walk, sentence)
    setting = _setting(walk.letterhead, section)
    reading = read_sentence(sentence, walk.by_name)
    around = Around(context, walk.thread, walk.focus, section)
    chosen = choose_items(reading, around)
    verdicts = {choice: _verdict(choice, reading, context, setting, walk.thread) for choice in chosen}
    if walk.watched is not None:
        refused = refusals(reading, around, chosen)
        walk.watched.append(seen_judged(passage.ordinal, sentence, context, (section, walk.focus), verdicts, refused))
    for choice, verdict in verdicts.items():
        at = _naming(choice, reading)
        if context.column is not None and _answered(walk, choice, context, verdict.status, sentence):
            continue
        quoted, place = _anchor(sentence, passage, choice.item, context, walk)
        yield claim_of(quoted, place, choice.item, choice.gate, at if quoted is sentence else [], verdict, context, setting)
    _carry(walk.thread, sentence, bool(reading.law_in_main or reading.law_in_opener), bool(reading.other), chosen)
    if not chosen and speaks_of_regulation(reading):
        walk.thread.items, walk.thread.distance, walk.thread.off = ("II.2",), 0, False
    if chosen:
        walk.thread.statuses = {choice.item: verdict.status for choice, verdict in verdicts.items()}


def _take_up(walk: Walk, sentence: Sentence) -> None:
    """The first words of a paragraph may go on about the event of the one before ("Tham dự hội nghị có …")."""
    if walk.past and sentence.has("goes_on") and not walk.thread.items:
        walk.thread.items, walk.thread.statuses, walk.thread.law = walk.past.items, walk.past.statuses, walk.past.law
    walk.past = None


def _setting(letterhead: Letterhead, section: str) -> Setting:
    name = fold(letterhead.agency_name or "")
    return Setting(section, letterhead.year, letterhead.date, level_of(letterhead), is_headed(letterhead), name)


def _not_asked(sentence: Sentence, context: Context, year: int | None) -> str:
    """Why a sentence is not asked what it claims, '' where it is."""
    if context.column in ("counter", "label"):
        return "no/row-label"
    if context.plan_table:
        return "no/table-of-plans"
    if context.column in ("value", "note") and _before(context.head, year):
        return "no/column-of-an-earlier-year"
    if says_nothing(sentence, context):
        return "no/announces"
    return "no/announces-items" if _only_announces(sentence) else ""


def _before(head: str, year: int | None) -> bool:
    """Whether a column stands for the year before, to compare with."""
    told = fold(head)
    years = [int(y) for y in _YEAR.findall(told)]
    return bool(_LAST_YEAR.search(told)) or bool(years and year and max(years) < year)


def _naming(choice: Choice, reading: Reading) -> list[Hit]:
    return [] if choice.inherited else reading.named.get(choice.item, [])


def _verdict(choice: Choice, reading: Reading, context: Context, setting: Setting, thread: Thread) -> Verdict:
    verdict = status_of(reading.sentence, choice.item, _naming(choice, reading), context, setting)
    return _carried_on(verdict, choice, reading.sentence, thread)


def _carried_on(verdict: Verdict, choice: Choice, sentence: Sentence, thread: Thread) -> Verdict:
    """A sentence that goes on about a promise, with no word of its own that it was kept, is still the promise ("Lớp tháng 3: 58 người");
    one that tells what stands in the document just told of is as far as that is."""
    before = thread.statuses.get(choice.item) if thread.near else None
    goes_on = _tells_contents(sentence) or (sentence.has("goes_on") and "no-claim" in verdict.why)
    told_back = verdict.status == "ongoing" and before == "done" and choice.item in DOCUMENT_ITEMS
    if told_back and not (_STILL_DRAFTING.search(sentence.folded) or sentence.has("actor.subordinates")):
        return Verdict("done", False, ("contents-told",))  # "Dự thảo trước đó niêm yết 20 ngày": how what was issued came about
    if verdict.status == "mention" and before in ("done", "ongoing") and goes_on:
        return Verdict("done" if before == "done" else "ongoing", False, ("contents-told",))
    kept = (sentence.has("status.done") or bool(_SINCE_THEN.search(sentence.folded))) and not sentence.has("status.planned")
    if choice.gate != "thread" or not choice.inherited or verdict.status != "done" or kept:
        return verdict
    return Verdict("planned", False, ("continues-promise",)) if thread.statuses.get(choice.item) == "planned" else verdict


def _tells_contents(sentence: Sentence) -> bool:
    """Whether the sentence tells what stands in a document, or was spoken of at an event, that was told of just before."""
    return bool(_CONTENTS.search(sentence.folded) or _EVENT_CONTENTS.search(sentence.folded))


def _only_announces(sentence: Sentence) -> bool:
    """Whether the sentence says no more than what the next ones are about ("Tiếp theo là về kiểm tra.")."""
    told = sentence.has("status.done", "status.not_done", "status.planned", "status.ongoing") or any(c.isdecimal() for c in sentence.text)
    return not told and bool(_ANNOUNCES.search(sentence.folded.strip()))


def _anchor(sentence: Sentence, passage: Passage, item: str, context: Context, walk: Walk) -> tuple[Sentence, Passage]:
    """What to quote: the cell, or its row's label where the cell only counts those who came to what the label tells of."""
    if walk.label and COUNTS_PEOPLE.search(fold(context.head)) and not any(c.isalpha() for c in sentence.text):
        label, place = walk.label
        if item in named_in_heading(label) or law_of(label).explicit:
            return label, place
    return sentence, passage


def _answered(walk: Walk, choice: Choice, context: Context, status: str, sentence: Sentence) -> bool:
    """A row answers once for an item under one head: its first value cell, a note only where it tells another status in its own words."""
    if context.column == "note" and status == "done" and _evidences(choice, context, sentence, walk):
        return f"{choice.item}:{context.head}" in walk.answered
    if context.column == "note" and (status in ("mention", "done") or f"{choice.item}={status}" in walk.answered):
        return True
    bare = not any(c.isalpha() for c in sentence.text)
    by_label = bool(context.label) and choice.item in named_in_heading(analyse_one(context.label))  # else each column tells for itself
    if bare and by_label and any(k.startswith(f"{choice.item}:") for k in walk.answered):
        return True
    told = any(k.startswith(f"{choice.item}:") for k in walk.answered)
    if told and choice.inherited and context.column == "value" and COUNTS_PEOPLE.search(fold(context.head)):
        return True  # "Lượt người dự" beside "Số cuộc" tells of the same meetings
    if _GRADE.search(sentence.folded.strip(" .")) and any(k.startswith((f"{choice.item}:", f"{choice.item}=")) for k in walk.answered):
        return True
    if choice.inherited and status == "done" and f"{choice.item}=not_done" in walk.answered and not sentence.has("status.done"):
        return True  # what stands beside "Chưa" tells why
    key = f"{choice.item}:{status}" if context.column == "note" else f"{choice.item}:{context.head}"
    if key in walk.answered:
        return True
    walk.answered |= {key, f"{choice.item}={status}"}
    return False


def _evidences(choice: Choice, context: Context, sentence: Sentence, walk: Walk) -> bool:
    """Whether a cell of a column for evidence ("Minh chứng") tells facts of what its row says was done: a figure, a day, a document."""
    told = f"{choice.item}=done" in walk.answered and f"{choice.item}=not_done" not in walk.answered
    return told and bool(_EVIDENCE_HEAD.search(fold(context.head))) and any(c.isdecimal() for c in sentence.text)


def _carry(thread: Thread, sentence: Sentence, law: bool, other: bool, chosen: list[Choice]) -> None:
    """What this sentence hands to the next: its items; or, where it turned to another matter, nothing until the Law is named again."""
    if chosen:
        thread.items, thread.distance, thread.off = tuple(c.item for c in chosen), 0, False
        thread.law = thread.law or law
        thread.claimed |= set(thread.items)
    elif other or sentence.has("shift"):
        thread.off = True
    else:
        thread.distance += 1
        if law:
            thread.law, thread.off = True, False
