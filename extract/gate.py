"""The law gate: which items a sentence is evidence for, and why it is this Law and not another that the sentence speaks of.

An officer asks first which law is meant, then which item. The Law may be named by the sentence itself, by the heading or row it stands under, by the
sentences before it, or by the whole document; a sentence that names another matter is out unless it names the Law too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .analysis import Hit, Sentence, analyse_one
from .context import Context, Focus
from .facts import coverage
from .items import DOCUMENT_ITEMS, INFORMING, ITEMS, named_in_sentence, other_object
from .law import LawSpoken, law_of
from .patterns import pattern

# "tập huấn về đo đạc": after the act, "về" and a noun that is neither a place nor the Law tells another subject.
_ABOUT = pattern("object/about")
_KINDS_OF_REGULATION = pattern("regulation/not-made")
_ISSUING = pattern("regulation/making")
# Where only the report's subject speaks for the Law, an inspection must say whom or what it inspects.
_INSPECTS = pattern("oversight/of-somebody")
_PLAN_MADE = pattern("plan/made")
_TOO_FAR = 3  # sentences that a topic carries on over, within one paragraph


@dataclass(slots=True)
class Thread:
    """What the sentences before have set in this paragraph or list: the items last claimed, how far back, whether the Law was named."""

    items: tuple[str, ...] = ()
    distance: int = 0
    law: bool = False
    off: bool = False
    claimed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """An item that passed, and by what: the gate's name and whether the item itself is inherited."""

    item: str
    gate: str
    inherited: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the gate sees it: what its main part (without a basis opener or a vehicle) says of laws."""

    sentence: Sentence
    said: LawSpoken
    named: dict[str, list[Hit]]
    law_in_main: bool
    law_in_opener: bool
    other: tuple[Hit, ...]


def read_sentence(sentence: Sentence) -> Reading:
    """The sentence with its opener and vehicles set aside."""
    said = law_of(sentence)
    opener = _opener_end(sentence)
    vehicles = [(h.start, _vehicle_end(sentence.folded, h.end)) for h in sentence.of("vehicle")]
    other = tuple(h for h in said.other if h.start >= opener and not any(a <= h.start < b for a, b in vehicles))
    named = {item: kept for item, hits in named_in_sentence(sentence).items() if (kept := [h for h in hits if h.start >= opener])}
    main = any(start >= opener for start, _ in said.explicit)
    return Reading(sentence, said, named, main, bool(said.explicit) and not main, other)


def _opener_end(sentence: Sentence) -> int:
    """Where the main clause begins: after the first comma of "Căn cứ …, " or "Thực hiện Kế hoạch số …, ", 0 without an opener."""
    if re.match(r"(?:cũng |chủ yếu )?(?:do|vì|bởi)\b", sentence.folded):
        cause = re.search(r",|\snên\s", sentence.folded[:120])
        return cause.end() if cause else 0  # a cause, told first
    if not sentence.has("opens.basis"):
        return 0
    for match in re.finditer(r"[,;]\s", sentence.folded):
        after = sentence.folded[match.end() :]
        if re.match(
            r"(?:ubnd|ủy ban|sở|phòng|quận|huyện|phường|xã|nhà trường|trường|ban|đơn vị|các|ngày|chiều|sáng|trong|từ|đến|lãnh đạo|chủ tịch|giám đốc|trung tâm|hội nghị|tính|\d|năm|vừa|đã|tháng|văn phòng|cơ quan|thành phố|tại|đồng chí|thư viện|viện|bệnh viện)\b",
            after,
        ):
            return match.end()
    return 0


def _vehicle_end(folded: str, start: int) -> int:
    stop = re.search(r"[,;.]", folded[start:])
    return start + (stop.start() if stop else len(folded))


def choose_items(reading: Reading, context: Context, thread: Thread, focus: Focus, section: str) -> list[Choice]:
    """The items that this sentence is evidence for, in the plan's order; [] where it speaks of something else. `section` is the part of the report
    that holds here, `thread` what came before."""
    if context.subject == "other" and not reading.law_in_main and not reading.said.democracy:
        return []
    if context.column is not None:
        return _from_row(reading, context, focus)
    named = _worth_asking(reading, context, thread, section)
    chosen = [Choice(item, gate, False) for item in named if (gate := _gate(reading, item, context, thread, focus, section))]
    if chosen or (named and reading.other):
        return chosen
    return _inherit(reading, context, thread, focus, section, bool(named))


def _worth_asking(reading: Reading, context: Context, thread: Thread, section: str) -> list[str]:
    """Named items, less those that only stand inside the object of another ("kiểm tra việc ban hành quy chế")."""
    named = [item for item in ITEMS if item in reading.named]
    under = set(context.items) & set(named)
    if under:
        return [i for i in named if i in under or (i in INFORMING and under & INFORMING and i not in context.items)]
    if "III.kp" in named:
        money = min(h.start for h in reading.named["III.kp"])
        named = [
            i for i in named if i == "III.kp" or any(h.start < money for h in reading.named[i])
        ]  # what the money is for is not told as done
    if "III.kh" in named:
        named = [i for i in named if i == "III.kh" or i not in INFORMING or not _inside_plan_name(reading, i)]
    inspected = reading.sentence.of("inspected")
    if inspected and "II.5" not in named and "II.5" in thread.items:
        return []  # a finding of the inspection told before
    if "II.5" in named and section == "plan" and len(named) > 1 and all(_urges(reading, h) for h in reading.named["II.5"]):
        return [i for i in named if i != "II.5"]  # "đôn đốc 04 phường sớm ra quy chế" promises the regulations
    if "II.5" in named and inspected:
        first = min(h.start for h in inspected)
        return [i for i in named if i == "II.5" or any(h.start < first for h in reading.named[i])]
    return named


def _urges(reading: Reading, hit: Hit) -> bool:
    return reading.sentence.folded[hit.start : hit.end] in ("đôn đốc", "theo dõi")


def _inside_plan_name(reading: Reading, item: str) -> bool:
    """Whether an item is only named inside the plan's own name: "Kế hoạch số 45/KH-… về tuyên truyền, triển khai thi hành Luật"."""
    folded, plans = reading.sentence.folded, reading.named["III.kh"]
    return all(
        any(p.end <= h.start <= p.end + 90 and not re.search(r";|\bđã\b|\btổ chức\b", folded[p.end : h.start]) for p in plans)
        for h in reading.named[item]
    )


