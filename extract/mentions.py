"""Sentences that name an item and claim nothing about it: proposals, duties, purposes, nil returns, other people's acts.

They are `mention`s: kept, shown on request, never counted.
"""

from __future__ import annotations

import re

from .analysis import Hit, Sentence
from .components import component
from .facts import dates, quantities
from .items import INFORMING, TELLING
from .law import law_of
from .patterns import pattern, word_map, words
from .reading import opener_end
from .verdict import Setting, Verdict, by_hits

_RESPONSIBLE = pattern("status/responsible")
_HOSTED = pattern("status/hosted")
_ATTENDANCE_TOLD = pattern("actor/attendance-told")
_PASSED = pattern("status/resolution-passed")
_NOT_YET = pattern("status/not-yet-before")
_TOLD_AFTERWARDS = pattern("status/told-afterwards")
_URGES = pattern("oversight/urges-only")
_BODIES = word_map("words/other-bodies")
_INSPECTORS = words("words/own-inspectors")
_THEIRS = pattern("actor/superior-holds")
_DISTRICT_HOLDS = pattern("actor/any-superior-holds")
_OURS_CAME = pattern("actor/ours-came")
_UPON_US = pattern("actor/acts-upon-us")
_RECURRING = pattern("status/recurring")
_OWN_PLACE = pattern("actor/own-place")
_SENTENCE_ENDS = re.compile(r"[;.]\s")


def not_a_claim(sentence: Sentence, item: str, at: list[Hit], setting: Setting) -> Verdict | None:
    """The verdict `mention` with its reason, None where the sentence may be a claim. `at` are the hits that name the item."""
    section = setting.section
    if item == "III.kk" and section == "limits":
        return None
    if sentence.has("opens.proposals") or section == "basis" or (section == "proposals" and not sentence.has("status.planned")):
        return Verdict("mention", False, ("section/proposals",))
    if sentence.has("status.nil") and not sentence.has("status.review_clean"):
        return by_hits("mention", sentence.of("status.nil"))
    return _somebody_else(sentence, item, setting) or _only_words(sentence, item, at, setting)


@component("actor", off=lambda *_: None)
def _somebody_else(sentence: Sentence, item: str, setting: Setting) -> Verdict | None:
    """Attendance at a superior's event, another body's act, and a duty that somebody bears."""
    if attends(sentence, setting.level):
        return Verdict("mention", False, ("actor/attends",), tuple(sentence.of("actor.attends")))
    told = bool(_PASSED.search(sentence.folded)) or sentence.has("status.not_done", "status.planned")
    passed = item == "II.4" and told  # it is the council that passes the resolution, or does not
    stranger = setting.headed and not _is_reporter(sentence, setting.reporter) and not _own_inspectors(sentence)
    if stranger and sentence.has("actor.other") and not sentence.has("actor.own") and not passed and not _helped_spread(sentence, item):
        return Verdict("mention", False, ("actor/other-body-first",), tuple(sentence.of("actor.other")))
    if setting.level == "low" and _UPON_US.search(sentence.folded):
        return Verdict("mention", False, ("actor/done-by-another",))
    duties = sentence.of("status.duty")
    dated = bool(dates(sentence.folded, setting.year))
    if _RESPONSIBLE.search("".join(sentence.folded[h.start : h.end] for h in duties)) and not sentence.has("status.done") and not dated:
        return Verdict("mention", False, ("status/duty",), tuple(duties))
    if sentence.has("actor.by_other"):
        return Verdict("mention", False, ("actor/done-by-another",), tuple(sentence.of("actor.by_other")))
    return None


