"""Which items of the plan a sentence or heading names by its own words."""

from __future__ import annotations

import re

from .analysis import Hit, Sentence
from .patterns import pattern

ITEMS = ("II.1.a", "II.1.b", "II.1.c", "II.1.d", "II.2", "II.3", "II.4", "II.5", "III.kh", "III.kp", "III.kk")
DOCUMENT_ITEMS = frozenset({"II.2", "II.3", "II.4", "III.kh"})  # their product is a document, so a draft is work in progress
INFORMING = frozenset({"II.1.a", "II.1.b", "II.1.c"})  # one heading "Quán triệt, tuyên truyền" is often used for all three

# After a bare "quy chế": words that go on with the sentence rather than name another regulation.
_BARE_REGULATION = pattern("regulation/bare")
_OFFICERS = pattern("conference/convey-and-spread")

_COMMITTEE = re.compile(r"\b(?:ban chỉ đạo|bcđ)(?:\s+\S+){0,2}\s*$")
_RIGHT_TOLD = pattern("oversight/right-told")
_TAKES_OBJECT = pattern("object/verbs")
_NO_OBJECT = pattern("object/none")


def other_object(folded: str, hit: Hit) -> bool:
    """A verb that is followed by a content word has that as its object ("kiểm tra nồng độ cồn"); function words, figures, stops and the Law's own
    words go on with the sentence."""
    if not _TAKES_OBJECT.fullmatch(folded[hit.start : hit.end]):
        return False
    after = folded[hit.end :].lstrip()
    return bool(after) and not _NO_OBJECT.match(after)


def named_in_sentence(sentence: Sentence) -> dict[str, list[Hit]]:
    """Items that the words of a sentence name, with the hits that name them; items that share a phrase are told apart."""
    named = _strong(sentence)
    _media_or_direct(sentence, named)
    _conference_or_campaign(sentence, named)
    if "III.kh" in named and {"II.1.b", "II.1.c", "II.1.d", "II.5"} & set(named) and _is_plan_of_that(sentence, named["III.kh"]):
        del named["III.kh"]
    if "II.3" in named and "II.4" in named and all(any(r.start <= h.start < r.end for r in named["II.3"]) for h in named["II.4"]):
        del named["II.4"]  # "soát lại các quyết định, nghị quyết quy phạm"
    return named


def named_in_heading(sentence: Sentence) -> tuple[str, ...]:
    """Items that a heading, row label or column head names; all of those it lists, for it stands over several sentences."""
    named = _strong(sentence)
    if sentence.has("item.II.4.heading"):
        named["II.4"] = sentence.of("item.II.4.heading")
    if "II.1.c" in named and not re.search(r"tuyên truyền[,;]|phổ biến[,;]|,\s*truyền thông", sentence.folded):
        named.pop("II.1.b", None)
    if (
        "II.2" in named
        and "quy chế dân chủ" in sentence.folded
        and not re.search(r"ban hành|xây dựng|sửa đổi|quy chế (?:thực hiện )?dân chủ\s*$|quy chế$|^[\s\d.ivx)]*quy chế", sentence.folded)
    ):
        named.pop("II.2")
    if "II.2" in named and all(_COMMITTEE.search(sentence.folded[: h.start]) for h in named["II.2"]):
        del named["II.2"]  # "Kiện toàn Ban Chỉ đạo thực hiện quy chế dân chủ"
    named = {item: hits for item, hits in named.items() if not all(other_object(sentence.folded, h) for h in hits)}
    return tuple(item for item in ITEMS if item in named)


def _strong(sentence: Sentence) -> dict[str, list[Hit]]:
    named: dict[str, list[Hit]] = {}
    for item in ITEMS:
        hits = sentence.of(f"item.{item}.strong")
        if item == "II.5":
            hits = [h for h in hits if not _RIGHT_TOLD.search(sentence.folded[: h.start])]
        if item == "II.2":
            hits = [h for h in hits if _is_our_regulation(sentence, h)]
        if hits:
            named[item] = hits
    if sentence.has("item.II.2.named"):
        named.setdefault("II.2", sentence.of("item.II.2.named"))
    if sentence.has("item.III.kh.letter"):
        named["III.kh"] = [*named.get("III.kh", []), *sentence.of("item.III.kh.letter")]
    return named


def _is_our_regulation(sentence: Sentence, hit: Hit) -> bool:
    """ "quy chế" counts when it is the democracy regulation or stands bare, not when another subject follows it."""
    if any(h.start <= hit.start < h.end for h in sentence.of("item.II.2.other")):
        return False
    if any(h.start <= hit.start < h.end for h in sentence.of("item.II.2.named")):
        return True
    return bool(_BARE_REGULATION.match(sentence.folded[hit.end :].lstrip()))


def _media_or_direct(sentence: Sentence, named: dict[str, list[Hit]]) -> None:
    """ "tuyên truyền" on a mass medium is II.1.c alone, unless direct forms or audiences stand beside it."""
    if "II.1.c" in named and "II.1.b" in named and not sentence.has("item.II.1.b.direct"):
        del named["II.1.b"]


def _conference_or_campaign(sentence: Sentence, named: dict[str, list[Hit]]) -> None:
    """ "quán triệt, phổ biến" is the plan's own name for II.1.a; "phổ biến" to leaders or over "điểm cầu" is II.1.a too."""
    if "II.1.b" not in named:
        return
    only_spread = all(sentence.folded[h.start : h.end] == "phổ biến" for h in named["II.1.b"])
    if "II.1.a" in named and only_spread and _OFFICERS.search(sentence.folded):
        del named["II.1.b"]
    elif "II.1.a" not in named and only_spread and sentence.has("item.II.1.a.leaders"):
        named["II.1.a"] = named.pop("II.1.b")


def _is_plan_of_that(sentence: Sentence, hits: list[Hit]) -> bool:
    """A "kế hoạch" followed within a few words by the act it plans ("kế hoạch kiểm tra") is not the plan for the Law."""
    return "triển khai thi hành" not in sentence.folded and all(
        re.match(
            r"\s*(?:số\s+\S+\s+)?(?:ngày\s+\S+\s+)?(?:về\s+(?:việc\s+)?)?(?:tổ chức\s+)?(?:kiểm tra|giám sát|tập huấn|bồi dưỡng|tuyên truyền)",
            sentence.folded[h.end :],
        )
        for h in hits
    )