def _gate(reading: Reading, item: str, context: Context, thread: Thread, focus: Focus, section: str) -> str:
    """The name of the first way in which the sentence is about this Law, '' where there is none."""
    said, hits = reading.said, reading.named[item]
    elsewhere = bool(reading.other) or _about_something_else(reading, hits)
    if item == "II.2":
        return _gate_regulation(reading, hits, context, thread, focus, section)
    if item == "III.kh":
        return _gate_plan(reading, hits, context, thread, focus, section)
    if item in ("III.kp", "III.kk"):
        return _gate_note(reading, item, context, focus, section)
    if reading.law_in_main:
        return "" if item == "II.5" and all(other_object(reading.sentence.folded, h) for h in hits) else "law/explicit"
    if said.democracy and not (reading.other and item in INFORMING):
        return "law/democracy" if focus != "none" or item in ("II.3", "II.4") else ""
    if elsewhere:
        return ""
    if section == "plan" and item in thread.claimed:
        return "told-before"
    if reading.sentence.has("shift") and not reading.law_in_opener:
        return ""
    if context.subject == "law":
        return "heading"
    if item in context.items and (context.subject == "law" or focus != "none"):
        return "heading"
    if item in INFORMING and INFORMING & set(context.items) and (context.subject == "law" or focus != "none"):
        return "heading-family"
    if reading.law_in_opener:
        return "law/opener"
    if thread.off:
        return ""
    if item in thread.items or (thread.law and thread.distance < _TOO_FAR):
        return "thread"
    if said.weak and focus != "none":
        return "law/weak"
    if item == "II.5" and not _INSPECTS.search(reading.sentence.folded):
        return ""
    if item == "II.3":
        return (
            ""  # reviewing texts is every legal office's daily work: the Law must be named, by the sentence, its heading or the one before
        )
    return (
        "law/focus"
        if focus == "law" and (section != "context" and (section != "proposals" or reading.sentence.has("status.planned")))
        else ""
    )


def _gate_note(reading: Reading, item: str, context: Context, focus: Focus, section: str) -> str:
    """Money and difficulties are told in passing, under the report's own subject: a sentence on another matter is out, and so is the report's
    opening account of the place."""
    if reading.law_in_main or reading.said.democracy:
        return "law/explicit"
    if focus == "none" or section == "context":
        return ""
    if item == "III.kp":
        return "law/focus"
    headed = item in context.items or section == "limits"
    return "" if reading.other and not headed else ("heading" if headed else "")


