"""The law gate: which items a sentence is evidence for, and why it is this Law and not another that the sentence speaks of.

An officer asks first which law is meant, then which item. The Law may be named by the sentence itself, by the heading or row it stands
under, by the sentences before it, or by the whole document; a sentence that names another matter is out unless it names the Law too.
"""

from __future__ import annotations

from .analysis import Hit, Sentence
from .components import component
from .gates_documents import OF_SUPERIOR, gate_plan, gate_regulation
from .inherit import NEVER_INHERITED, from_row, inherit
from .items import DOCUMENT_OF, EVENTS, INFORMING, ITEMS, TELLING, at_large, other_object, takes_object
from .patterns import pattern
from .reading import Around, Choice, Reading, Thread, passes

_ABOUT = pattern("object/about")
_FIELD = pattern("object/field")
_LEARNERS = pattern("training/learners")
_INSPECTS = pattern("oversight/of-somebody")
_EQUIPMENT = pattern("media/equipment")
_INSPECTS_LAW = pattern("oversight/of-the-law")
_DOCUMENT_CONTENTS = pattern("sentence/contents-of-a-document")
_EVENT_CONTENTS = pattern("sentence/contents-of-an-event")
_COUNTED_ELSE = pattern("oversight/counted-else")
_REMARK = pattern("sentence/remark")
_OTHER_SERIES = pattern("media/other-series")
_ON_DEMOCRACY = pattern("review/on-democracy")
_RELATED = pattern("review/related")
_COUNTED = pattern("resolution/counted")
_URGES = pattern("oversight/urges")
_PUBLISHES_RESULTS = pattern("media/publishes-results")
_PUBLIC_NOTICES = pattern("media/public-notices")
_ALL_THAT_WAS_SENT = pattern("media/all-that-was-sent")
_ITS_FINDINGS = pattern("oversight/its-findings")
_OF_KEEPING = pattern("oversight/of-keeping")
_BESIDES = pattern("shift/besides")
_REST = pattern("cell/for-the-rest")
_WHAT_FOR = pattern("money/what-for")
_NOT_PLAN_NAME = pattern("plan/name-ends")
_PLAN_NAME_LENGTH = 90  # characters that a plan's name runs on behind its number


def choose_items(reading: Reading, around: Around) -> list[Choice]:
    """The items that this sentence is evidence for, in the plan's order; [] where it speaks of something else."""
    if around.context.subject == "other" and not reading.law_in_main and not reading.said.democracy:
        return []
    if around.context.column is not None:
        return from_row(reading, around)
    if _tells_contents(reading, around.thread):
        return [Choice(item, "thread", True) for item in around.thread.items if item in EVENTS]
    if document := _document_contents(reading, around.thread):
        return [Choice(document, "thread", True)]
    named = _worth_asking(reading, around)
    if _REMARK.search(reading.sentence.folded):
        named = [item for item in named if item == "III.kk"]
        return [Choice(item, gate, False) for item in named if passes(gate := _gate(reading, item, around))]
    chosen = [Choice(item, gate, False) for item in named if passes(gate := _gate(reading, item, around))]
    if chosen or (named and reading.other and not reading.sentence.has("goes_on")):
        return chosen
    ends = [i for i in named if i not in NEVER_INHERITED and not (i == "III.kh" and _gate(reading, i, around) == OF_SUPERIOR)]
    return inherit(reading, around, bool(ends))


def _tells_contents(reading: Reading, thread: Thread) -> bool:
    """Whether the sentence tells what was spoken of at the event told of before, and it was no other law."""
    other = any(h.group in ("other.law", "other.party") for h in reading.other)
    return bool(_EVENT_CONTENTS.search(reading.sentence.folded)) and thread.near and not thread.off and not other


def _document_contents(reading: Reading, thread: Thread) -> str:
    """The item of the document told of before whose contents the sentence tells ("Quy chế có 18 điều …"), '' where it is none."""
    found = _DOCUMENT_CONTENTS.search(reading.sentence.folded)
    item = DOCUMENT_OF[found["document"]] if found else ""
    return item if item in thread.items and thread.near and not thread.off and thread.statuses.get(item) in ("done", "ongoing") else ""


def refusals(reading: Reading, around: Around, chosen: list[Choice]) -> list[Choice]:
    """The items that the sentence names and is no evidence for, each with the name of the refusal."""
    left = [item for item in ITEMS if item in reading.named and not any(c.item == item for c in chosen)]
    if around.context.subject == "other" and not reading.law_in_main and not reading.said.democracy:
        return [Choice(item, "no/heading-on-other-matter", False) for item in left]
    if around.context.column is not None:
        return [Choice(item, "no/not-what-the-row-answers", False) for item in left]
    asked = _worth_asking(reading, around)
    return [Choice(item, _gate(reading, item, around) if item in asked else "no/inside-another", False) for item in left]