@component("mentions", off=lambda *_: None)
def _only_words(sentence: Sentence, item: str, at: list[Hit], setting: Setting) -> Verdict | None:
    """Purposes, what must be done, and what was handed to somebody else."""
    counted = bool(quantities(sentence.folded) or dates(sentence.folded, setting.year))
    plan = setting.section == "plan"
    if sentence.has("opens.purpose") and not sentence.has("status.done") and not counted:
        return Verdict("mention", False, ("section/opens-purpose",))
    told = sentence.has("status.done", "status.planned", "status.not_done")
    found = item == "II.5" and sentence.has("item.II.5.weak", "inspected")  # what the inspectors asked for is their act
    duties = sentence.of("status.duty")
    explained = [h for h in sentence.of("item.II.1.b.strong") if h.rule in TELLING and duties and h.end <= duties[0].start]
    if not plan and duties and not (told or counted or found or explained):  # "giới thiệu những việc phải công khai" tells of the Law
        return by_hits("mention", sentence.of("status.duty"))
    handed = [] if item == "II.5" and _RECURRING.search(sentence.folded) else _handed_over(sentence, item, at)
    return by_hits("mention", handed) if handed and not plan and not sentence.has("status.planned") else None


def _own_inspectors(sentence: Sentence) -> bool:
    """A department's inspectors, and the people's, who look after this Law act for the place; on other matters they are told in passing."""
    named = [sentence.folded[h.start : h.end].strip() for h in sentence.of("actor.other")]
    about = sentence.has("law.explicit", "law.democracy") or bool(law_of(sentence).explicit)
    return about and all(name.endswith(_INSPECTORS) for name in named)


def _is_reporter(sentence: Sentence, reporter: str) -> bool:
    """Whether the body named first is the one that reports: the Front in the Front's own report."""
    return any(_families(sentence.folded[h.start : h.end]) & _families(reporter) for h in sentence.of("actor.other"))


def _families(text: str) -> set[str]:
    return {family for name, family in _BODIES.items() if name in text}


def _helped_spread(sentence: Sentence, item: str) -> bool:
    """A mass organisation's own campaign for this Law, told with figures, is part of how the place spread it."""
    named = sentence.has("law.explicit", "item.II.1.b.strong") and "luật" in sentence.folded
    return item in INFORMING and named and bool(quantities(sentence.folded))


def attends(sentence: Sentence, level: str) -> bool:
    """Whether the reporter only took part in somebody else's event; for a commune or a unit a district's event is a superior's too."""
    theirs = sentence.has("actor.superior") or (level == "low" and sentence.has("actor.district"))
    if theirs and sentence.has("actor.came"):
        return True
    held = _DISTRICT_HOLDS if level == "low" else _THEIRS
    if held.search(sentence.folded) and _OURS_CAME.search(sentence.folded):
        return True
    hits = sentence.of("actor.attends")
    if not hits or _NOT_YET.search(sentence.folded[: hits[0].start]):  # "tổ trưởng chưa được dự lớp nào": nobody was there
        return False
    if _OWN_PLACE.search(sentence.folded) and not theirs:
        return False
    if _ATTENDANCE_TOLD.search(sentence.folded) and not theirs:
        return False
    if theirs:
        return True
    return not _HOSTED.search(sentence.folded[: hits[0].start]) and not quantities(sentence.folded[hits[0].end :])


def _handed_over(sentence: Sentence, item: str, at: list[Hit]) -> list[Hit]:
    """Directive words before every naming hit, in one clause chain, with no result told afterwards."""
    if not at:
        return []
    first = min(h.start for h in at)
    opener = opener_end(sentence)  # "Căn cứ chỉ đạo của thành phố, …" hands nothing over
    asked = [h for h in sentence.of("directive") if opener <= h.start < first and not any(a.start <= h.start < a.end for a in at)]
    if not asked or sentence.has("status.not_done", "status.ongoing"):
        return []
    if _TOLD_AFTERWARDS.search(sentence.folded[first:]):
        return []
    if item == "II.5" and any(_URGES.search(sentence.folded[a.start : a.end]) for a in at):
        return []
    return [] if _SENTENCE_ENDS.search(sentence.folded[asked[0].end : first]) else asked
