"""A sentence that gives a duty: who has it, who helps, what is to be done by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import DutyKind
from .model import Found, When, Who
from .roles import joined, read_roles
from .when import Deadlines
from .who import Resolver
from .words import cue, first_of, folded

_STOP = re.compile(r"(?<=[.])\s+(?=[A-ZĐÀ-Ỹ“])")
_COMMA = re.compile(r",\s+")
_JOINT = re.compile(r",\s+(?:và\s+)?|\s+và\s+")
_OPENS = re.compile(r":\s+|\((?=\S)|[,;]\s+|\s[-–]\s+")
_DAY = re.compile(r"[\s,;(]*(?:xong |hoàn thành )?(?:trước|trong|chậm nhất|đến|tháng|quý|năm|ngày|hằng|hàng)\b", re.IGNORECASE)
_FEW = 2  # words: a line that only names a subject or a time has no more beside it
_TIME = 9  # words: as many as a deadline that stands by itself has


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as read. `rest` is what stands behind subject and helpers; `own` whether it names its subject; `subject` where it
    begins."""

    text: str
    kind: DutyKind
    lead: Who
    helpers: Who
    rest: str
    when: When | None
    own: bool


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; pieces behind a semicolon stand with the one before, unless they have a deadline of their own
    (`split_further`)."""
    return [piece for piece in _STOP.split(text.strip()) if piece]


def split_further(text: str, deadlines: Deadlines, resolver: Resolver, *, standing: bool = False) -> list[str]:
    """A sentence cut where another deadline begins, or where somebody else is told what to do: behind a semicolon, and behind a comma
    before what comes every year. `standing` in the part on carrying out, where watching and a dated report are two of the usual duties."""
    kept: list[str] = []
    for piece in text.split("; "):
        another = (
            _names_day(piece, deadlines)
            or bool(cue("sentences", "answers").search(folded(piece)))
            or (bool(kept) and _tells_another(kept[-1], piece, resolver))
        )
        if kept and (not another or only_when(piece, deadlines.scratch())):
            kept[-1] += f"; {piece}"
        else:
            kept.append(piece)
    return [part for piece in kept for part in _once_and_every_year(piece, deadlines, standing)]


def _tells_another(before: str, text: str, resolver: Resolver) -> bool:
    """Whether a piece names somebody and gives them more than a role or a time in the task before it, and goes on with no list."""
    if (named := resolver.everybody(before)) and not re.search(r"\w", before[named[-1].end :]):
        return False
    found, end = resolver.scan(text)
    behind = folded(text[end:])
    roles = any(cue("roles", id).search(behind) for id in ("behind/help", "helpers-only"))
    does = cue("sentences", "leads-by-itself").search(behind)
    return bool(
        found and found[0].codes and does and not roles and not cue("sentences", "only-who").search(behind)
        and len(re.findall(r"\w+", cue("roles", "role-words").sub(" ", behind))) > _FEW
    )  # fmt: skip


def _names_day(text: str, deadlines: Deadlines) -> bool:
    found = deadlines.scratch().read(text)
    return (
        found is not None
        and found.due.kind not in ("continuous", "event")
        and bool(cue("sentences", "leads-by-itself").search(folded(text)))
    )


def _once_and_every_year(text: str, deadlines: Deadlines, standing: bool) -> list[str]:
    """ "… xây dựng kế hoạch trong tháng 12, định kỳ hằng năm (trước ngày 10/12) báo cáo …" is two duties, and so is "… trước ngày 28/02 và
    báo cáo … trước ngày 30/11"."""
    for joint in _JOINT.finditer(text):
        before, behind = text[: joint.start()], text[joint.end() :]
        if cue("sentences", "reports-behind").search(folded(behind)):
            one, two = deadlines.scratch().read(before), deadlines.scratch().read(behind)
            if one and two and one.due.kind in ("window", "before") and two.due.kind in ("window", "before", "yearly"):
                return [before, behind]
            if standing and two and not one and two.due.kind != "continuous" and cue("standing", "watching").search(folded(before)):
                return [before, behind]
        if not cue("sentences", "every-year-behind").search(folded(behind)):
            continue
        one, two = deadlines.scratch().read(before), deadlines.scratch().read(behind)
        if one and two and one.due.kind in ("window", "before") and two.due.kind == "yearly":
            return [before, behind]
    return [text]


def leads_by_itself(text: str) -> bool:
    """Whether a text begins with what is to be done."""
    return bool(cue("sentences", "leads-by-itself").search(folded(text)))


