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
from ..language import forms_of, spoken, told, words
from ..matrix import letter
from ..places import place
from ..terms import STATES, kind_term
from .colours import MARKS, SHADES
from .decree30 import Look, Value, heading, landscape, letterhead, line, new_document, paragraph, saved, signing, table, title
from .figures import SHARE, Figure, figures, measures, of_total, totals
from .gathering import Gathered
from .senders import sender_of, without_place, writer_of
from .texts import amount_text, day_text, in_sentence, moment_text, prose_day

if TYPE_CHECKING:
    from docx.document import Document

    from ...plan.model import PlanItem
    from .decree30 import Sender

_NAMED: Final = 40  # agencies named in a list of the body; of longer kinds the number stands there, the names in annex I
_MINISTRY: Final = "Bộ Nội vụ"
_DEPARTMENT: Final = "Sở "
_DONE: Final = ("evidenced", "not_applicable")
_EVENT: Final = "event"
_SHARES: Final = "đơn vị trực thuộc đã thực hiện"


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
        """An agency's full name: an official document has no abbreviations that it has not explained."""
        return self.names.get(code or "", code or words("chưa rõ cơ quan"))


def yearly(found: Gathered, year: int, writer: str = "") -> bytes:
    """The report of that year as a Word file, in the language spoken."""
    claims = [claim for claim in found.claims if claim.year == year]
    about = _Year(
        found,
        year,
        found.plan_items,
        [row for row in found.items if row.year == year],
        claims,
        figures(claims),
        sender_of(found.plan, found.registry, writer_of(found.plan, found.registry, min(found.day, date(year, 12, 31)), writer)),
        {agency.code: words(kind_term(agency.kind)).replace("UBND", "Ủy ban nhân dân") for agency in found.registry.agencies},
        _full_names(found),
    )
    document = new_document()
    _opening(document, about)
    _overview(document, about)
    heading(document, words("II. KẾT QUẢ THỰC HIỆN THEO NỘI DUNG KẾ HOẠCH"))
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


def _full_names(found: Gathered) -> dict[str, str]:
    """The names by code as the registry has them in full, less the place that all departments share, with what tells namesakes apart."""
    told, place = found.names(), sender_of(found.plan, found.registry, found.registry.by_code(found.plan.issuer)).place
    names = {}
    for agency in found.registry.agencies:
        name = without_place(agency.name, place) if agency.name.startswith(_DEPARTMENT) else agency.name
        names[agency.code] = name + told[agency.code].removeprefix(agency.short_name)
    return names


# ---------------------------------------------------------------- the body


def _opening(document: Document, about: _Year) -> None:
    plan, sender = about.found.plan, about.sender
    letterhead(document, sender, f"/BC-{sender.symbol}" if sender.symbol else "/BC", about.year)
    about_what = words("Kết quả thực hiện Kế hoạch {} năm {} trên địa bàn {}", in_sentence(plan.title), about.year, _region(about))
    title(document, words("BÁO CÁO"), about_what)
    line(document, words("Kính gửi:"), centred=True)
    line(document, f"- {sender.superior or words('[Cơ quan cấp trên]')};", centred=True)
    line(document, f"- {words(_MINISTRY)}.", centred=True)
    for basis in _bases(about):
        paragraph(document, basis, italic=True)
    opening = words(
        "{} tổng hợp, báo cáo kết quả thực hiện Kế hoạch năm {} trên cơ sở các báo cáo, tài liệu nhận được đến ngày {} như sau:",
        sender.name, about.year, prose_day(about.found.day),
    )  # fmt: skip
    paragraph(document, opening)


def _region(about: _Year) -> str:
    issuer = about.found.registry.by_code(about.found.plan.issuer).name
    return issuer.removeprefix("Ủy ban nhân dân ") or about.sender.place


def _bases(about: _Year) -> Iterable[str]:
    plan = about.found.plan
    if plan.law_number:
        _, law, name = plan.title.partition("Luật ")
        named = f"{law}{name}" if law else words("Luật")
        yield words("Căn cứ {} số {}, có hiệu lực từ {};", named, plan.law_number, _day_in_words(plan.law_effective))
    for trigger in plan.triggers:
        if trigger.document and trigger.day and trigger.day <= about.found.day:
            kind = words("Nghị định số {}") if trigger.document.endswith("NĐ-CP") else words("Văn bản số {}")
            yield words("Căn cứ {} {} ({});", kind.format(trigger.document), _day_in_words(trigger.day), trigger.what)
    issuer = about.found.registry.by_code(plan.issuer).name
    yield words("Thực hiện Kế hoạch số [……]/KH-UBND ngày [……] của {} về {};", issuer, in_sentence(plan.title))


