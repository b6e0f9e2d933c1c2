"""The yearly report of the department that follows a plan, to the body that issued it and to the ministry: a draft in the form of
Nghị định 30/2020/NĐ-CP. What a person has to judge or fill in stands in […]; every figure has its lines in annex II."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ...store.claims import ClaimRow
from ...store.model import MissingRow, StatusRow
from ...store.senders import SenderRow
from ..matrix import letter
from ..tables import place
from ..terms import STATES, kind_term
from .colours import MARKS, SHADES
from .decree30 import Look, Value, heading, landscape, letterhead, line, new_document, paragraph, saved, signing, table, title
from .figures import SHARE, Figure, figures, measures, of_total, totals
from .gathering import Gathered
from .senders import sender_of, writer_of
from .texts import amount_text, day_text

if TYPE_CHECKING:
    from docx.document import Document

    from ...plan.model import PlanItem
    from .decree30 import Sender

_NAMED: Final = 40  # agencies named in a list of the body; of longer kinds the number stands there, the names in annex I
_MINISTRY: Final = "Bộ Nội vụ"
_DONE: Final = ("evidenced", "not_applicable")
_EVENT: Final = "event"


@dataclass(frozen=True, slots=True)
class _Year:
    """What the report is about: one year of one plan."""

    found: Gathered
    year: int
    items: Sequence[PlanItem]
    rows: Sequence[StatusRow]
    claims: Sequence[ClaimRow]
    figures: Sequence[Figure]
    sender: Sender
    kinds: dict[str, str]
    names: dict[str, str]

    def owed(self, item: str) -> list[StatusRow]:
        """The cells of those that owe the item."""
        return [row for row in self.rows if row.item == item and row.owed]

    def who(self, code: str | None) -> str:
        """An agency's short name."""
        return self.names.get(code or "", code or "chưa rõ cơ quan")


def yearly(found: Gathered, year: int, writer: str = "") -> bytes:
    """The report of that year as a Word file."""
    claims = [claim for claim in found.claims if claim.year == year]
    about = _Year(
        found,
        year,
        found.plan_items,
        [row for row in found.items if row.year == year],
        claims,
        figures(claims),
        sender_of(found.plan, found.registry, writer_of(found.plan, found.registry, min(found.day, date(year, 12, 31)), writer)),
        {agency.code: kind_term(agency.kind) for agency in found.registry.agencies},
        dict(found.names()),
    )
    document = new_document()
    _opening(document, about)
    _overview(document, about)
    heading(document, "II. KẾT QUẢ THỰC HIỆN THEO NỘI DUNG KẾ HOẠCH")
    for number, item in enumerate((item for item in about.items if item.kind != _EVENT), 1):
        _item(document, about, number, item)
    _difficulties(document, about)
    _closing(document, about)
    landscape(document)
    _annex_matrix(document, about)
    _annex_figures(document, about)
    _annex_missing(document, about)
    _annex_made(document, about)
    return saved(document)


# ---------------------------------------------------------------- the body


def _opening(document: Document, about: _Year) -> None:
    plan, sender = about.found.plan, about.sender
    letterhead(document, sender, f"/BC-{sender.symbol}" if sender.symbol else "/BC", about.year)
    where = f" trên địa bàn {_region(about)}"
    title(document, "BÁO CÁO", f"Kết quả thực hiện Kế hoạch {_lower(plan.title)} năm {about.year}{where}")
    line(document, "Kính gửi:", centred=True)
    for to in [sender.superior or "[Cơ quan cấp trên]", _MINISTRY]:
        line(document, f"- {to};" if to != _MINISTRY else f"- {to}.", centred=True)
    for basis in _bases(about):
        paragraph(document, basis, italic=True)
    paragraph(
        document,
        f"{sender.name} tổng hợp, báo cáo kết quả thực hiện Kế hoạch năm {about.year} trên cơ sở các báo cáo, tài liệu nhận được đến ngày "
        f"{day_text(about.found.day)} như sau:",
    )


def _region(about: _Year) -> str:
    issuer = about.found.registry.by_code(about.found.plan.issuer).name
    return issuer.removeprefix("Ủy ban nhân dân ") or about.sender.place