def only_when(text: str, deadlines: Deadlines) -> When | None:
    """The deadline of a sentence that tells nothing else: "Hoàn thành trong quý II/2025."."""
    said = folded(text)
    if not cue("sentences", "only-when").search(said) or cue("sentences", "says-more").search(said):
        return None
    when = deadlines.scratch().whole(text)
    if when is None or len(re.findall(r"\w+", text[: when.start] + text[when.end :])) > _FEW:
        return None
    return deadlines.whole(text)


def bracketed_time(title: str, deadlines: Deadlines) -> When | None:
    """The time in brackets behind a task: "Tổ chức hội nghị (tháng 4/2024)"."""
    bracket = re.search(r"\(([^()]+)\)\W*$", title)
    return only_when(bracket[1], deadlines) if bracket else None


def read_sentence(text: str, resolver: Resolver, deadlines: Deadlines, above: Who | None = None, *, given: bool = False) -> Said | None:
    """The duty in a sentence; None where it names nobody who has one. `above` has it where the sentence names nobody but says what to
    do; `given` where a line above names them, and whatever stands below it is theirs."""
    said = folded(text)
    event = bool(cue("sentences", "if-it-arises").search(said))
    if cue("sentences", "announces").search(said) or (not event and cue("sentences", "closes").search(said)):
        return None
    does = bool(cue("sentences", "leads-by-itself").search(said))
    directs = above and cue("sentences", "directs").search(said)
    subject = None if directs else _subject(text, resolver, theirs=given and does) or (None if above else _done_by(text, resolver))
    if subject is None:
        if not above or not (does or event or (given and len(text.split()) > _FEW)):
            return None
        helpers, rest = _helpers(text, resolver)
        kind = _asked(_kind(text, 0, event), above)
        return Said(text, kind, above, helpers, rest, _when(text, 0, deadlines), own=False)
    clause, start, task = subject
    roles = read_roles(text[start:], resolver)
    helpers, rest = _helpers(text[start + roles.end :], resolver)
    helpers = joined(helpers, roles.helpers)
    kind = _asked(_kind(text[clause:], start - clause, event), above if given else None)
    if cue("sentences", "grounds").search(said):
        text, start = text[start:], 0
    when = _when(text, start, deadlines) or (_tail(text[start + roles.end :], deadlines) if task else None)
    return Said(text, kind, roles.lead, helpers, task or rest, when, own=True)


def _when(text: str, start: int, deadlines: Deadlines) -> When | None:
    """The deadline of a sentence whose subject begins at `start`: a condition that opens it ends there; a time before a colon is one."""
    head = cue("sentences", "heading-opener").search(folded(text))
    if head and (when := only_when(text[: head.end()].rstrip(" :"), deadlines)):
        return when
    return deadlines.read(text, until=start if cue("conditions", "opens").search(folded(text)) else 0)


def _tail(text: str, deadlines: Deadlines) -> When | None:
    """The deadline that stands by itself behind who has the task: "…: Sở A; tháng 5/2025."."""
    pieces = [piece for piece in re.split(r"[;,]\s+|[()]|\s[-–]\s", text) if piece.strip(" .")]
    return next((when for piece in reversed(pieces) if len(piece.split()) <= _TIME and (when := deadlines.whole(piece))), None)


def _kind(text: str, start: int, event: bool) -> DutyKind:
    said = folded(text)
    if event:
        return "event"
    if cue("sentences", "accountable").search(said):
        return "accountability"
    return "request" if cue("sentences", "request").search(said[: start + 1]) else "assigned"


def _asked(kind: DutyKind, above: Who | None) -> DutyKind:
    """The kind of a duty below a heading: what that asks for is a request."""
    return "request" if kind == "assigned" and above and above.asked else kind


def _subject(text: str, resolver: Resolver, *, theirs: bool = False) -> tuple[int, int, str] | None:
    """Who has the duty: where their clause and their names begin, and the task where it stands before them ("Task: who, by when", "Task
    (who, by when)"); at the sentence's beginning, behind "Giao", or behind an opening phrase. `theirs` where a line above
    names who has what begins with a verb: behind a comma stand then those whom it is for ("cho công chức, doanh nghiệp, xong …")."""
    behind_task = _behind_task(text, resolver)
    if behind_task and theirs and text[len(behind_task[2])] == ",":
        behind_task = None
    if behind_task and text[len(behind_task[2])] == ":":  # "Kiện toàn Công an xã: Công an tỉnh chủ trì"
        _, end = resolver.scan(text[behind_task[1] :])
        if cue("roles", "behind/lead").search(folded(text[behind_task[1] + end :])):
            return behind_task
    for clause, start in _starts(text):
        found, end = resolver.scan(text[start:])
        passive = cue("sentences", "undergoes").search(folded(text[start + end :]))
        if end and re.search(r"\w", text[start + end :]) and not passive and not _inside_a_list(text, start, found, resolver):
            return clause, start, ""
    return behind_task


