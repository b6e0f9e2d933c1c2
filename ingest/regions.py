"""Where the body of a document begins and ends: the letterhead and title in front, the signature and the recipients behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from .blocks import Block
from .labels import Label

Region = Literal["front", "body", "back"]

# The types of administrative document of Decree 30/2020/NĐ-CP, article 7, which stand alone on the line over the title.
DOCUMENT_TYPES = frozenset(
    {
        "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "THÔNG CÁO", "THÔNG BÁO", "HƯỚNG DẪN", "CHƯƠNG TRÌNH", "KẾ HOẠCH",
        "PHƯƠNG ÁN", "ĐỀ ÁN", "DỰ ÁN", "BÁO CÁO", "BIÊN BẢN", "TỜ TRÌNH", "HỢP ĐỒNG", "CÔNG ĐIỆN", "BẢN GHI NHỚ", "BẢN THỎA THUẬN",
        "GIẤY ỦY QUYỀN", "GIẤY MỜI", "GIẤY GIỚI THIỆU", "PHIẾU GỬI", "PHIẾU CHUYỂN", "PHIẾU BÁO",
    }
)  # fmt: skip
_SIGNED = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s?\.\s?[A-ZĐÀ-Ỹ]{2}|N[ơƠ][iI] NH[ậẬ]N\b|N[ơƠ][iI] nh[ậẬ]n\b")
_ADDRESS = re.compile(r"Kính gửi\b|KÍNH GỬI\b|Kính trình\b")
_SEARCHED = 60  # blocks: a letterhead, even one of many text boxes, is shorter
_TITLE_LINES = 4
_STRONG = frozenset({"part", "chapter", "roman", "upper", "arabic"})


def regions_of(blocks: Sequence[Block], labels: Sequence[Label | None]) -> list[Region]:
    """One region a block."""
    start = _body_start(blocks, labels)
    regions: list[Region] = ["front"] * start
    region: Region = "body"
    for i in range(start, len(blocks)):
        block, label = blocks[i], labels[i]
        if region == "body" and _SIGNED.match(block.text):
            region = "back"
        elif region == "back" and _resumes(block, label):
            region = "body"
        regions.append(region)
        if block.text.endswith("./."):  # the sign that ends the content (Decree 30/2020, appendix I)
            region = "back"
    return regions


def _resumes(block: Block, label: Label | None) -> bool:
    """What follows the signature is body again from an appendix, or from a heading that a "./." too early had cut off."""
    if block.level:
        return True
    if label is None:
        return False
    looks = block.bold or block.text[label.end :].isupper()
    return label.kind == "appendix" or (looks and label.kind in ("part", "chapter", "roman", "upper"))


def _body_start(blocks: Sequence[Block], labels: Sequence[Label | None]) -> int:
    named = (i for i, b in enumerate(blocks[:_SEARCHED]) if b.kind not in ("cell", "footnote") and b.text.split("\n")[0] in DOCUMENT_TYPES)
    kind = next(named, -1)
    for i in range(kind + 1, len(blocks)):
        block, label = blocks[i], labels[i]
        if block.kind not in ("paragraph", "list_item"):
            continue
        if (label and label.kind in _STRONG) or block.level:
            return i
        if _ADDRESS.match(block.text) or block.centered or block.right:
            continue
        if not block.bold and len(block.text.split()) >= 12:
            return i
        if kind >= 0 and not (block.bold and i <= kind + _TITLE_LINES and not _tops_the_body(block, blocks[kind + 1 : i])):
            return i
    return len(blocks)


def _tops_the_body(block: Block, title: Sequence[Block]) -> bool:
    """Whether a bold line at the margin is the first heading and no more the title: in capitals, below a title that is not."""
    return block.text.isupper() and any(not b.text.isupper() for b in title)