_SENT: Final = {  # how reports came, by the states of senders
    "đã gửi đúng hạn": ("sent",), "gửi muộn": ("late",), "có gửi nhưng không nêu nội dung Kế hoạch": ("silent",),
    "có gửi nhưng chưa đọc được": ("unreadable",), "chưa gửi, đã quá hạn": ("overdue",),
    "chưa gửi, chưa đến hạn": ("waiting",),
}  # fmt: skip


def _overview(document: Document, about: _Year) -> None:
    asked = [row for row in about.found.senders if row.year == about.year and row.owed and not (row.duty and "/" in row.duty)]
    heading(document, words("I. TÌNH HÌNH GỬI BÁO CÁO"))
    counted = {group: [row for row in asked if row.state in states] for group, states in _SENT.items()}
    sent = "; ".join(f"{words(group)}: {len(rows)}" for group, rows in counted.items() if rows) or words("chưa có cơ quan nào đến hạn")
    paragraph(document, words("Số cơ quan phải gửi báo cáo năm {}: {}; trong đó {}.", about.year, len(asked), sent))
    for states, lead in ((("late",), words("Cơ quan gửi muộn:")), (("overdue", "waiting"), words("Cơ quan chưa gửi:"))):
        if named := [row for row in asked if row.state in states]:
            paragraph(document, f" {_listed(about, named)}.", lead=lead)
    owed = [row for row in about.rows if row.owed]
    done = [row for row in owed if row.state in _DONE]
    overdue = sum(row.overdue for row in owed)
    sums = words(
        "Tổng số việc phải làm (cơ quan × đầu mục): {}; có minh chứng hoặc không áp dụng: {} ({}); còn thiếu: {}, trong đó quá hạn: {}. "
        "Chi tiết từng cơ quan tại Phụ lục I và Phụ lục III.",
        len(owed), len(done), _share(len(done), len(owed)), len(owed) - len(done), overdue,
    )  # fmt: skip
    paragraph(document, sums)


def _item(document: Document, about: _Year, number: int, item: PlanItem) -> None:
    heading(document, words("{}. {} (mục {})", number, _upper(item.title), item.id), level=2)
    owed = about.owed(item.id)
    if owed:
        done = [row for row in owed if row.state == "evidenced"]
        states = "; ".join(
            f"{words(term.words)}: {count}"
            for state, term in STATES.items()
            if state != "evidenced" and (count := sum(row.state == state for row in owed))
        )
        rest = f"; {states}" if states else ""
        counted = words("Có minh chứng: {}/{} cơ quan phải làm ({})", len(done), len(owed), _share(len(done), len(owed)))
        paragraph(document, f"{counted}{rest}.")
    if figures_told := _figures_told(about, item.id):
        paragraph(document, words(" {} (Phụ lục II, mục {}).", figures_told, item.id), lead=words("Số liệu cộng từ các báo cáo:"))
    if done := [row for row in owed if row.state == "evidenced"]:
        paragraph(document, f" {_listed(about, done)}.", lead=words("Đã có minh chứng:"))
    if partial := [row for row in owed if row.state == "partial"]:
        paragraph(document, f" {_listed(about, partial)}.", lead=words("Mới thực hiện một phần:"))
    if lacking := [row for row in owed if row.state not in (*_DONE, "partial", "no_report")]:
        paragraph(document, f" {_listed(about, lacking)}.", lead=words("Có văn bản gửi về nhưng chưa có minh chứng:"))
    if nothing := [row for row in owed if row.state == "no_report"]:
        paragraph(document, f" {_listed(about, nothing)}.", lead=words("Chưa có minh chứng vì chưa gửi văn bản nào:"))
    if unasked := [row for row in about.rows if row.item == item.id and not row.owed and row.state in ("evidenced", "partial")]:
        paragraph(document, f" {_listed(about, unasked)}.", lead=words("Cơ quan khác có nêu kết quả:"))