def _worth_asking(reading: Reading, around: Around) -> list[str]:
    """Named items, less those that only stand inside the object of another ("kiểm tra việc ban hành quy chế")."""
    named = [item for item in ITEMS if item in reading.named]
    if "III.kp" in named:  # "Kinh phí cho tuyên truyền Luật: 20 triệu đồng": what the money is for is not told as done
        named = [i for i in named if i == "III.kp" or not _paid_for(reading, i)]
    headed = set(around.context.items)
    if headed & INFORMING == {"II.1.a"} and set(named) == {"II.1.b"} and _tells_of_it(reading.sentence):
        return []  # under the conveying conference "giới thiệu", "phổ biến" tell of that conference
    if set(named) == {"II.1.b"} and around.thread.items == ("II.1.a",) and around.thread.near and _tells_what(reading):
        return []  # at the conveying conference somebody "giới thiệu những điểm mới của Luật"
    under = headed & set(named)
    if under:
        return [i for i in named if i in under or (i in INFORMING and under & INFORMING and i not in headed)]
    if "III.kp" in named:  # what the money is for is not told as done
        money = min(h.start for h in reading.named["III.kp"])
        named = [i for i in named if i == "III.kp" or any(h.start < money for h in reading.named[i])]
    if "III.kh" in named:
        named = [i for i in named if i == "III.kh" or i not in INFORMING or not _inside_plan_name(reading, i)]
    return _less_inspected(reading, named, around)


def _paid_for(reading: Reading, item: str) -> bool:
    """Whether every word that names the item stands right behind the word for money."""
    folded, money = reading.sentence.folded, reading.named["III.kp"]
    return all(any(m.end <= h.start and _WHAT_FOR.search(folded[m.end : h.start]) for m in money) for h in reading.named[item])


def _tells_what(reading: Reading) -> bool:
    """Whether the words of dissemination only tell what was said of the Law, to nobody at large."""
    telling = all(h.rule in TELLING for h in reading.named["II.1.b"])
    sentence = reading.sentence
    return telling and "lồng ghép" not in sentence.folded and not at_large(sentence) and not sentence.has("shift", "actor.subordinates")


def _tells_of_it(sentence: Sentence) -> bool:
    """Whether words of dissemination under the conveying conference tell of that conference, and of no direct form of its own."""
    return sentence.has("goes_on") or not (sentence.has("item.II.1.b.direct") or at_large(sentence))


def _less_inspected(reading: Reading, named: list[str], around: Around) -> list[str]:
    """Without the items that an inspection or a reminder is about."""
    inspected = reading.sentence.of("inspected")
    if inspected and "II.5" not in named and "II.5" in around.thread.items:
        return []  # a finding of the inspection told before
    if "II.5" not in named:
        return named
    keeping = _OF_KEEPING.search(reading.sentence.folded)
    if around.section == "plan" and len(named) > 1 and not keeping and all(_urges(reading, h) for h in reading.named["II.5"]):
        return [i for i in named if i != "II.5"]  # "đôn đốc 04 phường sớm ra quy chế" promises the regulations
    if inspected:
        first = min(h.start for h in inspected)
        return [i for i in named if i == "II.5" or any(h.start < first for h in reading.named[i])]
    return named


def _urges(reading: Reading, hit: Hit) -> bool:
    return bool(_URGES.search(reading.sentence.folded[hit.start : hit.end]))


def _inside_plan_name(reading: Reading, item: str) -> bool:
    """Whether an item is only named inside the plan's own name: "Kế hoạch số 45/KH-… về tuyên truyền, triển khai thi hành Luật"."""
    folded, plans = reading.sentence.folded, reading.named["III.kh"]
    return all(
        any(p.end <= h.start <= p.end + _PLAN_NAME_LENGTH and not _NOT_PLAN_NAME.search(folded[p.end : h.start]) for p in plans)
        for h in reading.named[item]
    )


@component("law_gate", off=lambda *_: "law/explicit")
def _gate(reading: Reading, item: str, around: Around) -> str:
    """The name of the first way in which the sentence is about this Law, or of what refuses it ("no/…")."""
    hits = reading.named[item]
    if item == "II.2":
        return gate_regulation(reading, hits, around)
    if item == "III.kh":
        return gate_plan(reading, hits, around)
    if item in ("III.kp", "III.kk"):
        return _gate_note(reading, item, around)
    if item == "II.3" and around.focus != "none" and _ON_DEMOCRACY.search(reading.sentence.folded):
        return "law/focus"  # texts on land or building, reviewed for what they say of residents' voice
    if item == "II.4" and _COUNTED.search(reading.sentence.folded) and not reading.said.democracy:
        return "no/counts-texts"
    if reading.law_in_main:
        if item == "II.1.c" and _PUBLISHES_RESULTS.search(reading.sentence.folded):
            return "no/other-object"
        elsewhere = item == "II.5" and all(other_object(reading.sentence.folded, h) and not _of_the_law(reading, h) for h in hits)
        return "no/other-object" if elsewhere else "law/explicit"
    if reading.said.democracy and not (reading.other and item in INFORMING):
        return "law/democracy" if around.focus != "none" or item in ("II.3", "II.4") else "no/law-not-named"
    if item == "II.5" and item in around.thread.items and around.thread.near and _ITS_FINDINGS.search(reading.sentence.folded):
        return "thread"
    return _of_something_else(reading, item, hits) or _by_surroundings(reading, item, around)