def _about_something_else(reading: Reading, hits: list[Hit]) -> bool:
    """Whether every naming word takes another object: "tập huấn về đo đạc", "kiểm tra nồng độ cồn", "văn bản thuộc lĩnh vực thương mại"."""
    text, folded = reading.sentence.text, reading.sentence.folded
    if re.search(r"\b(?:thuộc|về|trên|trong) (?:các )?lĩnh vực\b(?! này| dân chủ)", folded):
        return True
    return all(_ABOUT.match(text[h.end :]) or other_object(folded, h) for h in hits)


def _gate_regulation(reading: Reading, hits: list[Hit], context: Context, thread: Thread, focus: Focus, section: str) -> str:
    """II.2 asks for a regulation being made: "thực hiện tốt quy chế dân chủ" and the committees named after it make none."""
    folded = reading.sentence.folded
    making = [h for h in hits if not _KINDS_OF_REGULATION.search(folded[: h.start])]
    issuing = bool(_ISSUING.search(folded)) or reading.sentence.has("status.not_done", "status.ongoing", "status.planned")
    if not making or not issuing:
        return ""
    named = any(n.start <= h.start < n.end for h in making for n in reading.sentence.of("item.II.2.named"))
    if named:
        return "regulation/named"
    if reading.law_in_main:
        return "law/explicit"
    if "II.2" in context.items and (context.subject == "law" or focus != "none") and not reading.sentence.has("item.II.2.other"):
        return "heading"
    if ("II.2" in thread.items or reading.law_in_opener) and not reading.sentence.has("item.II.2.other") and not thread.off:
        return "thread"
    if reading.other or reading.sentence.has("item.II.2.other", "shift"):
        return ""
    if section == "plan" and "II.2" in thread.claimed:
        return "told-before"
    return "law/focus" if focus == "law" else ""


def _gate_plan(reading: Reading, hits: list[Hit], context: Context, thread: Thread, focus: Focus, section: str) -> str:
    """III.kh asks for a plan (or a letter of guidance) on this Law, made by the reporter: the Law's name must belong to the plan."""
    folded = reading.sentence.folded
    own = [h for h in hits if not _of_superior(folded, h)]
    if not own or not _PLAN_MADE.search(folded):
        return ""
    if reading.law_in_main and any(_near(h, reading.said.explicit) for h in own):
        return "law/explicit"
    if reading.law_in_main and context.section != "proposals" and "III.kh" in context.items:
        return "heading"
    if any(_near(h, reading.said.democracy) for h in own) and not reading.said.old:
        return "law/democracy"
    if reading.other or reading.sentence.has("shift"):
        return ""
    if "III.kh" in context.items and (context.subject == "law" or focus != "none"):
        return "heading"
    if "III.kh" in thread.items and reading.sentence.has("item.III.kh.letter"):
        return "thread"
    if section == "plan" and ("III.kh" in thread.claimed or context.subject == "law"):
        return "told-before"
    if (
        focus == "law"
        and context.section in ("results", "none", "plan", "limits")
        and re.search(r"/kh-|chi tiết|\bđã ban hành kế hoạch|công văn|chưa\b", folded)
    ):
        return "law/focus"
    return ""