def _bases(about: _Year) -> Iterable[str]:
    plan = about.found.plan
    if plan.law_number:
        _, law, name = plan.title.partition("Luật ")
        named = f"{law}{name}" if law else "Luật"
        yield f"Căn cứ {named} số {plan.law_number}, có hiệu lực từ {_day_in_words(plan.law_effective)};"
    for trigger in plan.triggers:
        if trigger.document and trigger.day and trigger.day <= about.found.day:
            kind = "Nghị định số" if trigger.document.endswith("NĐ-CP") else "Văn bản số"
            yield f"Căn cứ {kind} {trigger.document} {_day_in_words(trigger.day)} ({trigger.what});"
    yield f"Thực hiện Kế hoạch số [……]/KH-UBND ngày [……] của {about.found.registry.by_code(plan.issuer).name} về {_lower(plan.title)};"


def _overview(document: Document, about: _Year) -> None:
    asked = [row for row in about.found.senders if row.year == about.year and row.owed and not (row.duty and "/" in row.duty)]
    heading(document, "I. TÌNH HÌNH GỬI BÁO CÁO")
    groups = {
        "đã gửi đúng hạn": ("sent",), "gửi muộn": ("late",), "có gửi nhưng không nêu nội dung Kế hoạch": ("silent",),
        "có gửi nhưng chưa đọc được": ("unreadable",), "chưa gửi": ("overdue", "waiting"),
    }  # fmt: skip
    counted = {words: [row for row in asked if row.state in states] for words, states in groups.items()}
    told = "; ".join(f"{words}: {len(rows)}" for words, rows in counted.items() if rows)
    paragraph(document, f"Số cơ quan phải gửi báo cáo năm {about.year}: {len(asked)}; trong đó {told or 'chưa có cơ quan nào đến hạn'}.")
    for words in ("gửi muộn", "chưa gửi"):
        if counted[words]:
            paragraph(document, f" {_listed(about, counted[words])}.", lead=f"Cơ quan {words}:")
    owed = [row for row in about.rows if row.owed]
    done = [row for row in owed if row.state in _DONE]
    overdue = sum(row.overdue for row in owed)
    paragraph(
        document,
        f"Tổng số việc phải làm (cơ quan × đầu mục): {len(owed)}; có minh chứng hoặc không áp dụng: {len(done)} "
        f"({_share(len(done), len(owed))}); còn thiếu: {len(owed) - len(done)}, trong đó quá hạn: {overdue}. "
        f"Chi tiết từng cơ quan tại Phụ lục I và Phụ lục III.",
    )


def _item(document: Document, about: _Year, number: int, item: PlanItem) -> None:
    heading(document, f"{number}. {_upper(item.title)} (mục {item.id})", level=2)
    owed = about.owed(item.id)
    if owed:
        done = [row for row in owed if row.state == "evidenced"]
        states = "; ".join(
            f"{term.words}: {count}"
            for state, term in STATES.items()
            if state != "evidenced" and (count := sum(row.state == state for row in owed))
        )
        rest = f"; {states}" if states else ""
        paragraph(document, f"Có minh chứng: {len(done)}/{len(owed)} cơ quan phải làm ({_share(len(done), len(owed))}){rest}.")
    if figures_told := _figures_told(about, item.id):
        paragraph(document, f" {figures_told} (Phụ lục II, mục {item.id}).", lead="Số liệu cộng từ các báo cáo:")
    if done := [row for row in owed if row.state == "evidenced"]:
        paragraph(document, f" {_listed(about, done)}.", lead="Đã có minh chứng:")
    if partial := [row for row in owed if row.state == "partial"]:
        paragraph(document, f" {_listed(about, partial)}.", lead="Mới thực hiện một phần:")
    if lacking := [row for row in owed if row.state not in (*_DONE, "partial", "no_report")]:
        paragraph(document, f" {_listed(about, lacking)}.", lead="Có văn bản gửi về nhưng chưa có minh chứng:")
    if nothing := [row for row in owed if row.state == "no_report"]:
        paragraph(document, f" {_listed(about, nothing)}.", lead="Chưa có minh chứng vì chưa gửi văn bản nào:")
    if unasked := [row for row in about.rows if row.item == item.id and not row.owed and row.state in ("evidenced", "partial")]:
        paragraph(document, f" {_listed(about, unasked)}.", lead="Cơ quan khác có nêu kết quả:")