def _figures_told(about: _Year, item: str) -> str:
    sums = totals(about.figures)
    found = [
        f"{amount_text(sums[item, one.id])} {forms_of(one.label)[sums[item, one.id] != 1]}" for one in measures() if (item, one.id) in sums
    ]
    if (item, SHARE) in sums:
        found.append(f"{amount_text(sums[item, SHARE])}/{amount_text(of_total(about.figures, item))} {words(_SHARES)}")
    return "; ".join(found)


def _listed(about: _Year, rows: Sequence[StatusRow | SenderRow]) -> str:
    """Agencies by name, by kind; of a kind with many the number."""
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        by_kind.setdefault(about.kinds[row.agency], []).append(about.who(row.agency))
    parts = []
    for kind, names in by_kind.items():
        unique = list(dict.fromkeys(names))
        parts.append(", ".join(unique) if len(unique) <= _NAMED else words("{} {} (danh sách tại Phụ lục III)", len(unique), kind))
    return "; ".join(parts)


def _difficulties(document: Document, about: _Year) -> None:
    heading(document, words("III. KHÓ KHĂN, VƯỚNG MẮC"))
    events = {item.id for item in about.found.plan.items if item.kind == _EVENT}
    named = [claim for claim in about.claims if claim.item in events and claim.status != "mention"]
    for claim in named:
        where = told(place(claim.page, claim.locator))
        paragraph(document, f"- {about.who(claim.agency)}: “{claim.quote}” ({claim.file}, {where}).")
    if not named:
        paragraph(document, words("Các báo cáo nhận được không nêu khó khăn, vướng mắc."))


def _closing(document: Document, about: _Year) -> None:
    heading(document, words("IV. KIẾN NGHỊ, ĐỀ XUẤT CỦA CÁC CƠ QUAN"))
    named = [row for row in about.found.proposals if row.year == about.year]
    for row in named:
        paragraph(document, f"- {about.who(row.agency)}: “{row.text}” ({row.file}, {told(place(row.page, row.locator))}).")
    if not named:
        paragraph(document, words("Các báo cáo nhận được không có kiến nghị, đề xuất về Luật và các việc của Kế hoạch."))
    heading(document, words("V. ĐÁNH GIÁ CHUNG VÀ NHIỆM VỤ THỜI GIAN TỚI"))
    left_open = words("[{} bổ sung đánh giá chung, nguyên nhân và nhiệm vụ trọng tâm năm {}.]", about.sender.name, about.year + 1)
    paragraph(document, left_open)
    closing = words(
        "Trên đây là báo cáo kết quả thực hiện Kế hoạch {} năm {}, {} trân trọng báo cáo {} và {}./.", in_sentence(about.found.plan.title),
        about.year, about.sender.name, about.sender.superior or words("[cơ quan cấp trên]"), words(_MINISTRY),
    )  # fmt: skip
    last = paragraph(document, closing)
    last.paragraph_format.keep_with_next = True
    signing(document, about.sender, [words("Như trên"), words("Các cơ quan có tên tại Phụ lục I"), words("Lưu: VT")])


# ---------------------------------------------------------------- the annexes


def _annex(document: Document, about: _Year, number: str, heads: str, first: bool = False) -> None:
    made = line(document, words("Phụ lục {}", number), bold=True, centred=True)
    made.paragraph_format.page_break_before = not first
    line(document, heads, bold=True, centred=True)
    with_what = words(
        "(Kèm theo Báo cáo số       /BC-{} ngày       tháng       năm {} của {})", about.sender.symbol, about.year, about.sender.name
    )
    line(document, with_what, size=12, italic=True, centred=True)


def _annex_matrix(document: Document, about: _Year) -> None:
    _annex(document, about, "I", words("TÌNH TRẠNG THỰC HIỆN THEO CƠ QUAN VÀ ĐẦU MỤC KẾ HOẠCH NĂM {}", about.year), first=True)
    legend = "   ".join(f"{term.letter} {words(term.words)}" for term in STATES.values())
    line(document, f"{legend}   {words(MARKS)}", size=10)
    cells: dict[str, dict[str, StatusRow]] = {}
    for row in about.rows:
        cells.setdefault(row.agency, {})[row.item] = row
    width = 172 / max(len(about.items), 1)
    lines = [
        [at, about.who(agency), *(_letter(of.get(item.id)) for item in about.items)] for at, (agency, of) in enumerate(cells.items(), 1)
    ]
    heads = (words("TT"), words("Cơ quan"), *(item.id for item in about.items))
    table(document, heads, (12, 68, *(width for _ in about.items)), lines, size=10)


