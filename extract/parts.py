"""Which passages are the body, and which part of the report a sentence stands in by its own opening words."""

from __future__ import annotations

from collections.abc import Sequence

from ..ingest.model import Passage
from .analysis import Sentence, analyse_one
from .components import component
from .context import Context
from .facts import years_told
from .fold import fold
from .items import named_in_heading
from .model import Letterhead
from .patterns import pattern
from .sentences import run_in_head

_CLOSING = pattern("letterhead/closing")
_DISTRICT = pattern("level/district")
_UNIT = pattern("level/unit")
_THIS_REPORT = pattern("sentence/this-report")
_AS_FOLLOWS = pattern("sentence/as-follows")
_REFERS = pattern("cell/refers")
_HEADS_LIST = pattern("sentence/heads-list")
_ATTRIBUTE = pattern("sentence/attribute")
_NUMBER_OR_DATE = pattern("sentence/number-or-date")
_SHORT_HEAD = pattern("sentence/short-head")
_TOPIC_FIRST = pattern("sentence/topic-first")
_HEAD_WORDS = 8  # a run-in head of more words is a sentence
_BARE_VERB = pattern("status/bare-verb")
_OPENS_WITH_YEAR = pattern("section/opens-with-year")
_A_RESULT = pattern("section/head-of-a-result")
_OPENS: tuple[tuple[str, str], ...] = (("opens.proposals", "proposals"), ("opens.plan", "plan"), ("opens.limits", "limits"))
_HEADS: tuple[tuple[str, str], ...] = (
    ("section.proposals", "proposals"),
    ("section.plan", "plan"),
    ("section.limits", "limits"),
    ("section.results", "results"),
)


def body_of(passages: Sequence[Passage], starts: int) -> list[Passage]:
    """The passages that may carry claims: from the end of the letterhead, without headers, footers, recipients and signatures. An appendix
    after the signature belongs to the body again."""
    body: list[Passage] = []
    for passage in passages[starts:]:
        if passage.kind in ("header", "footer") or _CLOSING.match(fold(passage.text)) or _signing_row(passage):
            continue
        body.append(passage)
    return body


def _signing_row(passage: Passage) -> bool:
    """A cell of the table that holds recipients on the left and the signature on the right."""
    if passage.row is None:
        return False
    texts = (*passage.row.heads, *passage.row.cells)
    return len(texts) <= 6 and any(fold(t).lstrip().startswith("nơi nhận") for t in texts)


def level_of(letterhead: Letterhead) -> str:
    """`high` for a city body, `middle` for a district, `low` for a commune, ward, school or other unit, to which a district's event is a
    superior's."""
    name = fold(letterhead.agency_name or "")
    if _DISTRICT.search(name):
        return "middle"
    return "low" if _UNIT.search(name) else "high"


def opening_head(sentences: Sequence[Sentence]) -> tuple[str, bool]:
    """The words by which a paragraph heads itself ("Tuyên truyền. Xã đã …", "Về kế hoạch: Phòng đã …", "Liên quan văn bản, xã đã …"), ''
    where it does not, and whether they are a sentence of their own."""
    if not sentences:
        return "", False
    first = sentences[0]
    if len(sentences) > 1 and _SHORT_HEAD.search(first.folded) and not _tells(first) and named_in_heading(first):
        return first.text.rstrip(" ."), True
    head = run_in_head(first.text)
    if head and len(head.split()) <= _HEAD_WORDS:
        return head, False
    match = _TOPIC_FIRST.search(first.folded)
    return (first.text[match.start(1) : match.end(1)], False) if match else ("", False)


def _tells(sentence: Sentence) -> bool:
    return sentence.has("status.done", "status.not_done", "status.planned", "status.ongoing") or any(c.isdecimal() for c in sentence.text)


def is_headed(letterhead: Letterhead) -> bool:
    """Whether anything at the top says who writes, or what type of document it is."""
    return bool(letterhead.agency or letterhead.agency_name or letterhead.type)


def says_nothing(sentence: Sentence, context: Context) -> bool:
    """Whether a sentence only announces what follows ("… như sau:"), is an attribute line of a programme ("Thời gian: …"), or a cell that
    repeats its head."""
    text = sentence.folded.strip(" .")
    if _THIS_REPORT.search(text) or (_AS_FOLLOWS.search(text) and not _has_figure(text)):
        return True
    if context.column is not None and _REFERS.search(text):
        return True
    if context.column is None:
        return bool(_ATTRIBUTE.search(text)) or bool(_HEADS_LIST.search(text))
    return text in (fold(context.head).strip(" ."), fold(context.label).strip(" ."))


def _has_figure(text: str) -> bool:
    """Whether a figure stands in the text that is neither a document's number nor a date."""
    return any(c.isdecimal() for c in _NUMBER_OR_DATE.sub("", text))


@component("sections", off=lambda *_: "none")
def section_here(sentence: Sentence, context: Context, carried: str, year: int | None = None) -> str:
    """`plan`, `proposals`, `limits` … for this sentence: by its own opening words or run-in head, else by the words that opened the
    paragraph, else by the headings. Headings of plans and proposals hold against anything inside them; a sentence that opens with a year
    behind the one reported on ("Năm 2025, huyện …") promises."""
    opening = _OPENS_WITH_YEAR.search(sentence.folded)
    if opening and year and int(next(y for y in opening.groups() if y)) > year and context.section not in ("proposals", "basis"):
        return "plan"
    if context.section in ("plan", "proposals", "basis"):
        return "proposals" if sentence.has("opens.proposals") else context.section
    said = sentence.text.rstrip()
    head = said[:-1] if said.endswith(":") else run_in_head(sentence.text)
    if head and len(head.split()) <= 8:
        spoken = analyse_one(head)
        if year and any(y > year for y in years_told(spoken.folded)) and not spoken.has("section.results"):
            return "plan"  # "Nhiệm vụ năm 2024:" in a report on 2023
        for group, section in _HEADS:
            if spoken.has(group) and not _A_RESULT.search(spoken.folded):
                return section
    for group, section in _OPENS:
        if sentence.has(group):
            return section
    tells = sentence.has("status.planned") or (_BARE_VERB.search(sentence.folded) and not sentence.has("status.done", "status.not_done"))
    if context.section == "limits" and tells and analyse_one(context.heading).has("section.plan"):
        return "plan"  # under "Nguyên nhân và hướng khắc phục" each sentence says which it is
    return carried if carried in ("plan", "proposals") else context.section