def _near(hit: Hit, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(-60 <= start - hit.end <= 140 for start, _ in spans)


def _of_superior(folded: str, hit: Hit) -> bool:
    """ "Kế hoạch … của (UBND) thành phố" is the basis, not the reporter's own plan."""
    if re.match(
        r"[^,;.]{0,40}\b(?:quận|huyện|sở|phường|xã|trường|đơn vị|cơ quan|ngành)\s+(?:\S+\s+)?(?:đã )?(?:ký |được )?ban hành",
        folded[hit.end :],
    ):
        return False  # "theo Kế hoạch số 133/KH-UBND quận đã ban hành"
    after = re.split(r"[;:]|\bkế hoạch\b|,\s(?=\S+\s+(?:ban hành|đã|có))", folded[hit.start + 8 :])[0][:150]
    if re.search(
        r"^[^,;]{0,110}(?<!yêu cầu )(?<!chỉ đạo )(?<!hướng dẫn )của\s+(?:ubnd\s+|ủy ban nhân dân\s+)?(?:thành phố|tỉnh|trung ương|bộ|chính phủ|thủ tướng|sở|thành ủy|hội đồng)",
        after,
    ):
        return True
    return bool(
        re.search(
            r"\b(?:sau khi có|ngay khi có|thực hiện|căn cứ|theo|bám sát|trên cơ sở|triển khai thực hiện|yêu cầu của|nhận được|^tại|^tại các)\s*(?:các\s+)?$",
            folded[: hit.start],
        )
    )


def _from_row(reading: Reading, context: Context, focus: Focus) -> list[Choice]:
    """A table cell answers for the item of its row label and column head; its own words choose among several."""
    items = [i for i in context.items if i in reading.named] or list(context.items)
    if len(items) > 1 and context.label:
        label = analyse_one(context.label)
        items = [i for i in items if _fits(label, i)] or items
    if not items:
        items = [i for i in reading.named if reading.law_in_main]
    about = context.subject == "law" or focus != "none" or reading.law_in_main
    return [Choice(i, "row", i not in reading.named) for i in items] if about else []


def _inherit(reading: Reading, context: Context, thread: Thread, focus: Focus, section: str, named: bool) -> list[Choice]:
    """Items for a sentence whose own words name none: what the sentence before was about, else what the heading is about."""
    if (reading.other and not reading.law_in_main) or (named and not reading.law_in_main):
        return []
    sentence = reading.sentence
    shifted = sentence.has("shift") and not reading.law_in_main
    refused = ("III.kp", "III.kk", *reading.named)  # what the sentence names itself and was not let through is not let in by the back door
    carried = [i for i in thread.items if thread.distance < _TOO_FAR and i not in refused]
    if carried and not shifted and (reading.law_in_main or not thread.off):
        fitting = _fitting(sentence, carried)
        if fitting and (section != "plan" or any(_fits(sentence, i) for i in fitting)):
            return [Choice(i, "thread", True) for i in fitting]
    if not context.items or context.shared or shifted or not (context.subject == "law" or focus != "none"):
        return []
    headed = [i for i in context.items if i not in refused]
    fitting = _fitting(sentence, headed) if _claims(sentence) or reading.law_in_main else []
    if fitting == ["II.1.b"] and sentence.has("item.II.1.a.leaders"):
        fitting = ["II.1.a"]  # a conference of leading officials under a heading on dissemination is the conveying conference
    return [Choice(i, "heading", True) for i in fitting]


def _fitting(sentence: Sentence, items: Sequence[str]) -> list[str]:
    """Of the items that may be inherited, the one whose vocabulary the sentence uses most; an only item also for a bare claim, unless its product is a
    document, for then the sentence must speak of making one."""
    fitting = [i for i in items if _fits(sentence, i)]
    if len(fitting) > 1:
        return _best_fit(sentence, fitting)
    if not fitting and len(items) == 1 and items[0] not in DOCUMENT_ITEMS - {"II.3"} and _claims(sentence):
        return list(items)
    if "II.2" in fitting and sentence.has("item.II.2.other"):
        return []
    return fitting


def _fits(sentence: Sentence, item: str) -> bool:
    """Whether a sentence without the item's name goes with it: by its vocabulary; for a document, also by saying who has it done or not."""
    if sentence.has(f"item.{item}.weak", f"item.{item}.strong"):
        return True
    if item not in ("II.2", "III.kh"):
        return False
    finished = re.search(r"\b(?:xong|hoàn thành|hoàn tất|đã có|có bản mới|đã ký|chưa ký|chưa xong|chưa có)\b", sentence.folded)
    if sentence.has("status.ongoing") or (sentence.has("status.not_done") and sentence.has("actor.subordinates")):
        return True
    return bool(finished) and (coverage(sentence.folded) is not None or sentence.has("status.not_done", "actor.subordinates"))


def _best_fit(sentence: Sentence, items: list[str]) -> list[str]:
    score = {i: len(sentence.of(f"item.{i}.weak", f"item.{i}.strong")) for i in items}
    top = max(score.values())
    return [i for i in items if score[i] == top][:1]


def _claims(sentence: Sentence) -> bool:
    """Whether the sentence says that something happened, is, or did not happen."""
    return sentence.has("status.done", "status.ongoing", "status.planned", "status.not_done", "actor.subordinates") or bool(
        re.search(r"\d", sentence.text)
    )
