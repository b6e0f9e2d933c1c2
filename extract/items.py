"""Which items of the plan a sentence or heading names by its own words."""

from __future__ import annotations

from .analysis import Hit, Sentence
from .components import component
from .patterns import pattern, word_map, words

ITEMS = ("II.1.a", "II.1.b", "II.1.c", "II.1.d", "II.2", "II.3", "II.4", "II.5", "III.kh", "III.kp", "III.kk")
DOCUMENT_ITEMS = frozenset({"II.2", "II.3", "II.4", "III.kh"})  # their product is a document, so a draft is work in progress
EVENTS = frozenset({"II.1.a", "II.1.b", "II.1.d", "II.5"})  # what has contents, speakers and people who come
TELLING = ("II.1.b/learn-the-law", "II.1.b/explain-the-law")  # rules of words that tell what was said of the Law
INFORMING = frozenset({"II.1.a", "II.1.b", "II.1.c"})  # one heading "Quán triệt, tuyên truyền" is often used for all three

_BARE_REGULATION = pattern("regulation/bare")
_OFFICERS = pattern("conference/convey-and-spread")

_AT_LARGE = pattern("conference/at-large")
_EVERYBODY = pattern("conference/everybody")
_CHIEFS = pattern("conference/chiefs")
_SESSION = pattern("conference/session")
_SPEAKER = pattern("conference/speaker")
_STAFF = pattern("conference/staff-or-people")
_URGING_LETTER = pattern("oversight/urging-letter")
_COMMITTEE = pattern("regulation/committee")
_LISTED_MEDIA = pattern("heading/media-listed")
_MAKES_REGULATION = pattern("heading/makes-regulation")
_PLAN_OF_ACT = pattern("plan/of-an-act")
_RIGHT_TOLD = pattern("oversight/right-told")
_TASKED = pattern("oversight/tasked")
_BEFORE = 160  # characters before a hit that these patterns look at
_TAKES_OBJECT = pattern("object/verbs")
_FOLLOWED = pattern("heading/plan-followed")
_BY_PEOPLE = pattern("heading/supervised-by-people")
_ON_AIR_TOO = frozenset(words("words/on-air-too"))
_CONTENTS = pattern("sentence/contents-of-a-document")
DOCUMENT_OF = word_map("words/document-of")
_HOW = pattern("object/how")
_NO_OBJECT = pattern("object/none")


def at_large(sentence: Sentence) -> bool:
    """Whether it is staff or residents at large who are told, and not leading officials."""
    return bool(_AT_LARGE.search(sentence.folded)) and not sentence.has("item.II.1.a.leaders")


def takes_object(folded: str, hit: Hit) -> bool:
    """Whether the words of a hit are a verb that an object follows."""
    return bool(_TAKES_OBJECT.search(folded[hit.start : hit.end]))


def other_object(folded: str, hit: Hit) -> bool:
    """Whether a verb is followed by a content word as its object ("kiểm tra nồng độ cồn"); function words, figures, stops and the Law's own
    words go on with the sentence."""
    if not takes_object(folded, hit):
        return False
    after = _HOW.sub("", folded[hit.end :].lstrip())
    return bool(after) and not _NO_OBJECT.search(after)


@component("items", off=lambda sentence: _strong(sentence))
def named_in_sentence(sentence: Sentence) -> dict[str, list[Hit]]:
    """Items that the words of a sentence name, with the hits that name them; items that share a phrase are told apart."""
    named = _strong(sentence)
    if contents := _CONTENTS.search(sentence.folded):
        own = DOCUMENT_OF[contents["document"]]
        return {item: hits for item, hits in named.items() if item == own}  # what a document says is not told as done
    _media_or_direct(sentence, named)
    _conference_or_campaign(sentence, named)
    if "II.1.d" in named and all(_SESSION.match(sentence.folded[h.start : h.end]) for h in named.get("II.1.b", ())):
        named.pop("II.1.b", None)  # "tập huấn 01 buổi về Luật"
    if "III.kh" in named and {"II.1.b", "II.1.c", "II.1.d", "II.5"} & set(named) and _is_plan_of_that(sentence, named["III.kh"]):
        del named["III.kh"]
    if "II.5" in named and "III.kh" in named and _URGING_LETTER.search(sentence.folded):
        del named["III.kh"]  # a letter that urges is watching over the work, not guiding it
    if "II.3" in named and not sentence.has("item.II.3.act"):
        del named["II.3"]
    if "II.3" in named and "II.4" in named and all(any(r.start <= h.start < r.end for r in named["II.3"]) for h in named["II.4"]):
        del named["II.4"]  # "soát lại các quyết định, nghị quyết quy phạm"
    return named


def named_in_heading(sentence: Sentence) -> tuple[str, ...]:
    """Items that a heading, row label or column head names; all of those it lists, for it stands over several sentences."""
    named = _strong(sentence)
    if sentence.has("item.II.4.heading"):
        named["II.4"] = sentence.of("item.II.4.heading")
    if "II.1.c" in named and not _LISTED_MEDIA.search(sentence.folded):
        named.pop("II.1.b", None)
    if "II.2" in named and not _heads_regulations(sentence, named["II.2"]):
        del named["II.2"]
    if "III.kh" in named and all(_FOLLOWED.search(sentence.folded[: h.start]) for h in named["III.kh"]):
        del named["III.kh"]  # "Kết quả các nhiệm vụ theo Kế hoạch số 124"
    if "II.5" in named and _BY_PEOPLE.search(sentence.folded) and not sentence.has("law.explicit"):
        del named["II.5"]
    named = {item: hits for item, hits in named.items() if not all(other_object(sentence.folded, h) for h in hits)}
    return tuple(item for item in ITEMS if item in named)


