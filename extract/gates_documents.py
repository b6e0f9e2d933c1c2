"""The law gate for the two items whose product is a document of the reporter's own: the regulation (II.2) and the plan (III.kh).

Both words stand in every report many times over, for regulations and plans of other people or on other matters, so these items ask for
more than the words: that something is being made, that the reporter makes it, and that the Law's name belongs to it.
"""

from __future__ import annotations

from .analysis import Hit
from .patterns import pattern
from .reading import Around, Reading

_NOT_MADE = pattern("regulation/not-made")
_APPLIED = pattern("regulation/applied")
_MAKING = pattern("regulation/making")
_PLAN_MADE = pattern("plan/made")
_PLAN_OF_OURS = pattern("plan/surely-own")
_PLAN_NUMBERED = pattern("plan/numbered")
_ISSUED_BY_US = pattern("plan/issued-by-us")
_PLAN_PHRASE_ENDS = pattern("plan/phrase-ends")
_OF_CITY = pattern("plan/of-superior")
_CARRIED_OUT = pattern("plan/carried-out")
_NAMED_BEFORE = pattern("plan/named-before")
_ANOTHER = pattern("plan/another")
_FOR_THE_LAW = pattern("plan/for-the-law")
_ENFORCES = pattern("plan/enforces")
_TOPIC_IS_LAW = pattern("plan/topic-is-the-law")
_THEIRS = pattern("plan/theirs")
OF_SUPERIOR = "no/plan-of-superior"
_BEFORE, _BEHIND = 60, 140  # characters from a plan to the name of the law that it is for


def gate_regulation(reading: Reading, hits: list[Hit], around: Around) -> str:
    """II.2 asks for a regulation being made: "thực hiện tốt quy chế dân chủ" and the committees named after it make none."""
    sentence = reading.sentence
    making = [h for h in hits if not _NOT_MADE.search(sentence.folded[: h.start])]
    under_way = sentence.has("status.ongoing") and not _APPLIED.search(sentence.folded)
    issuing = bool(_MAKING.search(sentence.folded)) or under_way or sentence.has("status.not_done", "status.planned")
    if not making or not issuing:
        return "no/nothing-made"
    if any(n.start <= h.start < n.end for h in making for n in sentence.of("item.II.2.named")):
        return "regulation/named"
    if reading.law_in_main:
        return "law/explicit"
    return _regulation_by_surroundings(reading, around)


def speaks_of_regulation(reading: Reading) -> bool:
    """Whether a sentence that makes none is about the regulation on this Law ("Bản quy chế dân chủ cũ không còn phù hợp với Luật"): what
    follows tells what became of it."""
    named = [h for h in reading.named.get("II.2", ()) if any(n.start <= h.start < n.end for n in reading.sentence.of("item.II.2.named"))]
    kept = [h for h in named if not _NOT_MADE.search(reading.sentence.folded[: h.start])]
    return bool(kept) and set(reading.named) == {"II.2"} and not reading.other


def _regulation_by_surroundings(reading: Reading, around: Around) -> str:
    """As `gate_regulation`, for a bare "quy chế"."""
    sentence, thread = reading.sentence, around.thread
    another = sentence.has("item.II.2.other")
    if "II.2" in around.context.items and around.about_law and not another:
        return "heading"
    if ("II.2" in thread.items or reading.law_in_opener) and not another and not thread.off:
        return "thread"
    if reading.other or another or sentence.has("shift"):
        return "no/other-regulation"
    if around.section == "plan" and "II.2" in thread.claimed:
        return "told-before"
    return "law/focus" if around.of_law else "no/law-not-named"


def gate_plan(reading: Reading, hits: list[Hit], around: Around) -> str:
    """III.kh asks for a plan (or a letter of guidance) on this Law, made by the reporter: the Law's name must belong to the plan."""
    folded = reading.sentence.folded
    if _THEIRS.search(folded):
        return "no/plan-of-others"
    own = [h for h in hits if not _of_superior(folded, h)]
    if not own:
        return OF_SUPERIOR  # told by the way ("mở 02/05 lớp theo kế hoạch của thành phố")
    if not _PLAN_MADE.search(folded):
        return "no/nothing-made"
    if reading.law_in_main and any(_near(h, reading.said.explicit) for h in own):
        return "law/explicit"
    if reading.law_in_main and _TOPIC_IS_LAW.search(folded):
        return "law/explicit"
    if reading.law_in_opener and not reading.other and (_FOR_THE_LAW.search(folded) or any(_ENFORCES.search(folded[h.end :]) for h in own)):
        return "law/opener"
    if reading.law_in_main and around.context.section != "proposals" and "III.kh" in around.context.items:
        return "heading"
    if any(_near(h, reading.said.democracy) for h in own) and not reading.said.old:
        return "law/democracy"
    if reading.other or reading.sentence.has("shift"):
        return "no/other-matter-named"
    return _plan_by_surroundings(reading, around)


def _plan_by_surroundings(reading: Reading, around: Around) -> str:
    """As `gate_plan`, for a plan beside which no law is named."""
    context, thread = around.context, around.thread
    bare = [h for h in reading.named["III.kh"] if h.rule == "III.kh/ke-hoach"]
    if bare and all(_ANOTHER.search(reading.sentence.folded[h.end :]) for h in bare):
        return "no/other-plan"
    if "III.kh" in context.items and around.about_law:
        return "heading"
    told_again = all(_NAMED_BEFORE.search(reading.sentence.folded[h.end :]) for h in bare)
    if "III.kh" in thread.items and (reading.sentence.has("item.III.kh.letter") or (bare and told_again)):
        return "thread"
    if thread.law and thread.near and not thread.off and _PLAN_NUMBERED.search(reading.sentence.folded):
        return "thread"  # "… coi thi hành Luật là trọng tâm. Kế hoạch của huyện mang số 155/KH-UBND đã được ký"
    if around.section == "plan" and ("III.kh" in thread.claimed or context.subject == "law"):
        return "told-before"
    told = context.section in ("results", "none", "plan", "limits")
    return "law/focus" if around.of_law and told and _PLAN_OF_OURS.search(reading.sentence.folded) else "no/law-not-named"


def _near(hit: Hit, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(-_BEFORE <= start - hit.end <= _BEHIND for start, _ in spans)


def _of_superior(folded: str, hit: Hit) -> bool:
    """Whether the plan is the basis and not the reporter's own: "Kế hoạch … của (UBND) thành phố"."""
    if _ISSUED_BY_US.search(folded[hit.end :]):
        return False  # "theo Kế hoạch số 133/KH-UBND quận đã ban hành"
    after = _PLAN_PHRASE_ENDS.split(folded[hit.start + len("kế hoạch") :])[0][:150]
    return bool(_OF_CITY.search(after)) or bool(_CARRIED_OUT.search(folded[: hit.start]))
