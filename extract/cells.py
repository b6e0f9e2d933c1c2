"""How the claims of one agency's documents of a year add up to the state of a cell.

Within one document the strongest fact stands, and a part left undone makes it partial; over several documents the strongest state
stands. A fact ("chưa") wins over a promise for later; a draft alone is a part of the way.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..plan.model import Duty, PlanItem
from .facts import last_day
from .fold import fold
from .items import DOCUMENT_ITEMS
from .model import YEARLY_REPORT, CellVerdict, Evidence, JudgedDocument, State
from .patterns import pattern

ORDER: tuple[State, ...] = ("evidenced", "partial", "planned", "not_done", "unreadable", "silent")
_STRENGTH = {"verifiable": 0, "specific": 1, "assertion": 2}
_STATUS_OF_STATE = {
    "evidenced": ("done",),
    "partial": ("done", "ongoing", "not_done"),
    "planned": ("planned",),
    "not_done": ("not_done",),
    "silent": ("mention",),
}
_MOVED = pattern("cell/moved-on")
_INSPECTION = "II.5"
_OWN_PLAN = "III.kh"
_REST = pattern("cell/for-the-rest")  # a promise for those left out


def judge_item(item: PlanItem, documents: Sequence[JudgedDocument]) -> CellVerdict:
    """The state of an item for one agency and year, from all its documents that stand (superseded ones left out by the caller)."""
    if item.id.endswith(YEARLY_REPORT):
        return _yearly_report(documents)
    return _strongest([_judge_one(item, d, list(enumerate(d.evidence))) for d in documents])


def judge_duty(duty: Duty, item: PlanItem, documents: Sequence[JudgedDocument]) -> CellVerdict:
    """As `judge_item`, from the claims that fit the duty's audience only."""
    if item.id.endswith(YEARLY_REPORT):
        return _yearly_report(documents)
    return _strongest([_judge_one(item, d, [(i, e) for i, e in enumerate(d.evidence) if _fits_audience(duty, e)]) for d in documents])


def _fits_audience(duty: Duty, evidence: Evidence) -> bool:
    """A claim that names audiences speaks for a duty that wants one of them; a claim or a duty that names none is not told apart."""
    if not evidence.audience or not duty.audience:
        return True
    return bool(set(evidence.audience) & set(duty.audience))


def _judge_one(item: PlanItem, document: JudgedDocument, claims: list[tuple[int, Evidence]]) -> CellVerdict:
    mine = [(i, e) for i, e in claims if e.item == item.id]
    state = state_of(item, [e for _, e in mine])
    if state == "silent" and (document.outcome != "read" or document.unread_pages):
        return CellVerdict("unreadable")
    return CellVerdict(state, tuple((document.sha256, i) for i, _ in _shown(state, mine)), _day(state, mine))


def state_of(item: PlanItem, claims: Sequence[Evidence]) -> State:
    """The state that one document's claims on one item add up to."""
    by = {status: [e for e in claims if e.status == status] for status in ("done", "ongoing", "planned", "not_done")}
    if by["done"]:
        return "partial" if _left_undone(by, item) else "evidenced"
    if by["ongoing"]:
        return "evidenced" if item.continuous and item.id not in DOCUMENT_ITEMS else "partial"
    if by["not_done"]:
        return "not_done"
    return "planned" if by["planned"] else "silent"


def _left_undone(by: dict[str, list[Evidence]], item: PlanItem) -> bool:
    """Something was done and something, by the report's own words, was not: a ratio below one, units still to do, a "mới có", a second
    document still a draft. Who inspects some units and names the others as a task to come has inspected; a day set for them says that all
    were to be."""
    promised = [e for e in by["planned"] if _REST.search(fold(e.quote))]
    rest = any(item.id != _INSPECTION or e.dates or _MOVED.search(fold(e.quote)) for e in promised)
    if item.id == _OWN_PLAN and any(e.actor != "subordinate" and not e.partial for e in by["done"]):
        return not all(_only_begun(e) for e in by["ongoing"])  # the plan is one; what is not yet done there is not the plan
    kept_up = item.continuous and item.id not in DOCUMENT_ITEMS  # what goes on all year is always under way
    unfinished = any((not kept_up or e.actor == "subordinate") and not _only_begun(e) for e in by["ongoing"])
    return bool(by["not_done"]) or unfinished or rest or any(e.partial for e in by["done"])


def _only_begun(claim: Evidence) -> bool:
    """Whether a claim tells when the work began; what came of it is told elsewhere."""
    return {c.rule for c in claim.cues if c.rule.startswith("status/")} == {"status/begun"}


def _shown(state: State, claims: list[tuple[int, Evidence]]) -> list[tuple[int, Evidence]]:
    wanted = _STATUS_OF_STATE.get(state, ())
    kept = [(i, e) for i, e in claims if e.status in wanted]
    return sorted(
        kept,
        key=lambda c: (
            wanted.index(c[1].status),
            not (c[1].partial and state == "partial"),
            _STRENGTH[c[1].strength],
            -c[1].confidence,
            c[0],
        ),
    )


def _day(state: State, claims: list[tuple[int, Evidence]]) -> str | None:
    """The earliest day by which a done claim says the act took place: that is when the duty was first met."""
    if state not in ("evidenced", "partial"):
        return None
    days = [last_day(d) for _, e in claims if e.status == "done" for d in e.dates]
    return min(days, default=None)


def _strongest(verdicts: Sequence[CellVerdict]) -> CellVerdict:
    if not verdicts:
        return CellVerdict("no_report")
    best = min(verdicts, key=lambda v: ORDER.index(v.state))
    same = [c for v in verdicts if v.state == best.state for c in v.claims]
    days = [v.day for v in verdicts if v.state == best.state and v.day]
    return CellVerdict(best.state, tuple(same), min(days, default=None))


def _yearly_report(documents: Sequence[JudgedDocument]) -> CellVerdict:
    """III.bc is evidenced by the report itself, when its body speaks of the plan's items; its date is compared with the due day."""
    reports = [d for d in documents if d.letterhead.type == "BÁO CÁO"]
    speaking = [d for d in reports if d.evidence]
    if speaking:
        days = [d.letterhead.date for d in speaking if d.letterhead.date]
        return CellVerdict("evidenced", tuple((d.sha256, -1) for d in speaking), min(days, default=None))
    if any(d.outcome != "read" or d.unread_pages for d in documents):
        return CellVerdict("unreadable")
    return CellVerdict("silent" if documents else "no_report")