def _letter(row: StatusRow | None) -> Value:
    if row is None:
        return ""
    if not row.owed:
        return Look(letter(row).plain, "", SHADES[row.state].letter, bold=False)
    return Look(letter(row).plain, SHADES[row.state].ground, SHADES[row.state].letter)


_FIGURES: Final = ("TT", "Mục", "Chỉ tiêu", "Số", "Cộng", "Cơ quan", "Trích nguyên văn", "Tệp, trang", "Mã", "Ghi chú")
_MISSING: Final = ("TT", "Cơ quan", "Loại", "Số việc", "Còn thiếu", "Quá hạn (ngày hết hạn)")


def _annex_figures(document: Document, about: _Year) -> None:
    _annex(document, about, "II", words("SỐ LIỆU VÀ NGUỒN: TỪNG SỐ CỘNG VÀO BÁO CÁO, VỚI TỆP VÀ TRANG"))
    labels = {measure.id: words(measure.label) for measure in measures()} | {SHARE: words(_SHARES)}
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
        lines.append(("", Look(item), Look(words("Cộng: {}", labels[measure])), Look(total), "", "", "", "", "", ""))
    heads = [words(head) for head in _FIGURES]
    table(document, heads, (10, 14, 26, 22, 15, 28, 66, 32, 21, 18), lines, size=9)


def _figure_line(about: _Year, one: Figure, label: str) -> Sequence[Value]:
    amount = amount_text(one.value) + (f"/{amount_text(one.total)}" if one.measure == SHARE else "")
    where = f"{one.claim.file}, {told(place(one.claim.page, one.claim.locator))}"
    counted = "" if one.counted else words("không cộng (đã có trong tổng)") if one.whole else words("không cộng")
    note = words("đã có trong tổng (mã {})", one.whole) if one.whole else words(one.note) if one.note else ""
    return (
        one.claim.item, label, Look(f"{amount} {one.unit}", bold=False), counted, about.who(one.claim.agency), one.claim.quote, where,
        one.claim.id, note,
    )  # fmt: skip


def _annex_missing(document: Document, about: _Year) -> None:
    _annex(document, about, "III", words("CƠ QUAN CÒN THIẾU MINH CHỨNG"))
    lacking: dict[str, list[MissingRow]] = {}
    for row in about.found.missing:
        if row.year == about.year:
            lacking.setdefault(row.agency, []).append(row)
    short = {item.id: item.short for item in about.found.plan.items}
    lines = []
    for at, (agency, rows) in enumerate(lacking.items(), 1):
        states: dict[str, list[str]] = {}
        for row in rows:
            states.setdefault(words(STATES[row.state].words), []).append(f"{row.item} {short[row.item]}")
        lacks = "; ".join(f"{state}: {', '.join(items)}" for state, items in states.items())
        overdue = "; ".join(f"{row.item} ({day_text(row.due)})" for row in rows if row.overdue)
        lines.append((at, about.who(agency), about.kinds[agency], len(rows), lacks, overdue))
    table(document, [words(head) for head in _MISSING], (12, 50, 40, 16, 94, 40), lines, size=10)


def _annex_made(document: Document, about: _Year) -> None:
    how = about.found.made
    unread = len({row.path for row in about.found.problems if row.outcome in ("unreadable", "failed")})
    line(
        document,
        words(
            "Cách lập: kế hoạch {} bản {}; quy tắc bản {}; lần đọc gần nhất {}; số liệu là các số nguyên văn trong câu trích về việc đã "
            "làm, của chính cơ quan hoặc cấp dưới; số trùng trong cùng cơ quan và đầu mục chỉ cộng một lần, số đã nằm trong một "
            "tổng của cùng văn bản không cộng; tệp chưa đọc được: {}.",
            about.found.plan.id, how.plan_version, how.rules_version, moment_text(how.run.started) if how.run else "–", unread,
        ),
        size=10, italic=True,
    )  # fmt: skip


def _day_in_words(day: date) -> str:
    """A day as the body of a document writes it: days below 10 and January, February with a zero (Phụ lục I, mục II.4); English: 14 August
    2023."""
    if spoken() == "en":
        return prose_day(day)
    return f"ngày {day.day:02} tháng {f'{day.month:02}' if day.month < 3 else day.month} năm {day.year}"


def _share(part: int, whole: int) -> str:
    return f"{amount_text(round(100 * part / whole, 1))}%" if whole else "–"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