def _of_something_else(reading: Reading, item: str, hits: list[Hit]) -> str:
    """The refusal of a sentence that names another matter, the ordinance before the Law, or another object; '' where it names none."""
    if reading.other:
        return "no/other-matter-named"
    if reading.said.old and item in (*INFORMING, "II.1.d", "II.5"):
        return "no/older-law"
    return "no/other-object" if _about_something_else(reading, item, hits) else ""


def _of_the_law(reading: Reading, hit: Hit) -> bool:
    """Whether what is inspected belongs to the Law: "kiểm tra hồ sơ, sổ sách về thi hành Luật"."""
    behind = reading.sentence.folded[hit.end :]
    return bool(_INSPECTS_LAW.match(behind))


def _by_surroundings(reading: Reading, item: str, around: Around) -> str:
    """As `_gate`, for a sentence that names neither the Law nor another matter: what stands around it speaks."""
    context, thread = around.context, around.thread
    rest = reading.sentence.has("status.planned") and _REST.search(reading.sentence.folded)
    if (around.section == "plan" or rest) and item in thread.claimed:
        return "told-before"
    # "Bên cạnh đó là chuyên trang trên Cổng …" under a heading on telling people goes on with it
    informs = item == "II.1.c" and INFORMING & set(context.items) and not thread.off and _BESIDES.search(reading.sentence.folded)
    if reading.sentence.has("shift") and not reading.law_in_opener and not informs:
        return "no/turned-away"
    if context.subject == "law" or (item in context.items and around.about_law):
        return "heading"
    if item in INFORMING and INFORMING & set(context.items) and around.about_law:
        return "heading-family"
    if reading.law_in_opener:
        return "law/opener"
    if thread.off:
        return "no/turned-away"
    if item in thread.items or (thread.law and thread.near):
        return "thread"
    return _by_document(reading, item, around)


def _by_document(reading: Reading, item: str, around: Around) -> str:
    """As `_gate`, where only the subject of the whole document is left to speak."""
    if reading.said.weak and around.focus != "none":
        return "law/weak"
    if item == "II.1.d" and not _LEARNERS.search(reading.sentence.folded):
        return "no/law-not-named"  # an office trains its staff in much else
    if item == "II.5" and not _INSPECTS.search(reading.sentence.folded):
        return "no/inspects-nobody"
    if item == "II.3" and around.focus != "none" and _RELATED.search(reading.sentence.folded):
        return "law/focus"
    if item == "II.3" and around.of_law and around.section == "plan":
        return "law/focus"
    if item in ("II.3", "II.4"):
        return "no/law-not-named"  # reviewing texts is every legal office's daily work: the Law must be named, here or just before
    told_elsewhere = around.focus == "often" and item in ("II.1.b", "II.1.c")  # forms and media serve every matter of democracy
    if not around.of_law or told_elsewhere or around.section == "context":
        return "no/law-not-named"
    return "law/focus" if around.section != "proposals" or reading.sentence.has("status.planned") else "no/proposal"


def _gate_note(reading: Reading, item: str, around: Around) -> str:
    """Money and difficulties are told in passing, under the report's own subject: a sentence on another matter is out, and so is the
    report's opening account of the place."""
    if reading.law_in_main or reading.said.democracy:
        return "law/explicit"
    if around.focus == "none" or around.section == "context":
        return "no/law-not-named"
    if item == "III.kp":
        return "law/focus"
    return "heading" if item in around.context.items or around.section == "limits" else "no/not-under-limits"


def _about_something_else(reading: Reading, item: str, hits: list[Hit]) -> bool:
    """Whether every naming word takes another object: "tập huấn về đo đạc", "kiểm tra nồng độ cồn", "văn bản thuộc lĩnh vực thương mại"."""
    text, folded = reading.sentence.text, reading.sentence.folded
    if item == "II.1.c" and any(p.search(folded) for p in (_EQUIPMENT, _PUBLIC_NOTICES, _ALL_THAT_WAS_SENT)):
        return True
    if item == "II.5" and (any(_COUNTED_ELSE.match(folded[h.end :]) for h in hits) or all(other_object(folded, h) for h in hits)):
        return True  # "kiểm tra 42 bến thủy nội địa"
    if any(h.rule == "II.1.c/media" for h in hits):  # of several media in a sentence one tells what was sent over them
        sent = [*hits, *reading.sentence.of("item.II.1.c.weak")]
        return bool(_FIELD.search(folded) or _OTHER_SERIES.search(folded)) or any(_ABOUT.search(text[h.end :]) for h in sent)
    telling = [h for h in hits if takes_object(folded, h)] or hits  # of "mở 09 lớp bồi dưỡng công tác Mặt trận" the second tells what
    return bool(_FIELD.search(folded)) or all(_ABOUT.search(text[h.end :]) or other_object(folded, h) for h in telling)