def _figures_told(about: _Year, item: str) -> str:
    sums = totals(about.figures)
    told = [f"{amount_text(sums[item, one.id])} {one.label}" for one in measures() if (item, one.id) in sums]
    if (item, SHARE) in sums:
        told.append(f"{amount_text(sums[item, SHARE])}/{amount_text(of_total(about.figures, item))} đơn vị trực thuộc đã thực hiện")
    return "; ".join(told)


def _listed(about: _Year, rows: Sequence[StatusRow | SenderRow]) -> str:
    """Agencies by name, by kind; of a kind with many the number."""
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        by_kind.setdefault(about.kinds[row.agency], []).append(row.agency_name)
    parts = []
    for kind, names in by_kind.items():
        unique = list(dict.fromkeys(names))
        parts.append(", ".join(unique) if len(unique) <= _NAMED else f"{len(unique)} {kind} (danh sách tại Phụ lục III)")
    return "; ".join(parts)


def _difficulties(document: Document, about: _Year) -> None:
    heading(document, "III. KHÓ KHĂN, VƯỚNG MẮC")
    events = {item.id for item in about.found.plan.items if item.kind == _EVENT}
    told = [claim for claim in about.claims if claim.item in events and claim.status != "mention"]
    for claim in told:
        where = place(claim.page, claim.locator)
        paragraph(document, f"- {about.who(claim.agency)}: “{claim.quote}” ({claim.file}, {where}).")
    if not told:
        paragraph(document, "Các báo cáo nhận được không nêu khó khăn, vướng mắc.")


def _closing(document: Document, about: _Year) -> None:
    heading(document, "IV. KIẾN NGHỊ, ĐỀ XUẤT CỦA CÁC CƠ QUAN")
    told = [row for row in about.found.proposals if row.year == about.year]
    for row in told:
        paragraph(document, f"- {about.who(row.agency)}: “{row.text.strip(' -+•')}” ({row.file}, {place(row.page, row.locator)}).")
    if not told:
        paragraph(document, "Các báo cáo nhận được không có phần kiến nghị, đề xuất.")
    heading(document, "V. ĐÁNH GIÁ CHUNG VÀ NHIỆM VỤ THỜI GIAN TỚI")
    paragraph(document, f"[{about.sender.name} bổ sung đánh giá chung, nguyên nhân và nhiệm vụ trọng tâm năm {about.year + 1}.]")
    last = paragraph(
        document,
        f"Trên đây là báo cáo kết quả thực hiện Kế hoạch {_lower(about.found.plan.title)} năm {about.year}, {about.sender.name} trân trọng "
        f"báo cáo {about.sender.superior or '[cơ quan cấp trên]'} và {_MINISTRY}./.",
    )
    last.paragraph_format.keep_with_next = True
    signing(document, about.sender, ["Như trên", "Các cơ quan có tên tại Phụ lục I", "Lưu: VT"])


# ---------------------------------------------------------------- the annexes


def _annex(document: Document, about: _Year, number: str, words: str, first: bool = False) -> None:
    made = line(document, f"Phụ lục {number}", bold=True, centred=True)
    made.paragraph_format.page_break_before = not first
    line(document, words, bold=True, centred=True)
    line(document, f"(Kèm theo Báo cáo số       /BC-{about.sender.symbol} ngày       tháng       năm {about.year} của {about.sender.name})",
         size=12, italic=True, centred=True)  # fmt: skip


def _annex_matrix(document: Document, about: _Year) -> None:
    _annex(document, about, "I", f"TÌNH TRẠNG THỰC HIỆN THEO CƠ QUAN VÀ ĐẦU MỤC KẾ HOẠCH NĂM {about.year}", first=True)
    legend = "   ".join(f"{term.letter} {term.words}" for term in STATES.values())
    line(document, f"{legend}   {MARKS}", size=10)
    cells: dict[str, dict[str, StatusRow]] = {}
    for row in about.rows:
        cells.setdefault(row.agency, {})[row.item] = row
    width = 172 / max(len(about.items), 1)
    lines = [
        [at, about.who(agency), *(_letter(of.get(item.id)) for item in about.items)] for at, (agency, of) in enumerate(cells.items(), 1)
    ]
    table(document, ("TT", "Cơ quan", *(item.id for item in about.items)), (12, 68, *(width for _ in about.items)), lines, size=10)


def _letter(row: StatusRow | None) -> Value:
    if row is None:
        return ""
    if not row.owed:
        return Look(letter(row).plain, "", SHADES[row.state].letter, bold=False)
    return Look(letter(row).plain, SHADES[row.state].ground, SHADES[row.state].letter)