def _heads_regulations(sentence: Sentence, hits: list[Hit]) -> bool:
    """Whether "quy chế" in a heading is about making one, not about keeping it or about the committee named after it."""
    if "quy chế dân chủ" in sentence.folded and not _MAKES_REGULATION.search(sentence.folded):
        return False
    return not all(_COMMITTEE.search(sentence.folded[: h.start]) for h in hits)


def _somebodys_right_or_task(folded: str, hit: Hit) -> bool:
    """Whether the words before a hit make it what people may do, or what somebody is told to do."""
    near = max(0, hit.start - _BEFORE)
    return bool(_RIGHT_TOLD.search(folded[near : hit.start]) or _TASKED.search(folded[near : hit.end]))


def _strong(sentence: Sentence) -> dict[str, list[Hit]]:
    named: dict[str, list[Hit]] = {}
    for item in ITEMS:
        hits = sentence.of(f"item.{item}.strong")
        if item == "II.5":
            hits = [h for h in hits if not _somebodys_right_or_task(sentence.folded, h)]
        if item == "II.2":
            hits = [h for h in hits if _is_our_regulation(sentence, h)]
        if hits:
            named[item] = hits
    others = sentence.of("item.II.2.other")
    if own := [h for h in sentence.of("item.II.2.named") if not any(o.start <= h.start < o.end for o in others)]:
        named.setdefault("II.2", own)
    if sentence.has("item.III.kh.letter"):
        named["III.kh"] = [*named.get("III.kh", []), *sentence.of("item.III.kh.letter")]
    return named


def other_regulation(sentence: Sentence) -> bool:
    """Whether every "quy chế" of the sentence is another one: "quy chế tuần tra"."""
    hits = sentence.of("item.II.2.strong")
    return sentence.has("item.II.2.other") or (bool(hits) and not any(_is_our_regulation(sentence, h) for h in hits))


def _is_our_regulation(sentence: Sentence, hit: Hit) -> bool:
    """The word "quy chế" counts when it is the democracy regulation or stands bare, not when another subject follows it."""
    if any(h.start <= hit.start < h.end for h in sentence.of("item.II.2.other")):
        return False
    if any(h.start <= hit.start < h.end for h in sentence.of("item.II.2.named")):
        return True
    return bool(_BARE_REGULATION.search(sentence.folded[hit.end :].lstrip()))


def _media_or_direct(sentence: Sentence, named: dict[str, list[Hit]]) -> None:
    """Dissemination ("tuyên truyền") on a mass medium is II.1.c alone, unless direct forms or audiences stand beside it."""
    direct = [h for h in sentence.of("item.II.1.b.direct") if sentence.folded[h.start : h.end] not in _ON_AIR_TOO]
    if "II.1.c" not in named or "II.1.b" not in named or direct:
        return
    apart = [h for h in named["II.1.b"] if not any(_same_clause(sentence, h, m) for m in named["II.1.c"])]
    if apart:  # "phổ biến Luật ở khu nhà trọ; tăng thời lượng phát thanh": two things
        named["II.1.b"] = apart
    else:
        del named["II.1.b"]


def _same_clause(sentence: Sentence, one: Hit, two: Hit) -> bool:
    """Whether no semicolon stands between the two."""
    first, last = sorted((one, two), key=lambda h: h.start)
    return ";" not in sentence.folded[first.end : last.start]


def _conference_or_campaign(sentence: Sentence, named: dict[str, list[Hit]]) -> None:
    """The words "quán triệt, phổ biến" are the plan's own name for II.1.a; "phổ biến" to leaders or over "điểm cầu" is II.1.a too."""
    if "II.1.b" not in named:
        return
    only_spread = all(sentence.folded[h.start : h.end] == "phổ biến" for h in named["II.1.b"])
    told = "II.1.a" not in named and all(h.rule in TELLING for h in named["II.1.b"])
    if told and _SPEAKER.search(sentence.folded) and not (_EVERYBODY.search(sentence.folded) or _STAFF.search(sentence.folded)):
        named["II.1.a"] = named.pop("II.1.b")  # "Tại hội nghị, báo cáo viên giới thiệu những điểm mới của Luật"
        return
    if any(h.rule == "II.1.a/leaders-hear" for h in named.get("II.1.a", ())):
        if not _EVERYBODY.search(sentence.folded[min(h.start for h in named["II.1.b"]) :]):
            del named["II.1.b"]  # "… quán triệt tới cán bộ chủ chốt và được phổ biến tới toàn thể công chức" tells both
        return
    only_told = "II.1.a" in named and all(h.rule in TELLING for h in named["II.1.b"]) and sentence.has("item.II.1.a.leaders")
    if only_told and _CHIEFS.search(sentence.folded) and not at_large(sentence):
        del named["II.1.b"]  # "Luật được giới thiệu, quán triệt cho cán bộ chủ chốt"
        return
    to_all = _EVERYBODY.search(sentence.folded[min(h.start for h in named["II.1.b"]) :])
    if "II.1.a" in named and only_spread and _OFFICERS.search(sentence.folded) and not to_all:
        del named["II.1.b"]
    elif "II.1.a" not in named and only_spread and sentence.has("item.II.1.a.leaders") and not _AT_LARGE.search(sentence.folded):
        named["II.1.a"] = named.pop("II.1.b")


def _is_plan_of_that(sentence: Sentence, hits: list[Hit]) -> bool:
    """A "kế hoạch" followed within a few words by the act it plans ("kế hoạch kiểm tra") is not the plan for the Law."""
    enforced = "triển khai thi hành" in sentence.folded
    return not enforced and all(_PLAN_OF_ACT.search(sentence.folded[h.end :]) for h in hits)