def _behind_task(text: str, resolver: Resolver) -> tuple[int, int, str] | None:
    """Behind a colon names are enough; in a bracket that ends the sentence a word for their role or a time, behind a comma a role."""
    for mark in _OPENS.finditer(text):
        task = text[: mark.start()]
        if cue("roles", "no-subject-behind").search(folded(task)) or (mark[0][0] == ":" and first_of("labels", task)):
            continue
        clause, start = next(_behind(text, [mark.end()]))
        _, end = resolver.scan(text[start:])
        if not end:
            continue
        behind = text[start + end :]
        told = _told(behind) or start > clause or (mark[0][0] == ";" and bool(_DAY.match(behind)))
        if mark[0] == "(" and not (re.search(r"\)\W*$", text) and (told or re.search(r"\d|năm|thường xuyên", behind))):
            continue
        if mark[0][0] not in ":(" and not (told and not _goes_on(text, start, resolver)):
            continue
        return clause, start, task
    return None


def _done_by(text: str, resolver: Resolver) -> tuple[int, int, str] | None:
    """Who has a task that opens the sentence: "Ban hành quy chế do Sở A soạn thảo, trình …"."""
    said = folded(text)
    if not (cue("sentences", "leads-by-itself").search(said) or cue("sentences", "the-task").search(said)):
        return None
    for mark in cue("sentences", "done-by").finditer(said):
        _, end = resolver.scan(text[mark.end() :])
        if end and cue("sentences", "does-it").search(said[mark.end() + end :]):
            return mark.end(), mark.end(), text[: mark.start()]
    return None


def _goes_on(text: str, start: int, resolver: Resolver) -> bool:
    """Whether a name at `start` belongs to a list or a name that began before it."""
    return any(
        one.start < start and (one.end > start or not re.search(r"\w", text[one.end : start])) for one in resolver.everybody(text)
    ) or bool(cue("sentences", "opener").search(folded(text)))


def _told(behind: str) -> bool:
    """Whether names are followed by a word for their role, or by "thực hiện"."""
    said = folded(behind)
    return any(cue("roles", id).search(said) for id in ("behind/lead", "behind/help")) or bool(
        cue("sentences", "leads").search(said) or cue("sentences", "with").search(said) or cue("sentences", "carries-out").search(said)
    )


def _inside_a_list(text: str, start: int, found: list[Found], resolver: Resolver) -> bool:
    """Whether a loose word ("địa phương") only goes on with a list that began before it."""
    before = resolver.everybody(text[:start])
    return bool(found[0].checks and before and not re.search(r"\w", text[before[-1].end : start]))


def _starts(text: str) -> Iterator[tuple[int, int]]:
    said = folded(text)
    if head := cue("sentences", "heading-opener").search(said):
        yield from _behind(text, [head.end()])
    opens = cue("sentences", "opener").search(said)
    if opens or cue("sentences", "if-it-arises").search(said):
        if not opens:  # "Yêu cầu các đơn vị triển khai nghiêm túc; nếu có khó khăn, báo cáo …"
            yield from _behind(text, [0])
        yield from _behind(text, [m.end() for m in _COMMA.finditer(text)])
        return
    yield from _behind(text, [0])


def _behind(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    for place in places:
        gives = cue("sentences", "gives-over").search(folded(text[place:]))
        yield place, place + (gives.end() if gives else 0)


def helpers_in(heading: str, resolver: Resolver) -> Who:
    """Who a heading says helps with all that stands below it: "Sở A chủ trì, phối hợp với Sở B thực hiện các nhiệm vụ sau:"."""
    _, end = resolver.scan(heading)
    return _helpers(heading[end:], resolver)[0] if end else Who()


def _helpers(rest: str, resolver: Resolver) -> tuple[Who, str]:
    """Who is named behind "phối hợp với" or "cùng", and what is left behind them."""
    found = cue("sentences", "with").search(folded(rest[:60]))
    lead = cue("sentences", "leads").search(folded(rest))
    if not found and lead:
        found = cue("sentences", "with").search(folded(rest))
    if not found:
        found = cue("sentences", "with-somewhere").search(folded(rest))
        if not found:
            return Who(), rest[lead.end() :] if lead else rest
    who, end = resolver.read_list(rest[found.end() :])
    if not end:
        return Who(), rest[lead.end() :] if lead else rest
    behind = rest[found.end() + end :]
    return who, behind if re.search(r"\w", behind) else rest