def _annex_figures(document: Document, about: _Year) -> None:
    _annex(document, about, "II", "SỐ LIỆU VÀ NGUỒN: TỪNG SỐ CỘNG VÀO BÁO CÁO, VỚI TỆP VÀ TRANG")
    labels = {measure.id: measure.label for measure in measures()} | {SHARE: "đơn vị trực thuộc đã thực hiện"}
    order = {item.id: at for at, item in enumerate(about.items)}
    shown = sorted(about.figures, key=lambda one: (order.get(one.claim.item, 99), list(labels).index(one.measure)))
    lines: list[Sequence[Value]] = []
    at = 0
    for (item, measure), group in groupby(shown, key=lambda one: (one.claim.item, one.measure)):
        for one in group:
            at += 1
            lines.append((at, *_figure_line(about, one, labels[measure])))
        total = amount_text(totals(shown).get((item, measure), 0))
        if measure == SHARE:
            total += f"/{amount_text(of_total(shown, item))}"
        lines.append(("", Look(item), Look(f"Cộng: {labels[measure]}"), Look(total), "", "", "", "", "", ""))
    heads = ("TT", "Mục", "Chỉ tiêu", "Số", "Cộng", "Cơ quan", "Trích nguyên văn", "Tệp, trang", "Mã", "Ghi chú")
    table(document, heads, (10, 14, 26, 22, 15, 28, 66, 32, 21, 18), lines, size=9)


def _figure_line(about: _Year, one: Figure, label: str) -> Sequence[Value]:
    amount = amount_text(one.value) + (f"/{amount_text(one.total)}" if one.measure == SHARE else "")
    where = f"{one.claim.file}, {place(one.claim.page, one.claim.locator)}"
    counted = "" if one.counted else "không cộng"
    return (
        one.claim.item, label, Look(f"{amount} {one.unit}", bold=False), counted, about.who(one.claim.agency), one.claim.quote, where,
        one.claim.id, one.note,
    )  # fmt: skip


def _annex_missing(document: Document, about: _Year) -> None:
    _annex(document, about, "III", "CƠ QUAN CÒN THIẾU MINH CHỨNG")
    lacking: dict[str, list[MissingRow]] = {}
    for row in about.found.missing:
        if row.year == about.year:
            lacking.setdefault(row.agency, []).append(row)
    short = {item.id: item.short for item in about.found.plan.items}
    lines = []
    for at, (agency, rows) in enumerate(lacking.items(), 1):
        states: dict[str, list[str]] = {}
        for row in rows:
            states.setdefault(STATES[row.state].words, []).append(f"{row.item} {short[row.item]}")
        told = "; ".join(f"{words}: {', '.join(items)}" for words, items in states.items())
        overdue = "; ".join(f"{row.item} ({day_text(row.due)})" for row in rows if row.overdue)
        lines.append((at, about.who(agency), about.kinds[agency], len(rows), told, overdue))
    table(document, ("TT", "Cơ quan", "Loại", "Số việc", "Còn thiếu", "Quá hạn (ngày hết hạn)"), (12, 50, 40, 16, 94, 40), lines, size=10)


def _annex_made(document: Document, about: _Year) -> None:
    how = about.found.made
    unread = len({row.path for row in about.found.problems if row.outcome in ("unreadable", "failed")})
    line(
        document,
        f"Cách lập: kế hoạch {about.found.plan.id} bản {how.plan_version}; quy tắc bản {how.rules_version}; lần đọc gần nhất "
        f"{how.run.started if how.run else '–'}; số liệu là các số nguyên văn trong câu trích về việc đã làm, của chính cơ quan hoặc cấp "
        f"dưới; số trùng trong cùng cơ quan và đầu mục chỉ cộng một lần; tệp chưa đọc được: {unread}.",
        size=10, italic=True,
    )  # fmt: skip


def _day_in_words(day: date) -> str:
    """A day as the body of a document writes it: days below 10 and January, February with a zero (Phụ lục I, mục II.4)."""
    return f"ngày {day.day:02} tháng {f'{day.month:02}' if day.month < 3 else day.month} năm {day.year}"


def _share(part: int, whole: int) -> str:
    return f"{amount_text(round(100 * part / whole, 1))}%" if whole else "–"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
